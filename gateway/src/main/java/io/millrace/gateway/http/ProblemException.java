package io.millrace.gateway.http;

/**
 * Why a request is not done, in words for whoever sent it (RFC 9457). Carries no stack trace: it is no bug.
 */
public final class ProblemException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String field;
    private final int retryAfterSeconds;

    private ProblemException(int status, String code, String field, String detail, int retryAfterSeconds) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.field = field;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** @param code names the kind of problem, as {@code error_code} of dead letters does */
    public static ProblemException of(int status, String code, String detail) {
        return new ProblemException(status, code, null, detail, 0);
    }

    /** A field, or a parameter, is wrong. */
    public static ProblemException ofField(String field, String code, String detail) {
        return new ProblemException(400, code, field, field + ": " + detail, 0);
    }

    /** Something in what was sent is wrong, and {@code detail} begins with its name. */
    public static ProblemException invalid(String field, String code, String detail) {
        return new ProblemException(400, code, field, detail, 0);
    }

    public static ProblemException notFound(String what) {
        return of(404, "not_found", what);
    }

    public static ProblemException forbidden(String why) {
        return of(403, "forbidden", why);
    }

    /** It may be done later. */
    public static ProblemException later(int status, String code, String detail, int seconds) {
        return new ProblemException(status, code, null, detail, seconds);
    }

    /** The same of a part of what was sent, as {@code [3]}. */
    public ProblemException within(String part) {
        return new ProblemException(
                status, code, field == null ? part : part + "." + field, part + ": " + getMessage(), retryAfterSeconds);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    /** Null when it is about no field. */
    String field() {
        return field;
    }

    /** 0 for never. */
    int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
