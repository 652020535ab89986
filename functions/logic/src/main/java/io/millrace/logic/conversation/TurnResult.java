package io.millrace.logic.conversation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.schema.conversation.ConversationInput;
import io.millrace.schema.conversation.ConversationReply;
import io.millrace.schema.conversation.ConversationReply.Citation;
import io.millrace.schema.task.Priority;
import java.util.ArrayList;
import java.util.List;

/**
 * What the run of a turn came to. Whoever writes the workflow writes this: what is too long is cut, what makes no sense
 * is as if it were not there.
 *
 * @param escalates whether a person has to answer
 * @param text for the customer; null for none
 * @param reason null for none
 * @param language null when it is not said
 * @param intent null when it is not said
 * @param confidence null when it is not said
 * @param refused classes that the critic found
 * @param summary of what was said before; null when it is as it was
 * @param suggestedAnswer null for none
 * @param priority null when it is not said
 * @param topic what it is about, for a person; null for none
 */
record TurnResult(
        boolean escalates,
        String text,
        String reason,
        String language,
        String intent,
        Double confidence,
        List<Citation> citations,
        List<String> refused,
        String summary,
        String suggestedAnswer,
        Priority priority,
        String topic) {

    static final int MAX_SUMMARY = 4_000;
    private static final int MAX_WORD = 100;
    private static final int MAX_LANGUAGE = 20;
    private static final int MAX_REFUSED = 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @return null when it says neither what the customer is told nor that a person has to answer */
    static TurnResult read(String output) {
        JsonNode json;
        try {
            json = output == null ? null : JSON.readTree(output);
        } catch (JsonProcessingException e) {
            return null;
        }
        if (json == null || !json.isObject()) {
            return null;
        }
        boolean escalates = json.path("action").asText().equals("escalate");
        String text = text(json, "text", ConversationInput.MAX_REPLY);
        if (!escalates && (text == null || !json.path("action").asText().equals("reply"))) {
            return null;
        }
        return new TurnResult(
                escalates,
                text,
                text(json, "reason", MAX_WORD),
                text(json, "language", MAX_LANGUAGE),
                text(json, "intent", MAX_WORD),
                confidence(json.path("confidence")),
                citations(json.path("citations")),
                words(json.path("refused")),
                text(json, "summary", MAX_SUMMARY),
                text(json, "suggested_answer", ConversationInput.MAX_REPLY),
                priority(json.path("priority").asText()),
                text(json, "topic", ConversationInput.MAX_REPLY));
    }

    private static String text(JsonNode json, String field, int max) {
        JsonNode value = json.path(field);
        return value.isTextual() && !value.textValue().isBlank() ? Utterances.cut(value.textValue(), max) : null;
    }

    private static Double confidence(JsonNode value) {
        return value.isNumber() ? Math.min(1, Math.max(0, value.doubleValue())) : null;
    }

    private static List<Citation> citations(JsonNode values) {
        List<Citation> citations = new ArrayList<>();
        for (JsonNode value : values) {
            String id = text(value, "document_id", 200);
            String title = text(value, "title", 500);
            if (id != null && title != null && citations.size() < ConversationReply.MAX_CITATIONS) {
                citations.add(new Citation(id, title, text(value, "url", 2_000)));
            }
        }
        return citations;
    }

    private static List<String> words(JsonNode values) {
        List<String> words = new ArrayList<>();
        for (JsonNode value : values) {
            if (value.isTextual() && words.size() < MAX_REFUSED) {
                words.add(Utterances.cut(value.textValue(), MAX_WORD));
            }
        }
        return words;
    }

    private static Priority priority(String name) {
        for (Priority priority : Priority.values()) {
            if (priority.name().equals(name)) {
                return priority;
            }
        }
        return null;
    }
}
