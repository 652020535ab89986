package io.millrace.local.cli;

import io.millrace.local.rollout.Rollouts;
import io.millrace.local.terminal.Figures;
import io.millrace.local.topic.DefinitionsFile.Written;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.topic.TopicPublisher;
import io.millrace.logic.rollout.FlagSeen;
import io.millrace.schema.rollout.RolloutDefined;
import io.millrace.schema.rollout.RolloutEvent;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.wire.VisibleText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.ProducerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The commands that take roll-outs from a file. */
final class RolloutFileCommands {
    private static final int MAX_BYTES = 1 << 20;
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private RolloutFileCommands() {}

    @Command(
            name = "check",
            description = {
                "Check roll-outs, without a platform; docs/rollout.md lists the fields.",
                "What is wrong is said on standard error as FILE:LINE: field: reason (code)."
            })
    static final class Check implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", description = "JSON objects, one a line or laid out; -, for standard input.")
        private String file;

        @Override
        public Integer call() throws IOException {
            int rollouts = GivenDefinitions.read(Rollouts.KIND, file).size();
            System.out.println(Figures.count(rollouts, "roll-out") + ", all right");
            return 0;
        }
    }

    @Command(
            name = "apply",
            description =
                    "Check roll-outs as check does, then define them. The envelope of the events may be left out.")
    static final class Apply implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", description = "JSON objects, one a line or laid out; -, for standard input.")
        private String file;

        @Mixin
        private KafkaOption kafka;

        @Override
        public Integer call() throws IOException {
            List<Written<RolloutDefined>> rollouts = GivenDefinitions.read(Rollouts.KIND, file);
            KafkaConnection connection = kafka.connect();
            int status = 0;
            for (Written<RolloutDefined> written : rollouts) {
                String name = written.name();
                Optional<RolloutEvent> answer = Rollouts.define(connection, written, LIMIT);
                if (answer.isEmpty()) {
                    throw new CommandFailure(
                            "nothing was heard of " + name + " yet; does the job rollout run? ./millrace jobs");
                }
                if (answer.get().kind() == RolloutEvent.Kind.REFUSED) {
                    System.err.println("millrace: "
                            + VisibleText.of(name + ": " + answer.get().reason()));
                    status = 1;
                } else {
                    System.out.println("defined " + VisibleText.of(name) + "; ./millrace rollout start "
                            + VisibleText.of(name) + " begins it");
                }
            }
            return status;
        }
    }

    @Command(
            name = "flag",
            description = {
                "Check the definition of a flag, as flagd has one below \"flags\", and publish it under its key.",
                "What a roll-out has done to it is lost: the roll-out notices, and pauses."
            })
    static final class Flag implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "KEY", description = "Of the flag.")
        private String key;

        @Parameters(index = "1", paramLabel = "FILE", description = "A JSON object; -, for standard input.")
        private String file;

        @Mixin
        private KafkaOption kafka;

        @Override
        public Integer call() throws IOException {
            GivenFile given = GivenFile.read(file, MAX_BYTES);
            byte[] name = key.getBytes(StandardCharsets.UTF_8);
            try {
                FlagSeen.read(new SourceRecord(Topics.FLAGS, 0, 0, 0, name, given.bytes(), List.of()));
            } catch (RejectedEventException e) {
                throw new CommandFailure(given.name() + ": " + VisibleText.of(e.getMessage()), e);
            }
            TopicPublisher.send(kafka.connect(), new ProducerRecord<>(Topics.FLAGS, name, given.bytes()));
            System.out.println("published " + VisibleText.of(key));
            return 0;
        }
    }
}
