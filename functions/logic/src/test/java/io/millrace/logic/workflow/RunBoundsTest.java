package io.millrace.logic.workflow;

import static io.millrace.logic.workflow.RunDeciderTest.agent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.logic.workflow.program.InvalidDefinitionException;
import io.millrace.logic.workflow.program.ProgramCompiler;
import io.millrace.schema.workflow.RunStatus;
import io.millrace.schema.workflow.WorkflowControl.Action;
import org.junit.jupiter.api.Test;

/** What is too much. */
class RunBoundsTest {
    private static final RunLimits SMALL =
            new RunLimits(1_000, 28, 4_000, 20, 50, 500, 10, 3, 5, 20, 1_000_000, 1_000_000);

    private static TestRun small(String steps, String input) {
        return new TestRun(TestRun.program(steps), SMALL).start(input);
    }

    @Test
    void aLoopOfAMillionRoundsIsCutInSlicesAndItsStateStaysSmall() {
        TestRun run = TestRun.of("[{outer: {for: {in: '${ range(1000) }'}, do: [{inner: {for: {in: '${ range(1000) }'},"
                        + " do: [{add: {set: '${ . + 1 }'}}]}}]}}]")
                .holdingSlices()
                .start("0");
        int largest = 0;
        int slices = 0;
        while (run.status() != RunStatus.COMPLETED && slices < 10_000) {
            largest = Math.max(largest, run.encoded().length);
            run.slice();
            run.commands().removeIf(command -> command instanceof RunCommand.Tell);
            slices++;
        }
        assertThat(run.output()).isEqualTo("1000000");
        assertThat(slices).isGreaterThan(400);
        assertThat(largest).isLessThan(20_000);
    }

