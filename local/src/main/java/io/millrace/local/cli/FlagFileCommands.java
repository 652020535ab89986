package io.millrace.local.cli;

import io.millrace.local.rollout.FlagFile;
import io.millrace.local.rollout.FlagFile.Difference;
import io.millrace.local.rollout.Flags;
import io.millrace.local.terminal.Figures;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.topic.TopicException;
import io.millrace.schema.wire.VisibleText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands that take flags from files of flagd, and to them. */
final class FlagFileCommands {
    private static final int MAX_BYTES = 16 << 20;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private FlagFileCommands() {}

    @Command(
            name = "export",
            description = {
                "Print all flags as flagd has them in a file, or keep such a file, for flagd and for clients that read files.",
                "With --follow it is written anew when a flag changes, in one step, until Ctrl-C."
            })
    static final class Export implements Callable<Integer> {
        @Option(names = "--into", paramLabel = "FILE", description = "Where to write them; default: standard output.")
        private Path into;

        @Option(names = "--follow", description = "Go on, and write what changes.")
        private boolean follow;

        @Mixin
        private KafkaOption kafka;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            if (follow && into == null) {
                throw new ParameterException(spec.commandLine(), "--follow: needs --into FILE");
            }
            KafkaConnection connection = kafka.connect();
            if (into == null) {
                System.out.print(FlagFile.text(Flags.read(connection)));
                return 0;
            }
            try {
                if (follow) {
                    StopSignal stop = StopSignal.install();
                    Flags.follow(connection, this::write, () -> !stop.isReceived());
                } else {
                    write(Flags.read(connection));
                }
                return 0;
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }

        private void write(NavigableMap<String, String> flags) {
            try {
                if (FlagFile.write(into, FlagFile.text(flags))) {
                    System.out.println("wrote " + into);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Command(
            name = "import",
            description = {
                "Check the flags of a file of flagd, and publish those that differ from what stands there. One that is wrong keeps"
                        + " all back.",
                "One that a roll-out has in its hands is left alone, and told. Flags that are not in the file stay."
            })
    static final class Import implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", description = "A JSON object with \"flags\"; -, for standard input.")
        private String file;

        @Option(names = "--follow", description = "Go on, and publish what changes in the file, until Ctrl-C.")
        private boolean follow;

        @Mixin
        private KafkaOption kafka;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            if (follow && file.equals("-")) {
                throw new ParameterException(spec.commandLine(), "--follow: needs a file, which can be read again");
            }
            KafkaConnection connection = kafka.connect();
            GivenFile given = GivenFile.read(file, MAX_BYTES);
            Outcome outcome = publish(connection, given);
            outcome.tell();
            if (follow) {
                follow(connection, outcome, given);
            } else if (outcome.said() == null) {
                throw new CommandFailure("nothing of " + given.name() + " is published");
            }
            return outcome.isWhole() ? 0 : 1;
        }

        /** What is wrong in a later state of the file is told once, and what can't be done now is tried again. */
        private void follow(KafkaConnection connection, Outcome first, GivenFile given) {
            StopSignal stop = StopSignal.install();
            Outcome last = first;
            byte[] whole = first.isWhole() ? given.bytes() : null;
            while (!stop.await(LOOK_EVERY)) {
                Outcome outcome;
                byte[] bytes = null;
                try {
                    GivenFile now = GivenFile.read(file, MAX_BYTES);
                    bytes = now.bytes();
                    outcome = Arrays.equals(whole, bytes) ? last : publish(connection, now);
                } catch (IOException | CommandFailure | TopicException | KafkaException e) {
                    outcome = new Outcome(null, List.of(e.getClass().getSimpleName() + ": " + e.getMessage()));
                }
                if (!outcome.equals(last)) {
                    outcome.tell();
                }
                last = outcome;
                whole = outcome.isWhole() ? bytes : null;
            }
        }

        private static Outcome publish(KafkaConnection connection, GivenFile given) {
            List<String> problems = new ArrayList<>();
            NavigableMap<String, String> wanted =
                    FlagFile.parse(given.bytes(), problem -> problems.add(given.name() + ": " + problem));
            if (!problems.isEmpty()) {
                return new Outcome(null, problems);
            }
            Difference difference = FlagFile.difference(wanted, Flags.read(connection));
            Flags.publish(connection, difference.changed());
            difference
                    .underWay()
                    .forEach(key -> problems.add(
                            key + ": a roll-out has it in its hands; it stays as it is until that has ended"));
            return new Outcome(
                    "published " + Figures.count(difference.changed().size(), "flag") + ", "
                            + difference.unchanged().size() + " stood there already",
                    problems);
        }
    }

    /**
     * What came of a file.
     *
     * @param said null when nothing was published
     * @param problems empty when all of it stands on the topic now
     */
    private record Outcome(String said, List<String> problems) {
        boolean isWhole() {
            return problems.isEmpty();
        }

        void tell() {
            problems.forEach(problem -> System.err.println("millrace: " + VisibleText.of(problem)));
            if (said != null) {
                System.out.println(said);
            }
        }
    }
}
