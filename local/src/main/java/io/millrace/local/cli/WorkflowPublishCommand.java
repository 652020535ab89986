package io.millrace.local.cli;

import io.millrace.local.terminal.Terminal;
import io.millrace.local.topic.Rejection;
import io.millrace.local.workflow.WorkflowFile;
import io.millrace.schema.wire.VisibleText;
import io.millrace.schema.workflow.WorkflowDefined;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "publish",
        description = {
            "Check workflows as validate does, then publish them: all, or none if one is wrong. A version stays what it is.",
            "What only the job can judge it is given three seconds to say."
        })
final class WorkflowPublishCommand implements Callable<Integer> {

    /** The job says nothing of what it accepts; what it refuses is a dead letter within milliseconds. */
    private static final Duration REFUSAL_LIMIT = Duration.ofSeconds(3);

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "YAML or JSON; -, for standard input.")
    private List<String> files;

    @Mixin
    private TenantOption tenant;

    @Mixin
    private KafkaOption kafka;

    @Override
    public Integer call() throws IOException {
        List<WorkflowDefined> definitions = new ArrayList<>();
        for (String file : files) {
            GivenFile given = GivenFile.read(file, WorkflowDefined.MAX_TEXT);
            definitions.add(WorkflowFile.read(given.name(), given.text()).defined(tenant.name()));
        }
        Optional<Rejection> refused = WorkflowFile.publish(kafka.connect(), definitions, REFUSAL_LIMIT);
        if (refused.isPresent()) {
            System.err.println("millrace: the job refused it: "
                    + VisibleText.of(refused.get().toString()));
            return 1;
        }
        Terminal terminal = Terminal.ofProcess(System.out);
        definitions.forEach(defined -> terminal.println("published "
                + VisibleText.of(defined.workflow() + " " + defined.version() + ", digest "
                        + defined.digest().substring(0, 12))));
        return 0;
    }
}
