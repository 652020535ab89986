package io.millrace.local.cli;

import picocli.CommandLine.Option;

/** Whose runs a command is about. */
final class TenantOption {
    @Option(
            names = "--tenant",
            paramLabel = "T",
            defaultValue = "default",
            description = "Whose it is; default: ${DEFAULT-VALUE}.")
    private String tenant;

    String name() {
        return tenant;
    }
}
