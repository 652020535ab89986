package io.millrace.testing.fuzz;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.wire.RecordHeader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Mutations of valid events of every type, made from a seed. Few of them stay valid. Not thread-safe. */
public final class EventFuzzer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> EXAMPLES = List.of(
            "task.created.v1",
            "task.created.minimal.v1",
            "task.created.occurrence.v1",
            "task.updated.v1",
            "task.completed.v1",
            "task.reopened.v1",
            "task.deleted.v1",
            "reminder.snoozed.v1",
            "reminder.snoozed.until.v1",
            "task.created.cloudevent.v1");

    private final Random random;
    private final ByteMutations bytes;
    private final JsonMutations json;
    private final EnvelopeMutations envelopes;
    private final int users;
    private final int tasks;
    private final List<ObjectNode> examples = new ArrayList<>();

    /**
     * @param users over how many users the events are spread
     * @param tasks how many tasks each has; few of them make histories, many make first events
     */
    public EventFuzzer(long seed, int users, int tasks) {
        this.random = new Random(seed);
        this.bytes = new ByteMutations(random);
        this.json = new JsonMutations(random, new StrangeValues(random));
        this.envelopes = new EnvelopeMutations(random);
        this.users = users;
        this.tasks = tasks;
        for (String name : EXAMPLES) {
            examples.add(read("/examples/" + name + ".json"));
        }
    }

    private static ObjectNode read(String resource) {
        try (InputStream in = EventFuzzer.class.getResourceAsStream(resource)) {
            return (ObjectNode) JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    public FuzzInput next() {
        String user = "u-" + random.nextInt(users);
        ObjectNode event = valid(user);
        List<RecordHeader> headers = new ArrayList<>();
        boolean wrapped = random.nextInt(8) == 0;
        int changes = random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            json.change(event);
        }
        byte[] value;
        if (wrapped) {
            value = envelopes.wrap(event, headers);
        } else if (random.nextInt(8) == 0) {
            value = utf8(json.malformed(event.toString()));
        } else {
            value = utf8(event.toString());
        }
        if (random.nextInt(10) == 0) {
            envelopes.addHeader(headers);
        }
        byte[] key = random.nextInt(7) == 0 ? null : utf8(user);
        return new FuzzInput(key, random.nextInt(6) == 0 ? bytes.change(value) : value, headers);
    }

    private ObjectNode valid(String user) {
        ObjectNode event = examples.get(random.nextInt(examples.size())).deepCopy();
        ObjectNode inner = event.has("data") ? (ObjectNode) event.get("data") : event;
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        event.put(event.has("data") ? "id" : "event_id", id);
        inner.put("user_id", user);
        String task = "t-" + random.nextInt(tasks);
        String example = inner.get("task_id").asText();
        int occurrence = example.indexOf('~');
        // An occurrence's own event is more likely to be of a series that there is when it is not always the same one.
        inner.put("task_id", occurrence < 0 || random.nextBoolean() ? task : task + example.substring(occurrence));
        return event;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
