package io.millrace.local.cli;

import io.millrace.local.slo.Objectives;
import io.millrace.local.terminal.Figures;
import io.millrace.local.topic.DefinitionsFile.Written;
import io.millrace.local.topic.Rejection;
import io.millrace.schema.slo.SloDefined;
import io.millrace.schema.wire.VisibleText;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "apply",
        description = {
            "Check objectives as check does, then define them, or change those that there are by their names.",
            "The envelope of the events may be left out. What only the job can judge it is given three seconds to say."
        })
final class SloApplyCommand implements Callable<Integer> {

    /** The job says nothing of what it accepts; what it refuses is a dead letter within milliseconds. */
    private static final Duration REFUSAL_LIMIT = Duration.ofSeconds(3);

    @Parameters(paramLabel = "FILE", description = "JSON objects, one a line or laid out; -, for standard input.")
    private String file;

    @Mixin
    private KafkaOption kafka;

    @Override
    public Integer call() throws IOException {
        List<Written<SloDefined>> objectives = GivenDefinitions.read(Objectives.KIND, file);
        Optional<Rejection> refused = Objectives.publish(kafka.connect(), objectives, REFUSAL_LIMIT);
        if (refused.isPresent()) {
            System.err.println("millrace: the job refused it: "
                    + VisibleText.of(refused.get().toString()));
            return 1;
        }
        System.out.println("defined " + Figures.count(objectives.size(), "objective") + "; the job has refused none");
        return 0;
    }
}
