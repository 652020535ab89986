package io.millrace.simulation;

import java.nio.charset.StandardCharsets;

/** A task event in JSON, as any producer would write it: not with this code base's writers. */
final class EventText {
    private final StringBuilder json = new StringBuilder(400).append("{\"schema_version\":1");

    /** A field whose value is text without anything that JSON would escape; null is written as null. */
    EventText text(String name, String value) {
        return raw(name, value == null ? "null" : '"' + value + '"');
    }

    /** A field with a value that is JSON already. */
    EventText raw(String name, String value) {
        json.append(",\"").append(name).append("\":").append(value);
        return this;
    }

    byte[] bytes() {
        return (json + "}").getBytes(StandardCharsets.UTF_8);
    }
}
