package io.millrace.logic.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.workflow.RunStatus;
import org.junit.jupiter.api.Test;

class RunDeciderTest {
    private static final String TIMEOUT = "https://serverlessworkflow.io/spec/1.0.0/errors/timeout";
    private static final String COMMUNICATION = "https://serverlessworkflow.io/spec/1.0.0/errors/communication";
    private static final String EXPRESSION = "https://serverlessworkflow.io/spec/1.0.0/errors/expression";

    static String agent(String name, String agent) {
        return "{" + name + ": {call: 'agent', with: {agent: '" + agent + "'}}}";
    }

    @Test
    void oneStepAfterTheOther() {
        TestRun run = TestRun.started(
                "[{first: {set: {a: '${ .x + 1 }'}}}, {second: {set: {b: '${ .a + 1 }', c: 'text'}}}]", "{x: 1}");

        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.output()).isEqualTo("{\"b\":3,\"c\":\"text\"}");
    }

    @Test
    void anAgentIsCalledAndItsAnswerIsTheOutput() {
        TestRun run = TestRun.started(
                "[{ask: {call: 'agent', with: {agent: 'scan', input: {of: '${ .repo }'}}}}, {then: {set: {got: '${ . }'}}}]",
                "{repo: 'r'}");
        assertThat(run.status()).isEqualTo(RunStatus.WAITING);
        assertThat(run.call("scan").input()).isEqualTo("{\"of\":\"r\"}");

        run.answer("scan", "{found: 3}");

        assertThat(run.output()).isEqualTo("{\"got\":{\"found\":3}}");
        assertThat(run.view().costMicros()).isEqualTo(100);
    }

    @Test
    void anAnswerCountsOnce() {
        TestRun run = TestRun.started("[" + agent("one", "a") + "," + agent("two", "b") + "]", "1");
        run.answer("a", "1").answer(run.calls().get(0), "2");

        assertThat(run.effect()).isEqualTo(RunEffect.STALE);
        assertThat(run.answer("b", "3").view().costMicros()).isEqualTo(200);
    }

    @Test
    void aWaitEndsAtItsTime() {
        TestRun run = TestRun.started("[{pause: {wait: {seconds: 5}}}]", "1");
        run.elapse(4_999);
        assertThat(run.status()).isEqualTo(RunStatus.WAITING);
        run.elapse(1);
        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void whatAnAgentSaysItCanNotDoIsAnErrorOfTheRun() {
        TestRun run = TestRun.started("[" + agent("one", "a") + "]", "1").fails("a", AgentErrorCode.UNREACHABLE);

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.error().type()).isEqualTo(COMMUNICATION);
        assertThat(run.error().status()).isEqualTo(503);
        assertThat(run.error().instance()).isEqualTo("/do/0/one");
        assertThat(run.error().detail()).isEqualTo("a: it is broken");
    }

    @Test
    void whateverAnExpressionThrowsFailsTheRun() {
        for (String expression : new String[] {"error", "overflow", "bug", ".a.b"}) {
            TestRun run = TestRun.started("[{one: {set: '${ " + expression + " }'}}]", "{a: 1}");
            assertThat(run.status()).as(expression).isEqualTo(RunStatus.FAILED);
            assertThat(run.error().type()).isEqualTo(EXPRESSION);
        }
    }

    @Test
    void aStepWhoseConditionDoesNotHoldIsSkipped() {
        TestRun run = TestRun.started(
                "[{one: {if: '${ . > 5 }', set: 'large', then: 'end'}}, {two: {set: ['${ . }']}}]", "3");

        assertThat(run.output()).isEqualTo("[3]");
    }

    @Test
    void aSwitchGoesOnWhereItsCaseSays() {
        String steps = "[{look: {switch: [{large: {when: '. > 5', then: 'big'}}, {other: {then: 'small'}}]}},"
                + "{big: {set: 'big', then: 'exit'}}, {small: {set: 'small'}}]";
        assertThat(TestRun.started(steps, "9").output()).isEqualTo("\"big\"");
        assertThat(TestRun.started(steps, "1").output()).isEqualTo("\"small\"");
    }

    @Test
    void aLoopHandsOnWhatEachRoundComesTo() {
        TestRun run = TestRun.started(
                "[{loop: {for: {each: 'e', at: 'i', in: '${ .list }'}, do: [{add: {set: {list: [], sum: '${ .sum + $e + $i }'}}}]}}]",
                "{list: [10, 20, 30]}");
        assertThat(run.output()).isEqualTo("{\"list\":[],\"sum\":63}");
    }

    @Test
    void aLoopEndsWhenItsConditionDoesNotHoldAnyMore() {
        TestRun run = TestRun.started(
                "[{loop: {for: {in: '${ range(100) }'}, while: '. < 5', do: [{add: {set: '${ . + 1 }'}}]}}]", "0");
        assertThat(run.output()).isEqualTo("5");
    }

    @Test
    void branchesComeTogetherInTheirOrder() {
        String steps = "[{both: {fork: {branches: [" + agent("x", "a") + "," + agent("y", "b") + "]}}}]";
        assertThat(TestRun.started(steps, "1").answer("a", "1").answer("b", "2").output())
                .isEqualTo("[1,2]");
        assertThat(TestRun.started(steps, "1").answer("b", "2").answer("a", "1").output())
                .isEqualTo("[1,2]");
    }

    @Test
    void theFirstOfBranchesThatCompeteWinsAndTheOthersStillCost() {
        TestRun run = TestRun.started(
                "[{race: {fork: {compete: true, branches: [" + agent("x", "a") + "," + agent("y", "b") + "]}}}]", "1");
        run.answer("b", "'b'");
        assertThat(run.output()).isEqualTo("\"b\"");
        assertThat(run.view().costMicros()).isEqualTo(100);

        run.answer("a", "'a'");

        assertThat(run.effect()).isEqualTo(RunEffect.SETTLED);
        assertThat(run.view().costMicros()).isEqualTo(200);
        assertThat(run.output()).isEqualTo("\"b\"");
        assertThat(run.answer("a", "'a'").effect()).isEqualTo(RunEffect.STALE);
    }

    @Test
    void aBranchBeginsWhenThoseThatItNeedsAreDone() {
        TestRun run = TestRun.started(
                "[{graph: {fork: {branches: ["
                        + "{a: {call: 'agent', with: {agent: 'a'}}},"
                        + "{b: {call: 'agent', with: {agent: 'b'}, metadata: {needs: ['a']}}},"
                        + "{c: {call: 'agent', with: {agent: 'c'}, metadata: {needs: ['a']}}},"
                        + "{d: {call: 'agent', with: {agent: 'd'}, metadata: {needs: ['b', 'c']}}}]}}}]",
                "1");
        assertThat(run.called()).isEqualTo("a");
        run.answer("a", "1");
        assertThat(run.called()).isEqualTo("a b c");
        run.answer("c", "3");
        assertThat(run.called()).isEqualTo("a b c");
        run.answer("b", "2");
        assertThat(run.call("d").input()).isEqualTo("{\"b\":2,\"c\":3}");
        assertThat(run.answer("d", "4").output()).isEqualTo("[1,2,3,4]");
    }

    @Test
    void whatIsExportedIsTheContext() {
        TestRun run = TestRun.started(
                "[{one: {set: {a: 1}, export: {as: {kept: '${ .a }', was: '${ $context.x }'}}}}, {two: {set: 5}},"
                        + "{three: {set: '${ [$context, $input, $workflow.input.x, $task.name] }'}}]",
                "{x: 7}");
        assertThat(run.output()).isEqualTo("[{\"kept\":1,\"was\":7},5,7,\"three\"]");
    }

    @Test
    void dataIsTransformedAndCheckedAtTheBorders() {
        String steps = "[{one: {input: {schema: {document: {type: 'object'}}, from: '${ .a }'}, set: '${ . + 1 }',"
                + " output: {as: {got: '${ . }', from: '${ $input }'}}}}]";
        assertThat(TestRun.started(steps, "{a: 1}").output()).isEqualTo("{\"got\":2,\"from\":1}");
        assertThat(TestRun.started(steps, "[1]").error().detail()).startsWith("the input does not fit its schema");
    }

    @Test
    void aTimeoutIsAnErrorThatCanBeCaught() {
        String ask = "{ask: {call: 'agent', with: {agent: 'a'}, timeout: {after: {seconds: 10}}}}";
        TestRun fails = TestRun.started("[" + ask + "]", "1").elapse(10_000);
        assertThat(fails.error().type()).isEqualTo(TIMEOUT);

        TestRun caught = TestRun.started(
                "[{t: {try: [" + ask + "], catch: {errors: {with: {type: '" + TIMEOUT
                        + "'}}, do: [{no: {set: '${ $error.status }'}}]}}}]",
                "1");
        assertThat(caught.elapse(10_000).output()).isEqualTo("408");
        assertThat(caught.answer("a", "1").effect()).isEqualTo(RunEffect.SETTLED);
    }

    @Test
    void whenTheWorkflowTakesTooLongTheRunFails() {
        TestRun run = new TestRun(
                        TestRun.document("{timeout: {after: 'PT1M'}, do: [{t: {try: [" + agent("x", "a")
                                + "], catch: {do: [{never: {set: 1}}]}}}]}"),
                        RunLimits.DEFAULT)
                .start("1")
                .elapse(60_000);
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.error().type()).isEqualTo(TIMEOUT);
    }
}
