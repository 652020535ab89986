package io.millrace.logic.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.logic.workflow.program.Program;
import io.millrace.schema.agent.AgentError;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.workflow.RunStatus;
import io.millrace.schema.workflow.WorkflowControl.Action;
import io.millrace.schema.workflow.WorkflowInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

/** Runs of workflows that nobody wrote. */
class RunPropertiesTest {
    private static final int MAX_TURNS = 20_000;

    private static final RunLimits IN_SMALL_SLICES = sliced(RunLimits.DEFAULT, 3);

    private static JsonNode agents(String agent, JsonNode input) {
        int hash = Math.floorMod((agent + input).hashCode(), 5);
        return hash == 0 ? null : hash == 1 ? input : Json.MAKE.numberNode(hash - 1);
    }

    @Property(tries = 2_000)
    void aRunComesToWhatTheReferenceSaysWhateverTheOrderOfAnswers(@ForAll long seed, @ForAll long order) {
        String steps = new RandomWorkflow(seed).steps();
        Program program = TestRun.program(steps);
        ReferenceInterpreter reference = new ReferenceInterpreter(program, RunPropertiesTest::agents);
        JsonNode expected = null;
        RunError error = null;
        try {
            expected = reference.run(Json.MAKE.numberNode(1));
        } catch (ReferenceInterpreter.Raised e) {
            error = e.error;
        }
        Statistics.label("it").collect(reference.isAmbiguous() ? "depends" : error == null ? "completes" : "fails");
        Statistics.label("it").coverage(shares -> {
            shares.check("completes").percentage(share -> share > 25);
            shares.check("fails").percentage(share -> share > 10);
        });
        if (reference.isAmbiguous()) {
            return;
        }
        Statistics.label("calls").collect(Math.min(3, reference.calls().size()));

        // Cut in small slices, and halted now and then, it comes to the same.
        TestRun run = order % 2 == 0
                ? driven(new TestRun(program, RunLimits.DEFAULT), order, false)
                : driven(new TestRun(program, IN_SMALL_SLICES), order, true);

        if (error == null) {
            assertThat(run.error()).as(steps).isNull();
            assertThat(run.output()).as(steps).isEqualTo(expected.toString());
        } else {
            assertThat(run.status()).as(steps).isEqualTo(RunStatus.FAILED);
            assertThat(run.error().type()).as(steps).isEqualTo(error.type());
            assertThat(run.error().instance()).as(steps).isEqualTo(error.instance());
        }
        if (!reference.hasFailedBranch()) {
            assertThat(run.calls().stream().map(call -> call.agent() + call.input()))
                    .as(steps)
                    .containsExactlyInAnyOrderElementsOf(reference.calls());
        }
        assertThat(run.calls().stream().map(RunCommand.Call::callKey)).as(steps).doesNotHaveDuplicates();
        assertThat(run.view().costMicros())
                .as(steps)
                .isEqualTo(100L * run.calls().size());
    }

    /** As was found once: an agent is asked about the error of another one, and what it answers depends on all of that. */
    @Example
    void whoIsAskedAboutAnErrorIsGivenAllOfIt() {
        String steps = new RandomWorkflow(-384_400).steps();
        Program program = TestRun.program(steps);
        TestRun run = driven(new TestRun(program, RunLimits.DEFAULT), 0, false);
        ReferenceInterpreter reference = new ReferenceInterpreter(program, RunPropertiesTest::agents);
        assertThatThrownBy(() -> reference.run(Json.MAKE.numberNode(1)))
                .isInstanceOfSatisfying(
                        ReferenceInterpreter.Raised.class,
                        raised -> assertThat(run.error().instance()).isEqualTo(raised.error.instance()));
    }

    @Property(tries = 500)
    void theSameInputsGiveTheSameCommandsHoweverOftenItIsRestored(@ForAll long seed, @ForAll long order) {
        Program program = TestRun.program(new RandomWorkflow(seed).steps());
        TestRun restoredEachTime = driven(new TestRun(program, RunLimits.DEFAULT), order, false);
        TestRun neverRestored = driven(new TestRun(program, RunLimits.DEFAULT).staying(), order, false);
        assertThat(restoredEachTime.commands()).isEqualTo(neverRestored.commands());
    }

    /** Answers in any order, some twice, until all are answered. */
    private static TestRun driven(TestRun run, long order, boolean halted) {
        Random random = new Random(order);
        run.start("1");
        List<RunCommand.Call> open = new ArrayList<>();
        int known = 0;
        for (int turn = 0; turn < MAX_TURNS; turn++) {
            List<RunCommand.Call> calls = run.calls();
            open.addAll(calls.subList(known, calls.size()));
            known = calls.size();
            if (open.isEmpty()) {
                if (run.status().isEnded()) {
                    return run;
                }
                run.elapse(1_000);
                continue;
            }
            if (halted && random.nextInt(4) == 0) {
                run.control(Action.SUSPEND).elapse(500);
            }
            RunCommand.Call call = open.remove(random.nextInt(open.size()));
            WorkflowInput answer = answer(run, call);
            run.take(answer);
            if (random.nextInt(4) == 0) {
                assertThat(run.take(answer).effect()).isEqualTo(RunEffect.STALE);
            }
            if (run.status() == RunStatus.SUSPENDED) {
                run.control(Action.RESUME);
            }
        }
        throw new AssertionError("it does not end");
    }

    private static WorkflowInput answer(TestRun run, RunCommand.Call call) {
        JsonNode output = agents(call.agent(), TestRun.json(call.input()));
        return output == null
                ? run.answered(
                        call,
                        AgentResult.Status.FAILED,
                        null,
                        new AgentError(AgentErrorCode.AGENT_FAILED, ReferenceInterpreter.REFUSAL))
                : run.answered(call, AgentResult.Status.OK, output.toString(), null);
    }

    private static RunLimits sliced(RunLimits limits, int slice) {
        return new RunLimits(
                limits.dataBytes(),
                limits.dataDepth(),
                limits.stateBytes(),
                limits.frames(),
                slice,
                limits.steps(),
                limits.calls(),
                limits.kept(),
                limits.owed(),
                limits.told(),
                limits.keptMillis(),
                limits.approvalMillis());
    }
}
