package io.millrace.schema.wire;

/** The value of a record as an event: plain, or in a CloudEvents envelope, structured or binary. */
public final class EventValue {

    /** Reads the event itself. */
    @FunctionalInterface
    public interface Reader<E> {
        /** @param envelope what the event may take from its envelope; never null */
        E read(byte[] value, CloudEvent envelope) throws RejectedEventException;
    }

    private EventValue() {}

    /**
     * Reads the event that a record holds.
     *
     * @param maxBytes the largest value that is accepted
     * @throws RejectedEventException when it is not acceptable
     */
    public static <E> E read(SourceRecord source, int maxBytes, Reader<E> reader) throws RejectedEventException {
        byte[] value = source.value();
        if (value == null || value.length == 0) {
            throw new RejectedEventException(
                    ErrorCode.EMPTY_VALUE, value == null ? "the value is null (a tombstone)" : "the value is empty");
        }
        if (value.length > maxBytes) {
            throw new RejectedEventException(
                    ErrorCode.TOO_LARGE,
                    "the value has " + value.length + " bytes, at most " + maxBytes + " are accepted");
        }
        CloudEvent binary = source.headers().isEmpty() ? null : CloudEvent.ofHeaders(source);
        if (binary != null) {
            return reader.read(value, binary);
        }
        String traceparent =
                source.headers().isEmpty() ? null : TraceContext.orNull(source.header(WireHeaders.TRACEPARENT));
        try {
            return reader.read(value, CloudEvent.none(traceparent));
        } catch (RejectedEventException e) {
            // Nearly all events are plain, so an envelope is looked for only when that did not work out.
            CloudEvent structured = CloudEvent.ofBody(value, maxBytes);
            if (structured == null) {
                throw e;
            }
            return reader.read(structured.data(), structured);
        }
    }
}
