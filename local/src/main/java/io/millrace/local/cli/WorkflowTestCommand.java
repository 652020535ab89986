package io.millrace.local.cli;

import io.millrace.local.terminal.Figures;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.workflow.WorkflowException;
import io.millrace.local.workflow.rehearsal.RehearsalFile;
import io.millrace.logic.workflow.bind.DefinitionReader;
import io.millrace.logic.workflow.program.Program;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.VisibleText;
import io.millrace.schema.workflow.WorkflowDefined;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "test",
        description = {
            "Run the tests that are written beside a workflow, NAME.tests.yaml beside NAME.yaml: with answers of agents and people that "
                    + "stand there, in a time that passes by itself. Needs no platform.",
            "Exit status 0 when every run came to what was expected."
        })
final class WorkflowTestCommand implements Callable<Integer> {
    private static final int MAX_TESTS = 4 * 1024 * 1024;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Workflows, in YAML or JSON.")
    private List<String> files;

    @Option(names = "--tests", paramLabel = "FILE", description = "The tests, when they are elsewhere.")
    private String tests;

    @Override
    public Integer call() throws IOException {
        Terminal terminal = Terminal.ofProcess(System.out);
        int failed = 0;
        int all = 0;
        for (String file : files) {
            Program program = program(file);
            GivenFile given = GivenFile.read(tests == null ? beside(file) : tests, MAX_TESTS);
            terminal.println(terminal.bold(VisibleText.of(program.name() + " " + program.version())));
            for (RehearsalFile.Result result : RehearsalFile.play(program, given.name(), given.text())) {
                all++;
                failed += result.differences().isEmpty() ? 0 : 1;
                print(result, terminal);
            }
        }
        terminal.println(
                failed == 0
                        ? terminal.green("all " + all + " as expected")
                        : terminal.red(failed + " of " + all + " not as expected"));
        return failed == 0 ? 0 : 1;
    }

    private static Program program(String file) throws IOException {
        GivenFile given = GivenFile.read(file, WorkflowDefined.MAX_TEXT);
        try {
            return DefinitionReader.program(given.text());
        } catch (RejectedEventException e) {
            throw new WorkflowException(given.name() + ": " + e.getMessage(), e);
        }
    }

    private static String beside(String file) {
        int dot = file.lastIndexOf('.');
        String tests = (dot < 0 ? file : file.substring(0, dot)) + ".tests.yaml";
        if (!Files.exists(Path.of(tests))) {
            throw new CommandFailure("there are no tests " + tests + "; docs/workflows.md says how they are written");
        }
        return tests;
    }

    private static void print(RehearsalFile.Result result, Terminal terminal) {
        boolean fine = result.differences().isEmpty();
        terminal.println("  " + (fine ? terminal.green("ok") : terminal.red("failed")) + "  "
                + VisibleText.of(result.name()) + "  (" + result.calls() + (result.calls() == 1 ? " call" : " calls")
                + (result.took().isZero() ? "" : ", " + Figures.time(result.took())) + ")");
        result.differences().forEach(difference -> terminal.println("        " + VisibleText.of(difference)));
    }
}
