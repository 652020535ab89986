package io.millrace.local.cli;

import io.millrace.local.terminal.Terminal;
import io.millrace.local.workflow.RunWatch;
import io.millrace.schema.wire.VisibleText;
import io.millrace.schema.workflow.WorkflowEvent;
import io.millrace.schema.workflow.WorkflowEvent.Change;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Prints what happens in a run until it ends. */
final class RunFollow {
    static final Set<Change> ENDS =
            EnumSet.of(Change.RUN_COMPLETED, Change.RUN_FAILED, Change.RUN_CANCELLED, Change.RUN_REFUSED);

    private static final Duration FOR_EVER = Duration.ofDays(10_000);

    private RunFollow() {}

    /** @return exit status: 0 when it completed */
    static int toTheEnd(RunWatch watch, Terminal terminal, boolean json) {
        Optional<WorkflowEvent> end = watch.await(FOR_EVER, event -> {
            print(event, terminal, json);
            return ENDS.contains(event.change());
        });
        return end.map(RunFollow::status).orElse(1);
    }

    static int status(WorkflowEvent end) {
        return end.change() == Change.RUN_COMPLETED ? 0 : 1;
    }

    private static String line(WorkflowEvent event) {
        return VisibleText.of(new String(event.toJson(), StandardCharsets.UTF_8));
    }

    static void print(WorkflowEvent event, Terminal terminal, boolean json) {
        terminal.println(json ? line(event) : RunText.line(event));
    }
}
