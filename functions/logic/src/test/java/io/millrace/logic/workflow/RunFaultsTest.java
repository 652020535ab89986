package io.millrace.logic.workflow;

import static io.millrace.logic.workflow.RunDeciderTest.agent;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.workflow.RunStatus;
import io.millrace.schema.workflow.WorkflowControl.Action;
import io.millrace.schema.workflow.WorkflowEvent.Change;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is done about errors. */
class RunFaultsTest {

    private static TestRun guarded(String body, String handler) {
        return TestRun.started("[{t: {try: [" + body + "], catch: " + handler + "}}, {after: {set: ['${ . }']}}]", "1");
    }

    private static String raise(String type, int status) {
        return "{no: {raise: {error: {type: '" + type + "', status: " + status + ", title: 'T', detail: 'D'}}}}";
    }

    @ParameterizedTest
    @CsvSource({
        "{status: 400}, true",
        "{status: 401}, false",
        "{type: 'https://example.com/odd'}, true",
        "{type: 'https://example.com/even'}, false",
        "'{title: ''T'', detail: ''D'', instance: ''/do/0/t/try/0/no''}', true",
        "{}, true"
    })
    void anErrorIsCaughtWhenItHasWhatTheFilterSays(String filter, boolean caught) {
        TestRun run = guarded(
                raise("https://example.com/odd", 400), "{errors: {with: " + filter + "}, do: [{ok: {set: 'caught'}}]}");
        assertThat(run.status()).isEqualTo(caught ? RunStatus.COMPLETED : RunStatus.FAILED);
        if (caught) {
            assertThat(run.output()).isEqualTo("[\"caught\"]");
        }
    }

    @Test
    void standardErrorsAreTheSameUnderBothAddresses() {
        for (String home : new String[] {"serverlessworkflow.io", "open-workflow-specification.org"}) {
            TestRun run = guarded(
                    agent("a", "a"),
                    "{errors: {with: {type: 'https://" + home
                            + "/spec/1.0.0/errors/communication'}}, do: [{ok: {set: 1}}]}");
            assertThat(run.fails("a").status()).isEqualTo(RunStatus.COMPLETED);
        }
    }