    @Test
    void aLoopOfJumpsHasNoEndButTheBound() {
        TestRun run = small("[{one: {set: '${ . + 1 }'}}, {two: {set: '${ . }', then: 'one'}}]", "0");
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.error().detail()).isEqualTo("more than 500 steps without waiting for anything");
    }

    @Test
    void aCancelGetsInBetweenSlices() {
        TestRun run = new TestRun(TestRun.program("[{one: {set: 1, then: 'one'}}]"), RunLimits.DEFAULT)
                .holdingSlices()
                .start("0");
        run.slice().slice().control(Action.CANCEL);
        assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(run.slice().effect()).isEqualTo(RunEffect.STALE);
    }

    @Test
    void aSliceIsTakenOnce() {
        TestRun run = TestRun.of("[{one: {set: 1, then: 'one'}}]")
                .holdingSlices()
                .start("0")
                .slice();
        RunCommand.Continue first = run.all(RunCommand.Continue.class).get(0);
        assertThat(run.take(first.slice()).effect()).isEqualTo(RunEffect.STALE);
    }

    @Test
    void jumpsBackAreOtherCalls() {
        TestRun run = TestRun.started(
                "[" + agent("ask", "a") + ", {again: {switch: [{more: {when: '. < 3', then: 'ask'}}]}}]", "0");
        run.answer("a", "1").answer("a", "2").answer("a", "3");
        assertThat(run.output()).isEqualTo("3");
        assertThat(run.calls().stream().map(RunCommand.Call::callKey).distinct())
                .hasSize(3);
    }

    @Test
    void valuesAreBounded() {
        TestRun run = small("[{one: {set: '${ . + . }', then: 'one'}}]", "'0123456789'");
        assertThat(run.error().detail()).contains("at most 1000 are allowed");
        assertThat(small("[{one: {set: 1}}]", "'" + "x".repeat(2_000) + "'")
                        .error()
                        .detail())
                .contains("at most 1000");
        TestRun answered = small("[" + agent("ask", "a") + "]", "1").answer("a", "'" + "x".repeat(2_000) + "'");
        assertThat(answered.error().detail()).contains("at most 1000");
    }

    @Test
    void valuesAreNotNestedWithoutEnd() {
        TestRun run = TestRun.started("[{one: {set: {a: '${ . }'}, then: 'one'}}]", "1");
        assertThat(run.error().detail()).contains("nested too deeply");
    }

    @Test
    void allThatARunHoldsIsBounded() {
        StringBuilder branches = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            branches.append(i == 0 ? "" : ",")
                    .append("{b" + i + ": {input: {from: ['${ . }', " + i + "]}, call: 'agent', with: {agent: 'a'}}}");
        }
        TestRun run = small("[{f: {fork: {branches: [" + branches + "]}}}]", "'" + "x".repeat(800) + "'");
        assertThat(run.error().detail()).isEqualTo("the run holds more than 4000 bytes of data");
    }

    @Test
    void callsAndStepsAtTheSameTimeAreBounded() {
        TestRun run =
                small("[{loop: {for: {in: '${ range(30) }'}, do: [{e: {emit: {event: {with: {type: 't'}}}}}]}}]", "1");
        assertThat(run.error().detail()).contains("more than 10 calls");
        StringBuilder branches = new StringBuilder("{b: {set: 1}}");
        for (int i = 0; i < 30; i++) {
            branches.append(",{b" + i + ": {wait: {seconds: 1}}}");
        }
        assertThat(small("[{f: {fork: {branches: [" + branches + "]}}}]", "1")
                        .error()
                        .detail())
                .contains("more than 20 steps at the same time");
    }

    @Test
    void whatComesEarlyIsBounded() {
        TestRun run = small("[" + agent("ask", "a") + "]", "1");
        for (int i = 0; i < 3; i++) {
            assertThat(run.signal("s" + i, null).effect()).isEqualTo(RunEffect.EARLY);
        }
        assertThat(run.signal("one-more", null).effect()).isEqualTo(RunEffect.REFUSED);
    }

    @Test
    void stepsOfALongLoopAreNotAllTold() {
        TestRun run = small("[{loop: {for: {in: '${ range(100) }'}, do: [{e: {set: 1}}]}}]", "1");
        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.events()).hasSize(22);
        assertThat(run.view().steps()).isEqualTo(101);
    }

    @Test
    void definitionsThatAreNestedTooDeeplyAreRefused() {
        ObjectNode document = Json.MAKE.objectNode();
        ArrayNode list = document.putArray("do");
        for (int i = 0; i < 10_000; i++) {
            list = list.addObject().putObject("s").putArray("do");
        }
        assertThatThrownBy(() -> ProgramCompiler.compile(document, new TinyFormulas()))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining("more than 32 steps stand in each other");
        ObjectNode deepValue = Json.MAKE.objectNode();
        ObjectNode value = deepValue.putArray("do").addObject().putObject("s").putObject("set");
        for (int i = 0; i < 10_000; i++) {
            value = value.putObject("a");
        }
        assertThatThrownBy(() -> ProgramCompiler.compile(deepValue, new TinyFormulas()))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining("nested more than");
    }

    @Test
    void whatAlwaysFailsFailsOnlyTheRun() {
        TestRun run = small("[{t: {try: [{no: {set: '${ error }'}}], catch: {retry: {limit: {}}}}}]", "1");
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void aRunIsForgottenAWhileAfterItsEnd() {
        TestRun run = small("[{one: {set: 1}}]", "1").elapse(999_999);
        assertThat(run.start("1").effect()).isEqualTo(RunEffect.STALE);
        assertThat(run.elapse(1).isForgotten()).isTrue();
    }

    @Test
    void anInputWaitsForItsDefinitionAndCountsAsOfItsTime() {
        TestRun run = new TestRun(null, RunLimits.DEFAULT).start("{a: 1}");
        assertThat(run.effect()).isEqualTo(RunEffect.PARKED);
        run.signal("paid", "2").elapse(5_000);
        run.defined(TestRun.program(
                        "[{hear: {listen: {to: {one: {with: {type: 'paid'}}}}}}, {pause: {wait: {seconds: 6}}}]"))
                .elapse(999);
        assertThat(run.status()).isEqualTo(RunStatus.WAITING);
        assertThat(run.elapse(1).output()).isEqualTo("[2]");
        assertThat(run.view().startedAt().toEpochMilli()).isEqualTo(TestRun.START);
        assertThat(run.view().endedAt().toEpochMilli()).isEqualTo(TestRun.START + 6_000);
    }

    @Test
    void aRunWhoseDefinitionDoesNotComeIsGivenUp() {
        TestRun run = new TestRun(null, SMALL).start("1").signal("a", null).signal("b", null);
        assertThat(run.effect()).isEqualTo(RunEffect.PARKED);
        run.elapse(100_000).signal("c", null);
        assertThat(run.effect()).isEqualTo(RunEffect.REFUSED);
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.error().detail()).endsWith("is not to be had");
        run.defined(TestRun.program("[{one: {set: 1}}]"));
        assertThat(run.control(Action.CANCEL).effect()).isEqualTo(RunEffect.REFUSED);
        assertThat(run.control(Action.RETRY).effect()).isEqualTo(RunEffect.REFUSED);
    }

    @Test
    void aDefinitionThatIsLostAndFoundAgainChangesNothing() {
        String steps = "[" + agent("one", "a") + ", {pause: {wait: {seconds: 5}}}, " + agent("two", "b") + "]";
        TestRun run = TestRun.started(steps, "1");
        run.lost().answer("a", "2");
        assertThat(run.effect()).isEqualTo(RunEffect.PARKED);
        run.elapse(60_000).defined(TestRun.program(steps)).elapse(60_000);
        assertThat(run.call("b").at()).isEqualTo(TestRun.START + 5_000);
        assertThat(run.answer("b", "3").output()).isEqualTo("3");
    }
}
