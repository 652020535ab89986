package io.millrace.local.watch;

/** Prometheus can't be asked; the message says why, for people. */
public final class PrometheusException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean refused;

    private PrometheusException(String message, Throwable cause, boolean refused) {
        super(message, cause);
        this.refused = refused;
    }

    static PrometheusException unanswered(String message, Throwable cause) {
        return new PrometheusException(message, cause, false);
    }

    static PrometheusException refused(String message) {
        return new PrometheusException(message, null, true);
    }

    /** Whether asking the same again comes to the same. */
    boolean isFinal() {
        return refused;
    }
}
