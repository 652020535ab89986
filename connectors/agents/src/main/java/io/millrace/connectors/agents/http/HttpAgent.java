package io.millrace.connectors.agents.http;

import io.millrace.connectors.agents.SettingsFields;
import io.millrace.schema.wire.JsonEvent;
import io.millrace.schema.wire.RejectedEventException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * How an agent is reached over HTTP.
 *
 * @param headers sent with each request besides those of every call
 */
public record HttpAgent(URI url, Protocol protocol, Output output, List<AgentHeader> headers) {
    private static final int MAX_URL = 2_000;
    private static final int MAX_WORD = 20;

    /** What is sent and what comes back. */
    public enum Protocol {
        /** The input as it is, the output as it is. */
        JSON,
        /** {@code message/send} of the A2A protocol. */
        A2A
    }

    /** What of a response is the output. */
    public enum Output {
        BODY,
        /** {@code {"status":204}}, whatever the body: for webhooks, which answer anything. */
        STATUS
    }

    private static final class Parts {
        private URI url;
        private Protocol protocol = Protocol.JSON;
        private Output output = Output.BODY;
        private List<AgentHeader> headers = List.of();
    }

    /** @throws RejectedEventException naming the field that is wrong */
    public static HttpAgent read(String settings) throws RejectedEventException {
        Parts parts = new Parts();
        new SettingsFields()
                .with("url", (field, json) -> parts.url = url(field, json))
                .with("protocol", (field, json) -> parts.protocol = oneOf(field, json, Protocol.values()))
                .with("output", (field, json) -> parts.output = oneOf(field, json, Output.values()))
                .with("headers", (field, json) -> parts.headers = AgentHeader.read(field, json))
                .read(settings);
        SettingsFields.require(parts.url, "url");
        if (parts.protocol == Protocol.A2A && parts.output == Output.STATUS) {
            throw SettingsFields.wrong("output", "must be body with the protocol a2a");
        }
        return new HttpAgent(parts.url, parts.protocol, parts.output, parts.headers);
    }

    private static URI url(String field, JsonEvent json) throws IOException, RejectedEventException {
        String text = json.string(field, 1, MAX_URL);
        try {
            return AgentUrl.read(text);
        } catch (IllegalArgumentException e) {
            throw json.invalid(field, e.getMessage());
        }
    }

    private static <E extends Enum<E>> E oneOf(String field, JsonEvent json, E[] all)
            throws IOException, RejectedEventException {
        String text = json.string(field, 0, MAX_WORD);
        StringBuilder names = new StringBuilder();
        for (E one : all) {
            String name = one.name().toLowerCase(Locale.ROOT);
            if (name.equals(text)) {
                return one;
            }
            names.append(names.isEmpty() ? "" : ", ").append(name);
        }
        throw json.invalid(field, "must be one of " + names);
    }
}
