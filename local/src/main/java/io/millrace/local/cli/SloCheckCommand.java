package io.millrace.local.cli;

import io.millrace.local.slo.Objectives;
import io.millrace.local.terminal.Figures;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        description = {
            "Check objectives, without a platform; docs/slo.md lists the fields.",
            "What is wrong is said on standard error as FILE:LINE: field: reason (code)."
        })
final class SloCheckCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "JSON objects, one a line or laid out; -, for standard input.")
    private String file;

    @Override
    public Integer call() throws IOException {
        int objectives = GivenDefinitions.read(Objectives.KIND, file).size();
        System.out.println(Figures.count(objectives, "objective") + ", all right");
        return 0;
    }
}
