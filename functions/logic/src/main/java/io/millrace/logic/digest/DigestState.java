package io.millrace.logic.digest;

import io.millrace.schema.task.Priority;
import io.millrace.schema.task.TaskSummary;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is remembered of one person. Components are only ever appended, see {@link DigestStateCodec}.
 *
 * @param timeZone that of the task that changed last and has one; null for the job's default
 * @param open tasks by id
 * @param closed tasks that were closed since the digest before the last one, by id: an older view of them may come again
 * @param truncated whether there were more tasks than are followed
 * @param nextAt when the next digest is due, milliseconds since the epoch; {@link Long#MAX_VALUE} for never
 */
public record DigestState(
        String tenant,
        String userId,
        String timeZone,
        Map<String, OpenTask> open,
        Map<String, ClosedTask> closed,
        boolean truncated,
        long nextAt) {

    /**
     * @param dueAt milliseconds since the epoch; null without a due date
     * @param createdAt milliseconds since the epoch
     */
    public record OpenTask(long version, String title, Priority priority, Long dueAt, long createdAt) {}

    /**
     * @param told whether a digest was made since it was closed
     * @param createdAt milliseconds since the epoch
     */
    public record ClosedTask(long version, boolean completed, boolean told, long createdAt) {}

    static DigestState unknown(String tenant, String userId) {
        return new DigestState(tenant, userId, null, Map.of(), Map.of(), false, Long.MAX_VALUE);
    }

    /** Whether a view is later than what is known of its task. */
    boolean isNews(TaskSummary view) {
        OpenTask task = open.get(view.taskId());
        ClosedTask gone = closed.get(view.taskId());
        if (task != null) {
            return view.isAfter(task.createdAt(), task.version());
        }
        return gone == null || view.isAfter(gone.createdAt(), gone.version());
    }

    DigestState with(String taskId, OpenTask task, ClosedTask gone) {
        return new DigestState(
                tenant, userId, timeZone, with(open, taskId, task), with(closed, taskId, gone), truncated, nextAt);
    }

    private static <V> Map<String, V> with(Map<String, V> map, String key, V value) {
        SortedMap<String, V> changed = new TreeMap<>(map);
        if (value == null) {
            changed.remove(key);
        } else {
            changed.put(key, value);
        }
        return changed;
    }

    DigestState next(String zone, long at) {
        return new DigestState(tenant, userId, zone, open, closed, truncated, at);
    }

    DigestState truncated(boolean more) {
        return new DigestState(tenant, userId, timeZone, open, closed, more, nextAt);
    }
}
