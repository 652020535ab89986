package io.millrace.lake;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "audit",
        description = "What the audit proves.",
        subcommands = {AuditVerifyCommand.class, AuditEraseCommand.class, AuditBackfillCommand.class})
final class AuditCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: verify, erase or backfill");
    }
}
