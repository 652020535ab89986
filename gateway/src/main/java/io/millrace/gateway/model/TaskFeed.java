package io.millrace.gateway.model;

import io.millrace.schema.task.TaskStatus;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Tasks as {@code task-updates} has them. What lists are searched, sorted and filtered by lies together for each person,
 * so that a list of a thousand tasks is a scan of a few pages, however many others there are, and nobody's words are in
 * an index with another's. Of a deleted task is kept that it is
 * deleted, and not what it said.
 */
final class TaskFeed implements Feed {
    /** Comes after every due date. */
    static final long NO_DUE_DATE = Long.MAX_VALUE;
    /** Of a deleted task: a number that a document had may be given again. */
    private static final long NO_DOCUMENT = 0;
    /** Comes after every priority. */
    static final int NO_PRIORITY = 9;

    private static final String UPSERT =
            "INSERT OR REPLACE INTO tasks (owner, task_id, doc, created, version, status, priority, due, updated, title,"
                    + " tags, cause, words) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    @Override
    public List<String> tables() {
        return List.of(
                "CREATE TABLE tasks (owner INTEGER NOT NULL, task_id TEXT NOT NULL, doc INTEGER NOT NULL,"
                        + " created INTEGER NOT NULL, version INTEGER NOT NULL, status TEXT NOT NULL,"
                        + " priority INTEGER NOT NULL, due INTEGER NOT NULL, updated INTEGER NOT NULL,"
                        + " title TEXT NOT NULL, tags TEXT NOT NULL, cause TEXT NOT NULL, words TEXT NOT NULL,"
                        + " PRIMARY KEY (owner, task_id)) WITHOUT ROWID",
                "CREATE TABLE task_docs (doc INTEGER PRIMARY KEY, body BLOB NOT NULL)");
    }

    @Override
    public boolean follows(String topic) {
        return topic.equals(Topics.TASK_UPDATES);
    }

    @Override
    public Change read(SourceRecord record) throws RejectedEventException {
        TaskListing task = TaskListing.read(record);
        String words = TaskText.words(task.title(), task.description());
        return model -> apply(task, words, record.value(), model);
    }

    /** What is known of a task. */
    private record Known(long doc, long created, long version) {
        /** An id that was forgotten can be taken again, and its versions begin anew: the later beginning counts. */
        boolean isOlderThan(TaskListing task) {
            long other = task.createdAt().toEpochMilli();
            return created < other || created == other && version < task.version();
        }
    }

    private static void apply(TaskListing task, String words, byte[] body, ModelWriter model) throws SQLException {
        String tenant = task.envelope().tenant();
        model.happened(tenant, task.cause().eventId(), Outcome.ACCEPTED);
        long owner = model.owner(tenant, task.userId());
        Known known = model.first(
                "SELECT doc, created, version FROM tasks WHERE owner = ? AND task_id = ?",
                row -> new Known(row.getLong(1), row.getLong(2), row.getLong(3)),
                owner,
                task.taskId());
        if (known != null && !known.isOlderThan(task)) {
            return;
        }
        if (task.status() == TaskStatus.DELETED) {
            forget(task, owner, known, model);
        } else {
            keep(task, words, body, owner, known, model);
        }
        model.changed(Kind.TASKS, tenant, task.userId(), task.taskId());
    }

    private static void keep(TaskListing task, String words, byte[] body, long owner, Known known, ModelWriter model)
            throws SQLException {
        long doc = known == null || known.doc() == NO_DOCUMENT ? model.nextDocument() : known.doc();
        model.update(
                UPSERT,
                owner,
                task.taskId(),
                doc,
                task.createdAt().toEpochMilli(),
                task.version(),
                task.status().wireName(),
                task.priority() == null ? NO_PRIORITY : task.priority().ordinal() + 1,
                millis(task.dueAt()),
                task.updatedAt().toEpochMilli(),
                TaskText.sortable(task.title()),
                JsonArray.of(task.tags()),
                task.cause().eventId().toString(),
                words);
        model.update("INSERT OR REPLACE INTO task_docs (doc, body) VALUES (?, ?)", doc, body);
    }

    private static void forget(TaskListing task, long owner, Known known, ModelWriter model) throws SQLException {
        model.update(
                UPSERT,
                owner,
                task.taskId(),
                NO_DOCUMENT,
                task.createdAt().toEpochMilli(),
                task.version(),
                task.status().wireName(),
                NO_PRIORITY,
                NO_DUE_DATE,
                task.updatedAt().toEpochMilli(),
                "",
                "[]",
                task.cause().eventId().toString(),
                "");
        if (known != null && known.doc() != NO_DOCUMENT) {
            model.update("DELETE FROM task_docs WHERE doc = ?", known.doc());
        }
    }

    private static long millis(Instant due) {
        return due == null ? NO_DUE_DATE : due.toEpochMilli();
    }
}
