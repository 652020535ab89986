package io.millrace.simulation;

/** A law does not hold. */
final class BrokenLawException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String law;
    private final String subject;

    /**
     * @param law what must hold
     * @param subject the series as {@code user/root}; null when it is about none
     * @param detail what was found instead
     */
    BrokenLawException(String law, String subject, String detail) {
        super(detail);
        this.law = law;
        this.subject = subject;
    }

    String law() {
        return law;
    }

    String subject() {
        return subject;
    }
}
