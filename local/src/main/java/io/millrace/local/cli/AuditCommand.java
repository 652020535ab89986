package io.millrace.local.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stands here for the overview only: the launcher runs it in a JVM of its own, and so its help. */
@Command(name = "audit", description = "Prove that the audit is whole, or erase a person from it.")
final class AuditCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ARGUMENT", description = "Passed on.")
    private List<String> arguments = List.of();

    @Override
    public Integer call() {
        throw new CommandFailure("run it with ./millrace audit " + String.join(" ", arguments));
    }
}
