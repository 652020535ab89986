package io.millrace.gateway.model;

import static io.millrace.schema.wire.JsonWriter.name;

import io.millrace.schema.wire.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A request for approval as it is shown. */
final class ApprovalJson {

    private ApprovalJson() {}

    /**
     * @param message what the run says that it waits for; null when it is not known
     * @param since since when the run waits for it; null when it does not any more
     * @param request null when the topic does not have it any more
     */
    static byte[] of(
            String requestId, String runId, String message, Long since, byte[] request, List<byte[]> decisions) {
        return JsonWriter.object(out -> {
            JsonWriter.text(out, name("request_id"), requestId);
            JsonWriter.text(out, name("run_id"), runId);
            JsonWriter.bool(out, name("open"), since != null);
            JsonWriter.time(out, name("since"), since);
            JsonWriter.text(out, name("message"), message);
            JsonWriter.json(out, name("request"), request == null ? null : text(request));
            out.writeArrayFieldStart("decisions");
            for (byte[] decision : decisions) {
                out.writeRawValue(text(decision));
            }
            out.writeEndArray();
        });
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
