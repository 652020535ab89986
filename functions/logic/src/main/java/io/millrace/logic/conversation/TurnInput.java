package io.millrace.logic.conversation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.schema.conversation.Utterance;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the run of a turn is given, as JSON. */
final class TurnInput {
    /** Of the messages of a turn together: what came first is cut. */
    static final int MAX_TEXT = 16_000;

    /** Of the whole; a value in an event has at most 256 KiB. */
    static final int MAX_BYTES = 200 * 1024;

    private static final JsonFactory JSON = new JsonFactory();

    private TurnInput() {}

    static String of(Conversation conversation) {
        int share = 1;
        String input = of(conversation, share);
        // Letters of some scripts have three bytes, control characters six in JSON.
        while (input.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            share *= 2;
            input = of(conversation, share);
        }
        return input;
    }

    /** @param share each text has this part of what it may have */
    private static String of(Conversation conversation, int share) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("conversation_id", conversation.conversationId);
            out.writeNumberField("turn", conversation.turns);
            write(out, "channel", conversation.channel);
            write(out, "language", conversation.language);
            out.writeStringField("text", joined(conversation.pending, MAX_TEXT / share));
            out.writeArrayFieldStart("messages");
            for (Utterance message : conversation.pending) {
                out.writeStartObject();
                out.writeStringField("text", Utterances.cut(message.text(), Utterances.MAX_REMEMBERED / share));
                out.writeStringField("at", message.at().toString());
                out.writeEndObject();
            }
            out.writeEndArray();
            write(out, "history", conversation.history, share);
            write(out, "summary", conversation.summary);
            write(out, "older", conversation.older, share);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static String joined(List<Utterance> messages, int max) {
        String all = messages.stream().map(Utterance::text).collect(Collectors.joining("\n"));
        if (all.length() <= max) {
            return all;
        }
        int from = all.length() - max;
        return '…' + all.substring(Character.isLowSurrogate(all.charAt(from)) ? from + 1 : from);
    }

    private static void write(JsonGenerator out, String name, String value) throws IOException {
        if (value != null) {
            out.writeStringField(name, value);
        }
    }

    private static void write(JsonGenerator out, String name, List<Utterance> said, int share) throws IOException {
        out.writeArrayFieldStart(name);
        for (Utterance each : said) {
            out.writeStartObject();
            out.writeStringField("from", each.from().name().toLowerCase(Locale.ROOT));
            out.writeStringField("text", Utterances.cut(each.text(), Utterances.MAX_REMEMBERED / share));
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
