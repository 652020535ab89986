package io.millrace.gateway.model;

import io.millrace.schema.task.TaskStatus;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What can be asked of a person's tasks and reminders. */
public final class TaskQueries {
    private static final int MAX_TAGS = 500;
    private static final long NOBODY = -1;

    private final ReadModel model;

    public TaskQueries(ReadModel model) {
        this.model = model;
    }

    /** How often a tag is used. */
    public record Tag(String tag, long open, long all) {}

    public Page list(Scope scope, TaskQuery query) {
        return model.ask(reader -> {
            Long owner = Owners.find(reader, scope);
            return list(reader, owner == null ? NOBODY : owner, query);
        });
    }

    private static Page list(ModelReader reader, long owner, TaskQuery query) throws SQLException {
        Select select = new Select("doc", "tasks")
                .and("owner = ?", owner)
                .and("status <> ?", TaskStatus.DELETED.wireName())
                .in("status", query.statuses())
                .in("priority", query.priorities())
                .andIf(query.dueFrom(), "due >= ?")
                .andIf(query.dueBefore(), "due < ?");
        for (String tag : query.tags()) {
            select.and("EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ?)", tag);
        }
        if (query.text() != null) {
            List<String> sought = TaskText.sought(query.text());
            if (sought.isEmpty()) {
                return Page.EMPTY;
            }
            sought.forEach(word -> select.and("instr(words, ?) > 0", word));
        }
        List<Order> orders = new ArrayList<>();
        query.sort().forEach(sort -> orders.add(sort.order()));
        orders.add(Order.ascending("task_id"));
        return select.page(reader, orders, query.page(), row -> body(reader, row.getLong(1)));
    }

    private static byte[] body(ModelReader reader, long doc) throws SQLException {
        return reader.first("SELECT body FROM task_docs WHERE doc = ?", row -> row.getBytes(1), doc);
    }

    /** The task's view; null when there is none, or it is deleted. */
    public byte[] find(Scope scope, String taskId) {
        return model.ask(reader -> {
            Long owner = Owners.find(reader, scope);
            return owner == null
                    ? null
                    : reader.first(
                            "SELECT body FROM tasks JOIN task_docs USING (doc) WHERE owner = ? AND task_id = ?",
                            row -> row.getBytes(1),
                            owner,
                            taskId);
        });
    }

    /** The version of a task that is there; 0 when none is. */
    public long version(Scope scope, String taskId) {
        return model.ask(reader -> {
            Long owner = Owners.find(reader, scope);
            Long version = owner == null
                    ? null
                    : reader.first(
                            "SELECT version FROM tasks WHERE owner = ? AND task_id = ?",
                            row -> row.getLong(1),
                            owner,
                            taskId);
            return version == null ? 0 : version;
        });
    }

    /** Whether a task of the person is as that event left it. */
    public boolean isCause(Scope scope, UUID eventId) {
        return model.ask(reader -> {
            Long owner = Owners.find(reader, scope);
            return owner != null
                    && reader.first(
                                    "SELECT 1 FROM tasks WHERE owner = ? AND cause = ?",
                                    row -> true,
                                    owner,
                                    eventId.toString())
                            != null;
        });
    }

    /** The person's tags, the most used first. */
    public List<Tag> tags(Scope scope) {
        return model.ask(reader -> {
            Long owner = Owners.find(reader, scope);
            return owner == null
                    ? List.of()
                    : reader.all(
                            "SELECT value, sum(status = 'open') AS open, count(*) AS total FROM tasks, json_each(tags)"
                                    + " WHERE owner = ? GROUP BY value ORDER BY open DESC, total DESC, value LIMIT ?",
                            row -> new Tag(row.getString(1), row.getLong(2), row.getLong(3)),
                            owner,
                            MAX_TAGS);
        });
    }

    /** The person's reminders, the latest first. */
    public Page reminders(Scope scope, PageRequest page) {
        return model.ask(reader -> {
            Long owner = Owners.find(reader, scope);
            return owner == null
                    ? Page.EMPTY
                    : new Select("body", "reminders")
                            .and("owner = ?", owner)
                            .page(
                                    reader,
                                    List.of(Order.descending("remind_at"), Order.descending("event_id")),
                                    page,
                                    row -> row.getBytes(1));
        });
    }

    /** A reminder; null when it is not there any more. */
    byte[] reminder(Scope scope, String eventId) {
        return model.ask(reader -> {
            Long owner = Owners.find(reader, scope);
            return owner == null
                    ? null
                    : reader.first(
                            "SELECT body FROM reminders WHERE owner = ? AND event_id = ?",
                            row -> row.getBytes(1),
                            owner,
                            eventId);
        });
    }
}
