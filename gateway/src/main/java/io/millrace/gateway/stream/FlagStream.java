package io.millrace.gateway.stream;

import io.millrace.gateway.http.EventSink;
import io.millrace.gateway.http.Json;
import io.millrace.gateway.model.Flags;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/** That flags have changed, as the OpenFeature Remote Evaluation Protocol tells it (its ADR 0008): ask for all of them again. */
final class FlagStream extends EventStream {
    private final Flags flags;
    private String told;
    private boolean begun;

    /** @param from the version that the caller knows; null for the one that there is */
    FlagStream(String owner, String from, EventSink sink, Flags flags, Duration lasting, Consumer<EventStream> ended) {
        super(owner, sink, lasting, ended);
        this.flags = flags;
        told = from == null ? flags.version().tag() : from;
    }

    @Override
    byte[] next() {
        EventText text = new EventText();
        if (!begun) {
            begun = true;
            text.retry(RETRY_MILLIS);
        }
        Flags.Version now = flags.version();
        if (!now.tag().equals(told) && flags.isComplete()) {
            told = now.tag();
            byte[] data = Json.object()
                    .put("type", "refetchEvaluation")
                    .put("etag", now.tag())
                    .put("lastModified", now.changedAt())
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
            text.event("message", now.tag(), data);
        }
        return text.bytes();
    }
}
