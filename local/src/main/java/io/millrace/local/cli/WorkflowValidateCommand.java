package io.millrace.local.cli;

import io.millrace.local.workflow.WorkflowException;
import io.millrace.local.workflow.WorkflowFile;
import io.millrace.logic.workflow.bind.DefinitionReader;
import io.millrace.logic.workflow.text.Problem;
import io.millrace.schema.wire.VisibleText;
import io.millrace.schema.workflow.WorkflowDefined;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "validate",
        description = "Say whether workflows can be run, and what is wrong where. Needs no platform.")
final class WorkflowValidateCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "YAML or JSON; -, for standard input.")
    private List<String> files;

    @Override
    public Integer call() throws IOException {
        int status = 0;
        for (String file : files) {
            GivenFile given = GivenFile.read(file, WorkflowDefined.MAX_TEXT);
            List<Problem> problems = DefinitionReader.problems(given.text());
            problems.forEach(problem -> System.err.println(VisibleText.of(given.name() + ": " + problem)));
            if (!problems.isEmpty()) {
                status = 1;
                continue;
            }
            try {
                WorkflowFile workflow = WorkflowFile.read(given.name(), given.text());
                System.out.println(VisibleText.of(
                        given.name() + ": " + workflow.workflow() + " " + workflow.version() + " can be run"));
            } catch (WorkflowException e) {
                System.err.println(VisibleText.of(e.getMessage()));
                status = 1;
            }
        }
        return status;
    }
}
