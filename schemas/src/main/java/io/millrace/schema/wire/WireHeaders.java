package io.millrace.schema.wire;

/** The names of Kafka record headers. */
public final class WireHeaders {
    public static final String TRACEPARENT = "traceparent";
    public static final String CORRELATION_ID = "correlation_id";

    public static final String ERROR_CODE = "error_code";
    public static final String ERROR_MESSAGE = "error_message";
    public static final String SOURCE_TOPIC = "source_topic";
    public static final String SOURCE_PARTITION = "source_partition";
    public static final String SOURCE_OFFSET = "source_offset";
    public static final String FIRST_SEEN = "first_seen";

    /** Of a dead letter that is not whole: how many bytes the original had. */
    public static final String TRUNCATED_FROM = "truncated_from";

    /** Of a result on the default topic: the one that it was to go to, which is gone. */
    public static final String REPLY_TO = "reply_to";

    private WireHeaders() {}
}
