package io.millrace.local.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Commands that stand here for the overview only: the launcher runs each in a JVM of its own, and so its help. */
final class LauncherCommands {
    private LauncherCommands() {}

    /** What all of them do when they come here. */
    private abstract static class Elsewhere implements Callable<Integer> {
        @Parameters(paramLabel = "ARGUMENT", description = "Passed on.")
        private List<String> arguments = List.of();

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            throw new CommandFailure("run it with ./" + spec.qualifiedName() + " " + String.join(" ", arguments));
        }
    }

    @Command(
            name = "test",
            description =
                    "Run all checks, as CI does (mvn verify). -Dquick leaves the slow half out, --all runs what is run each night too.")
    static final class Test extends Elsewhere {}

    @Command(name = "bench", description = "Measure contestants side by side; ./millrace bench --help says which.")
    static final class Bench extends Elsewhere {}

    @Command(name = "chaos", description = "Kill, pause and starve a cluster under load, and have an auditor judge it.")
    static final class Chaos extends Elsewhere {}

    @Command(
            name = "simulate",
            description = "Run the decisions in simulated worlds with crashes; ./millrace simulate --help says how.")
    static final class Simulate extends Elsewhere {}

    @Command(
            name = "gateway",
            description =
                    "Serve HTTP over all that the jobs know, in a process of its own; docs/gateway.md has its settings.")
    static final class Gateway extends Elsewhere {}

    @Command(name = "sql", description = "Query the lake's tables with SQL.")
    static final class Sql extends Elsewhere {}

    @Command(name = "audit", description = "Prove that the audit is whole, or erase a person from it.")
    static final class Audit extends Elsewhere {}

    @Command(
            name = "render",
            description = "Write what an environment is given; ./millrace deploy render --help says how.")
    static final class Render extends Elsewhere {}

    @Command(name = "check", description = "Check it, strictly, against the schemas of Kubernetes and its operators.")
    static final class Check extends Elsewhere {}

    @Command(name = "plan", description = "Say what would change against what was rendered before.")
    static final class Plan extends Elsewhere {}
}
