package io.millrace.schema.wire;

/** One header of a Kafka record; the value may be null. */
public record RecordHeader(String key, byte[] value) {}
