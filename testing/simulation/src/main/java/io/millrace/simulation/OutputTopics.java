package io.millrace.simulation;

import io.millrace.logic.task.TaskCommand;
import io.millrace.schema.task.TaskView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the job has written, whichever of its lives wrote it, and the laws that hold for each record at once. */
final class OutputTopics {

    /** @param logTime when it was appended, milliseconds since the epoch */
    record Written(Output output, long logTime) {}

    private final List<Written> records = new ArrayList<>();
    private final Set<Object> contents = new HashSet<>();
    private final Map<String, Long> versions = new HashMap<>();

    void append(Output output, long now) throws BrokenLawException {
        boolean isNew = contents.add(output.content());
        records.add(new Written(output, now));
        if (output.command() instanceof TaskCommand.Remind remind
                && now < remind.reminder().remindAt()) {
            throw new BrokenLawException(
                    "a reminder is never early",
                    output.subject(),
                    Texts.describe(remind) + " was in the log at " + Texts.time(now));
        }
        if (output.command() instanceof TaskCommand.Publish publish) {
            inOrder(output, publish.view(), isNew);
        }
    }

    /**
     * Of one task the next version follows, unless it is forgotten and made again; after a crash earlier ones come
     * again.
     */
    private void inOrder(Output output, TaskView view, boolean isNew) throws BrokenLawException {
        String task = output.subject();
        long last = versions.getOrDefault(task, 0L);
        versions.put(task, view.version());
        if (isNew && view.version() != last + 1 && view.version() != 1) {
            throw new BrokenLawException(
                    "the views of a task come in the order of their versions",
                    task,
                    Texts.describe(output.command()) + " follows version " + last);
        }
    }

    List<Written> records() {
        return records;
    }

    /** Each different record once, without what may differ when it is written again. */
    Set<Object> contents() {
        return contents;
    }
}
