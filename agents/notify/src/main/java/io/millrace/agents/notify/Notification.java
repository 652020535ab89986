package io.millrace.agents.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.connectors.agents.java.AgentFailure;
import io.millrace.connectors.agents.java.AgentInput;
import io.millrace.connectors.agents.java.AgentRequest;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.notification.Channel;
import io.millrace.schema.notification.ChannelKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be told.
 *
 * @param channel where
 * @param language {@code en}, {@code fr} or {@code es}; null for English
 * @param timeZone null for UTC
 * @param count of how many things it tells
 * @param items those of them that are known, as programs get them
 */
record Notification(
        String id,
        String tenant,
        String userId,
        Channel channel,
        String language,
        String timeZone,
        int count,
        List<Item> items) {
    private static final int MAX_ID = 200;
    private static final int MAX_ITEMS = 100;
    private static final int MAX_TITLE = 2_000;

    /**
     * One thing.
     *
     * @param dueAt as ISO 8601; null for no time
     * @param json all that is known of it
     */
    record Item(String about, String title, String dueAt, JsonNode json) {}

    /** @throws AgentFailure naming the field that is wrong */
    static Notification read(AgentRequest request, ChannelKind kind) throws AgentFailure {
        AgentInput input = AgentInput.of(request.input());
        String address = input.optional("address", Channel.MAX_ADDRESS);
        String secret = input.optional("secret", MAX_ID);
        List<Item> items = items(input);
        return new Notification(
                input.text("notification_id", MAX_ID),
                request.tenant(),
                input.text("user_id", MAX_ID),
                channel(kind, address, secret),
                input.optional("language", 2),
                input.optional("time_zone", MAX_ID),
                input.number("count", items.size(), items.size(), Integer.MAX_VALUE),
                items);
    }

    private static Channel channel(ChannelKind kind, String address, String secret) throws AgentFailure {
        try {
            return new Channel(kind, address, List.of(), secret);
        } catch (IllegalArgumentException e) {
            throw AgentFailure.failed(AgentErrorCode.AGENT_REJECTED, e.getMessage());
        }
    }

    private static List<Item> items(AgentInput input) throws AgentFailure {
        List<AgentInput> objects = input.objects("items");
        if (objects.isEmpty() || objects.size() > MAX_ITEMS) {
            throw AgentInput.wrong("items", "must have 1 to " + MAX_ITEMS + " elements");
        }
        List<Item> items = new ArrayList<>();
        for (AgentInput object : objects) {
            items.add(new Item(
                    object.text("about", MAX_ID),
                    object.text("title", MAX_TITLE),
                    object.optional("due_at", MAX_ID),
                    object.json()));
        }
        return items;
    }

    /** What programs get: the same bytes in each attempt. */
    byte[] toJson() {
        ObjectNode body = AgentInput.JSON
                .createObjectNode()
                .put("notification_id", id)
                .put("tenant", tenant)
                .put("user_id", userId)
                .put("count", count);
        ArrayNode all = body.putArray("items");
        items.forEach(item -> all.add(item.json()));
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