    @Test
    void conditionsSayWhatIsCaught() {
        String odd = raise("https://example.com/odd", 400);
        assertThat(guarded(odd, "{as: 'e', when: '$e.status == 400'}").status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(guarded(odd, "{as: 'e', when: '$e.status == 401'}").status()).isEqualTo(RunStatus.FAILED);
        assertThat(guarded(odd, "{exceptWhen: '$error.status == 400'}").status())
                .isEqualTo(RunStatus.FAILED);
        assertThat(guarded(odd, "{exceptWhen: '$error.status == 401'}").status())
                .isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void anErrorThatIsCaughtWithoutFurtherAdoHandsOnTheInput() {
        assertThat(guarded(raise("https://example.com/odd", 400), "{}").output())
                .isEqualTo("[1]");
    }

    @Test
    void aConditionWithoutValueIsTheErrorFromThenOn() {
        TestRun run = TestRun.started(
                "[{outer: {try: [{inner: {try: [" + raise("https://example.com/odd", 400)
                        + "], catch: {when: 'error', do: [{never: {set: 1}}]}}}],"
                        + " catch: {do: [{ok: {set: '${ [$error.type, $error.instance] }'}}]}}}]",
                "1");
        assertThat(run.output())
                .isEqualTo(
                        "[\"https://serverlessworkflow.io/spec/1.0.0/errors/expression\",\"/do/0/outer/try/0/inner\"]");
    }

    @Test
    void anErrorInTheHandlerGoesFurtherOut() {
        TestRun run = guarded(
                raise("https://example.com/odd", 400), "{do: [" + raise("https://example.com/worse", 500) + "]}");
        assertThat(run.error().type()).isEqualTo("https://example.com/worse");
    }

    @Test
    void aFailedBranchEndsTheOthers() {
        TestRun run = guarded(
                "{both: {fork: {branches: [" + agent("x", "a") + "," + agent("y", "b") + "]}}}",
                "{do: [{ok: {set: '${ $error.instance }'}}]}");
        run.fails("a");
        assertThat(run.output()).isEqualTo("[\"/do/0/t/try/0/both/fork/branches/0/x\"]");
        assertThat(run.events(Change.STEP_CANCELLED)).hasSize(1);
        assertThat(run.answer("b", "1").effect()).isEqualTo(RunEffect.SETTLED);
    }

    @Test
    void retriesWaitLongerEachTimeAndEnd() {
        TestRun run = guarded(
                agent("ask", "a"),
                "{retry: {delay: {seconds: 1}, backoff: {exponential: {}}, limit: {attempt: {count: 3}}},"
                        + " do: [{instead: {set: 'instead'}}]}");
        for (int wait : new int[] {1_000, 2_000, 4_000}) {
            run.fails("a").elapse(wait - 1);
            int before = run.calls().size();
            run.elapse(1);
            assertThat(run.calls()).hasSize(before + 1);
        }
        assertThat(run.calls().stream().map(RunCommand.Call::callKey).distinct())
                .hasSize(4);
        assertThat(run.fails("a").output()).isEqualTo("[\"instead\"]");
        assertThat(run.view().retries()).isEqualTo(3);
    }

    @Test
    void linearAndConstantBackoff() {
        for (String backoff : new String[] {"linear", "constant"}) {
            TestRun run = guarded(
                    agent("ask", "a"),
                    "{retry: {delay: 'PT10S', backoff: {" + backoff + ": {}}, limit: {attempt: {count: 2}}}}");
            run.fails("a").elapse(10_000).fails("a").elapse(10_000);
            assertThat(run.calls()).hasSize(backoff.equals("linear") ? 2 : 3);
            run.elapse(10_000);
            assertThat(run.fails("a").status()).isEqualTo(RunStatus.FAILED);
        }
    }

    @Test
    void retriesThatAreExhaustedWithNothingElseToDoFail() {
        TestRun run = guarded(agent("ask", "a"), "{retry: {limit: {attempt: {count: 1}}}}");
        run.fails("a");
        assertThat(run.calls()).hasSize(2);
        run.fails("a", AgentErrorCode.RATE_LIMITED);
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.error().status()).isEqualTo(429);
    }

    @Test
    void retriesHaveALimitInTimeToo() {
        TestRun run = guarded(agent("ask", "a"), "{retry: {delay: {seconds: 10}, limit: {duration: {seconds: 25}}}}");
        run.fails("a").elapse(10_000).fails("a").elapse(10_000).fails("a");
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void anAttemptMayTakeSoLong() {
        TestRun run = guarded(
                agent("ask", "a"),
                "{retry: {limit: {attempt: {count: 1, duration: {seconds: 5}}}}, do: [{x: {set: '${ $error.status }'}}]}");
        run.elapse(5_000);
        assertThat(run.calls()).hasSize(2);
        assertThat(run.elapse(5_000).output()).isEqualTo("[408]");
    }

    @Test
    void whatIsTriedAgainIsSaidByConditions() {
        String retry = "{retry: {when: '$error.status == 503', limit: {attempt: {count: 9}}}, do: [{x: {set: 'x'}}]}";
        TestRun run = guarded(agent("ask", "a"), retry).fails("a", AgentErrorCode.UNREACHABLE);
        assertThat(run.calls()).hasSize(2);
        assertThat(run.fails("a", AgentErrorCode.UNAUTHORIZED).output()).isEqualTo("[\"x\"]");
    }

    @Test
    void jitterIsTheSameInEachReplayAndDiffersFromRetryToRetry() {
        String handler =
                "{retry: {delay: {seconds: 1}, jitter: {from: {seconds: 0}, to: {seconds: 10}}, limit: {attempt: {count: 9}}}}";
        TestRun one = guarded(agent("ask", "a"), handler).fails("a");
        TestRun other = guarded(agent("ask", "a"), handler).fails("a");
        long first = one.state().nextWake();
        assertThat(other.state().nextWake()).isEqualTo(first);
        assertThat(first - TestRun.START).isBetween(1_000L, 11_000L);
        one.elapse(first - TestRun.START).fails("a");
        assertThat(one.state().nextWake() - first).isNotEqualTo(first - TestRun.START);
    }

    @Test
    void aRunIsTriedAgainFromTheStepThatFailed() {
        TestRun run = TestRun.started(
                "[" + agent("one", "a") + "," + agent("two", "b") + "," + agent("three", "c") + "]", "1");
        run.answer("a", "{x: 1}").fails("b");
        RunCommand.Call before = run.call("b");

        run.control(Action.RETRY);

        assertThat(run.called()).isEqualTo("a b b");
        assertThat(run.call("b").input()).isEqualTo("{\"x\":1}");
        assertThat(run.call("b").callKey()).isNotEqualTo(before.callKey());
        assertThat(run.answer(before, "9").effect()).isEqualTo(RunEffect.STALE);
        assertThat(run.answer("b", "2").answer("c", "3").output()).isEqualTo("3");
    }

    @Test
    void aRunIsTriedAgainWithOtherData() {
        TestRun run = TestRun.started("[" + agent("one", "a") + "]", "1").fails("a");
        run.control(Action.RETRY, "{\"x\":2}");
        assertThat(run.call("a").input()).isEqualTo("{\"x\":2}");
    }

    @Test
    void whatWaitedWhenTheRunFailedIsTriedAgainWithIt() {
        TestRun run = TestRun.started(
                "[{all: {fork: {branches: [" + agent("x", "a") + "," + agent("y", "b") + "," + agent("z", "c")
                        + "]}}}]",
                "1");
        run.answer("c", "3").fails("a");
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.answer("b", "2").effect()).isEqualTo(RunEffect.SETTLED);

        run.control(Action.RETRY);

        assertThat(run.called()).isEqualTo("a b c a b");
        assertThat(run.answer("a", "1").answer("b", "2").output()).isEqualTo("[1,2,3]");
    }

    @Test
    void retriesBeginAnewWhenARunIsTriedAgain() {
        TestRun run = guarded(agent("ask", "a"), "{retry: {limit: {attempt: {count: 1}}}}")
                .fails("a")
                .fails("a");
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        run.control(Action.RETRY).fails("a");
        assertThat(run.status()).isEqualTo(RunStatus.WAITING);
        assertThat(run.calls().stream().map(RunCommand.Call::callKey).distinct())
                .hasSize(4);
        assertThat(run.answer("a", "2").output()).isEqualTo("[2]");
    }
}
