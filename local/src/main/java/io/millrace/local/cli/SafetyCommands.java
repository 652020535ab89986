package io.millrace.local.cli;

import io.millrace.local.safety.Switch;
import io.millrace.local.safety.Switches;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.schema.rollout.SafetyFlag;
import io.millrace.schema.wire.VisibleText;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that stop the platform, or parts of it, at once. */
final class SafetyCommands {
    private SafetyCommands() {}

    @Command(name = "show", description = "Show what is stopped, by whom and why.")
    static final class Show implements Callable<Integer> {
        @Mixin
        private KafkaOption kafka;

        @Override
        public Integer call() {
            Switches.read(kafka.connect())
                    .forEach((flag, found) -> System.out.printf("%-12s %s%n", flag.shortName(), text(found)));
            return 0;
        }

        private static String text(Switch found) {
            StringBuilder text = new StringBuilder(found.isOn() ? "ON" : "off");
            if (!found.tenants().isEmpty()) {
                text.append(" for the tenants ").append(String.join(", ", found.tenants()));
            }
            if (!found.agents().isEmpty()) {
                text.append(" for the agents ").append(String.join(", ", found.agents()));
            }
            if (found.by() != null) {
                text.append(", by ").append(found.by()).append(" at ").append(found.at());
            }
            if (found.reason() != null) {
                text.append(": ").append(found.reason());
            }
            return VisibleText.of(text.toString());
        }
    }

    @Command(
            name = "stop",
            description = {
                "Have no agent be asked, and so no customer answered and nobody notified: calls wait, up to their deadlines.",
                "Tasks, timers and runs go on."
            })
    static final class Stop extends On {
        @Option(names = "--agent", paramLabel = "AGENT", split = ",", description = "Only these agents.")
        private List<String> agents = List.of();

        @Option(names = "--tenant", paramLabel = "TENANT", split = ",", description = "Only for these tenants.")
        private List<String> tenants = List.of();

        Stop() {
            super(SafetyFlag.STOP);
        }

        @Override
        List<String> agents() {
            return agents;
        }

        @Override
        List<String> tenants() {
            return tenants;
        }
    }

    @Command(name = "read-only", description = "Have the gateway take no writes.")
    static final class ReadOnly extends On {
        @Option(names = "--tenant", paramLabel = "TENANT", split = ",", description = "Only of these tenants.")
        private List<String> tenants = List.of();

        ReadOnly() {
            super(SafetyFlag.READ_ONLY);
        }

        @Override
        List<String> tenants() {
            return tenants;
        }
    }

    @Command(name = "maintenance", description = "Have the gateway answer nobody, but say how it is.")
    static final class Maintenance extends On {
        Maintenance() {
            super(SafetyFlag.MAINTENANCE);
        }
    }

    @Command(name = "clear", description = "Let it go on: all of it, or what is named.")
    static final class Clear implements Callable<Integer> {
        @Parameters(
                paramLabel = "FLAG",
                arity = "0..*",
                description = "stop, read-only or maintenance; default: all that are on.")
        private List<String> names = List.of();

        @Mixin
        private Said said;

        @Mixin
        private KafkaOption kafka;

        @Override
        public Integer call() {
            names.forEach(Clear::require);
            KafkaConnection connection = kafka.connect();
            Switches.read(connection).forEach((flag, found) -> {
                boolean asked = names.isEmpty() ? found.isOn() : names.contains(flag.shortName());
                if (asked) {
                    Switches.set(connection, flag, Switch.off(said.by(), said.reason, now()));
                    System.out.println(flag.shortName() + " is off");
                }
            });
            return 0;
        }

        private static void require(String name) {
            if (Stream.of(SafetyFlag.values()).anyMatch(flag -> flag.shortName().equals(name))) {
                return;
            }
            throw new CommandFailure(
                    "there is no '" + VisibleText.of(name) + "'; there are stop, read-only, maintenance");
        }
    }

    /** One of those that stop. */
    abstract static class On implements Callable<Integer> {
        @Mixin
        private Said said;

        @Mixin
        private KafkaOption kafka;

        private final SafetyFlag flag;

        On(SafetyFlag flag) {
            this.flag = flag;
        }

        List<String> agents() {
            return List.of();
        }

        List<String> tenants() {
            return List.of();
        }

        @Override
        public Integer call() {
            if (said.reason == null) {
                throw new CommandFailure("--reason is missing: whoever finds it stopped has to know why");
            }
            Switches.set(kafka.connect(), flag, Switch.on(tenants(), agents(), said.by(), said.reason, now()));
            System.out.println(flag.shortName() + " is on; ./millrace safety clear " + flag.shortName() + " ends it");
            return 0;
        }
    }

    /** What is said with it. */
    static final class Said {
        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it stands in the flag.")
        private String reason;

        @Option(names = "--as", paramLabel = "WHO", description = "Who wants it; default: you.")
        private String by;

        String by() {
            return by == null ? RunEvents.me() : by;
        }
    }

    private static Instant now() {
        return Instant.ofEpochMilli(System.currentTimeMillis());
    }
}
