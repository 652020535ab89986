package io.millrace.schema.wire;

/** The W3C trace context that producers send along. */
public final class TraceContext {
    /** {@code version-traceid-parentid-flags}; later versions may append to it (W3C Trace Context §3.2.4). */
    private static final int LENGTH = 55;

    private static final int MAX_LENGTH = 128;

    private TraceContext() {}

    /**
     * The trace context, or null when the text is none: it is copied to all that an event causes, so nothing else is.
     */
    public static String orNull(String traceparent) {
        if (traceparent == null || traceparent.length() < LENGTH || traceparent.length() > MAX_LENGTH) {
            return null;
        }
        for (int i = 0; i < traceparent.length(); i++) {
            char c = traceparent.charAt(i);
            if (c != '-' && (c < '0' || c > '9') && (c < 'a' || c > 'z')) {
                return null;
            }
        }
        return traceparent;
    }
}
