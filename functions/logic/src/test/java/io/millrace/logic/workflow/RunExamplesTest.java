package io.millrace.logic.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.workflow.program.JqFormulas;
import io.millrace.logic.workflow.program.Program;
import io.millrace.logic.workflow.program.ProgramCompiler;
import org.junit.jupiter.api.Test;

/** Runs with jq, as workflows have it. */
class RunExamplesTest {

    private static TestRun started(String steps, String input) throws Exception {
        Program program = ProgramCompiler.compile(
                TestRun.json("{document: {name: 'test'}, do: " + steps + "}"), new JqFormulas());
        return new TestRun(program, RunLimits.DEFAULT).start(input);
    }

    @Test
    void expressionsAreJq() throws Exception {
        TestRun run = started(
                "[{sum: {for: {each: 'n', in: '${ [range(1; 5)] | map(. * 2) }'}, do: [{add: {set: '${ {total: ((.total // 0) + $n)} }'}}]}},"
                        + "{tell: {set: {text: '${ \"total \\\\(.total), run \\\\($workflow.id), step \\\\($task.reference), \\\\($runtime.name)\" }'}}}]",
                "{}");
        assertThat(run.output()).isEqualTo("{\"text\":\"total 20, run run-1, step /do/1/tell, millrace\"}");
    }

    @Test
    void whatWouldNotEndFailsTheRun() throws Exception {
        assertThat(started("[{no: {set: '${ def f: f; f }'}}]", "1").error().type())
                .endsWith("/errors/expression");
        assertThat(started("[{no: {set: '${ [range(1e9)] }'}}]", "1").error().type())
                .endsWith("/errors/expression");
    }

    @Test
    void heavyExpressionsMakeSlicesShort() throws Exception {
        TestRun run = started(
                "[{loop: {for: {in: '${ [range(10)] }'}, do: [{heavy: {set: '${ [range(100000)] | length }'}}]}}]",
                "1");
        assertThat(run.output()).isEqualTo("100000");
        assertThat(run.all(RunCommand.Continue.class)).isNotEmpty();
    }
}
