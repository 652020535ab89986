package io.millrace.logic.workflow;

import static io.millrace.logic.workflow.RunDeciderTest.agent;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.workflow.RunStatus;
import io.millrace.schema.workflow.Waiting;
import io.millrace.schema.workflow.WorkflowControl.Action;
import io.millrace.schema.workflow.WorkflowEvent.Change;
import io.millrace.schema.workflow.WorkflowStart;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people decide, command and signal, and other runs. */
class RunPeopleTest {

    private static TestRun asking(String with) {
        return TestRun.started("[{ok: {call: 'approval', with: {message: 'Release?', " + with + "}}}]", "{v: 1}");
    }

    @Test
    void anApprovalIsAskedForAndItsDecisionIsTheOutput() {
        TestRun run = asking("approvers: ['ada', 'bob']");
        assertThat(run.asks()).hasSize(1);
        assertThat(run.asks().get(0).message()).isEqualTo("Release?");
        assertThat(run.view().waitingFor().get(0).kind()).isEqualTo(Waiting.Kind.APPROVAL);

        run.decide("ada", "approve");

        assertThat(run.output())
                .contains("\"choice\":\"approve\",\"approved\":true")
                .contains("\"by\":\"ada\"");
        assertThat(run.events(Change.DECISION_ACCEPTED)).hasSize(1);
    }

    @Test
    void strangersAndUnknownChoicesDoNotCount() {
        TestRun run = asking("approvers: ['ada']").decide("eve", "approve");
        assertThat(run.effect()).isEqualTo(RunEffect.REFUSED);
        assertThat(run.events(Change.DECISION_REFUSED).get(0).detail()).isEqualTo("eve is none of the approvers");
        run.decide("ada", "perhaps");
        assertThat(run.effect()).isEqualTo(RunEffect.REFUSED);
        assertThat(run.status()).isEqualTo(RunStatus.WAITING);
    }

    @Test
    void aQuorumIsOfDifferentPeople() {
        TestRun run = asking("quorum: 2, approvers: ['ada', 'bob', 'cy']").decide("ada", "approve");
        assertThat(run.decide("ada", "approve").effect()).isEqualTo(RunEffect.STALE);
        assertThat(run.decide("ada", "reject").effect()).isEqualTo(RunEffect.REFUSED);
        assertThat(run.status()).isEqualTo(RunStatus.WAITING);
        assertThat(run.decide("cy", "approve").status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void oneIsEnoughToReject() {
        TestRun run = asking("quorum: 2").decide("ada", "approve").decide("bob", "reject");
        assertThat(run.output()).contains("\"choice\":\"reject\",\"approved\":false");
    }

    @Test
    void anApprovalExpires() {
        assertThat(asking("expires_after: {hours: 1}").elapse(3_600_000).error().status())
                .isEqualTo(408);
        assertThat(asking("expires_after: {hours: 1}, on_expiry: 'reject'")
                        .elapse(3_600_000)
                        .output())
                .contains("\"choice\":\"reject\",\"approved\":false,\"expired\":true");
    }

    @Test
    void aDecisionAfterTheExpiryIsLate() {
        TestRun run = asking("expires_after: {hours: 1}, on_expiry: 'reject'").elapse(3_600_000);
        assertThat(run.decide("ada", "approve").effect()).isEqualTo(RunEffect.REFUSED);
        assertThat(run.events(Change.DECISION_REFUSED).get(0).detail()).startsWith("too late");
    }

    @Test
    void theLogDecidesBetweenADecisionAndTheExpiry() {
        TestRun before = asking("expires_after: {hours: 1}").elapse(3_599_999).decide("ada", "approve");
        assertThat(before.status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void anApprovalIsEscalated() {
        TestRun run = asking("approvers: ['ada'], escalate_after: {minutes: 5}, escalate_to: ['boss']");
        assertThat(run.decide("boss", "approve").effect()).isEqualTo(RunEffect.REFUSED);
        run.elapse(300_000);
        assertThat(run.asks()).hasSize(2);
        assertThat(run.asks().get(1).level()).isEqualTo(1);
        assertThat(run.asks().get(1).approvers()).containsExactly("ada", "boss");
        assertThat(run.decide("boss", "approve").status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void aDecisionThatComesEarlyIsKept() {
        String steps = "[" + agent("first", "a") + ", {ok: {call: 'approval', with: {message: 'Release?'}}}]";
        String request =
                TestRun.started(steps, "1").answer("a", "1").asks().get(0).requestId();

        TestRun run = TestRun.started(steps, "1");
        run.take(run.decision(request, "ada", "approve"));
        assertThat(run.effect()).isEqualTo(RunEffect.EARLY);
        assertThat(run.answer("a", "1").status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void anAgentThatNeedsAnApprovalIsCalledWithIt() {
        TestRun run = TestRun.of("[" + agent("patch", "patcher") + "]")
                .start("{p: 1}", null, List.of(TestRun.risky("patcher")));
        assertThat(run.calls()).isEmpty();
        assertThat(run.asks().get(0).agent()).isEqualTo("patcher");
        assertThat(run.asks().get(0).input()).isEqualTo("{\"p\":1}");

        run.decide("ada", "approve");

        RunCommand.Grant grant = run.call("patcher").grant();
        assertThat(grant.approvedBy()).isEqualTo("ada");
        assertThat(grant.requestId()).isEqualTo(run.asks().get(0).requestId());
        assertThat(run.answer("patcher", "2").output()).isEqualTo("2");
    }

    @Test
    void anAgentThatIsNotApprovedIsNotCalled() {
        TestRun run = TestRun.of("[" + agent("patch", "patcher") + "]")
                .start("1", null, List.of(TestRun.risky("patcher")))
                .decide("ada", "reject");
        assertThat(run.calls()).isEmpty();
        assertThat(run.error().status()).isEqualTo(403);
        assertThat(run.error().detail()).isEqualTo("ada did not approve the call of patcher: fine");
    }

    @Test
    void aSignalIsHeardEarlyOrInTime() {
        String steps = "[" + agent("first", "a") + ", {hear: {listen: {to: {one: {with: {type: 'paid'}}}}}}]";
        assertThat(TestRun.started(steps, "1")
                        .answer("a", "1")
                        .signal("paid", "{\"x\":1}")
                        .output())
                .isEqualTo("[{\"x\":1}]");
        assertThat(TestRun.started(steps, "1")
                        .signal("paid", "2")
                        .answer("a", "1")
                        .output())
                .isEqualTo("[2]");
        assertThat(TestRun.of(steps)
                        .signal("paid", "3")
                        .start("1")
                        .answer("a", "1")
                        .output())
                .isEqualTo("[3]");
    }

    @Test
    void allSignalsAreWaitedForOrAny() {
        String to = ": [{with: {type: 'a'}}, {with: {type: 'b'}}]}}}}]";
        TestRun all = TestRun.started("[{hear: {listen: {to: {all" + to, "1").signal("b", "2");
        assertThat(all.status()).isEqualTo(RunStatus.WAITING);
        assertThat(all.signal("a", "1").output()).isEqualTo("[1,2]");
        assertThat(TestRun.started("[{hear: {listen: {to: {any" + to, "1")
                        .signal("b", "2")
                        .output())
                .isEqualTo("[2]");
    }

    @Test
    void whatIsSentToARunThatNeverComesIsToldOf() {
        TestRun run = TestRun.of("[]").signal("paid", null).elapse(600_000);
        assertThat(run.isForgotten()).isTrue();
        assertThat(run.events(Change.COMMAND_REFUSED).get(0).detail()).contains("there is no such run");
    }

    @Test
    void clocksOfASuspendedRunStandStill() {
        TestRun run = TestRun.started("[{pause: {wait: {seconds: 10}}}, {end: {set: 2}}]", "1");
        run.elapse(4_000).control(Action.SUSPEND).elapse(60_000);
        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        run.control(Action.RESUME).elapse(5_999);
        assertThat(run.status()).isEqualTo(RunStatus.WAITING);
        assertThat(run.elapse(1).status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void whatComesToASuspendedRunCountsWhenItGoesOn() {
        TestRun run = TestRun.started("[" + agent("one", "a") + "," + agent("two", "b") + "]", "1")
                .control(Action.SUSPEND)
                .answer("a", "1");
        assertThat(run.called()).isEqualTo("a");
        assertThat(run.control(Action.RESUME).called()).isEqualTo("a b");
    }

    @Test
    void commandsThatDoNotFitAreRefused() {
        TestRun run = TestRun.started("[" + agent("one", "a") + "]", "1");
        for (Action action : new Action[] {Action.RESUME, Action.RETRY}) {
            assertThat(run.control(action).effect()).isEqualTo(RunEffect.REFUSED);
        }
        run.control(Action.CANCEL);
        assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
        for (Action action : Action.values()) {
            assertThat(run.control(action).effect()).isEqualTo(RunEffect.REFUSED);
        }
        assertThat(run.answer("a", "1").effect()).isEqualTo(RunEffect.SETTLED);
        assertThat(run.view().costMicros()).isEqualTo(100);
    }

    private static final String CHILD =
            "[{sub: {run: {workflow: {namespace: 'test', name: 'child', version: '1.0.0', input: {a: '${ . }'}}}}}]";

    @Test
    void anotherRunIsStartedAndItsEndIsWaitedFor() {
        TestRun run = TestRun.started(CHILD, "7");
        WorkflowStart start = run.all(RunCommand.StartRun.class).get(0).start();
        assertThat(start.workflow()).isEqualTo("child");
        assertThat(start.input()).isEqualTo("{\"a\":7}");
        assertThat(start.parent().depth()).isEqualTo(1);

        run.child(start.parent().token(), RunStatus.COMPLETED, "5");

        assertThat(run.output()).isEqualTo("5");
        assertThat(run.view().costMicros()).isEqualTo(50);
    }

    @Test
    void howAnotherRunFailsIsAnError() {
        TestRun failed = TestRun.started(CHILD, "7");
        failed.child(
                failed.all(RunCommand.StartRun.class).get(0).start().parent().token(), RunStatus.FAILED, null);
        assertThat(failed.error().type()).isEqualTo("https://example.com/odd");
        TestRun cancelled = TestRun.started(CHILD, "7");
        cancelled.child(
                cancelled.all(RunCommand.StartRun.class).get(0).start().parent().token(), RunStatus.CANCELLED, null);
        assertThat(cancelled.error().detail()).contains("was cancelled");
    }

    @Test
    void otherRunsAreCancelledWithTheRun() {
        TestRun run = TestRun.started(CHILD, "7").control(Action.CANCEL);
        WorkflowStart start = run.all(RunCommand.StartRun.class).get(0).start();
        assertThat(run.all(RunCommand.CancelRun.class).get(0).control().runId()).isEqualTo(start.runId());
    }

    @Test
    void aRunThatIsNotWaitedForGoesItsOwnWay() {
        TestRun run = TestRun.started(CHILD.replace("run: {", "run: {await: false, "), "7");
        assertThat(run.output()).isEqualTo("7");
        assertThat(run.all(RunCommand.StartRun.class).get(0).start().parent().token())
                .isNull();
    }

    @Test
    void aRunThatFailedIsToldOnceThoughItIsCancelledThen() {
        TestRun run = TestRun.of("[" + agent("one", "a") + "]")
                .start("1", new WorkflowStart.Parent("parent", "token", 3), List.of())
                .fails("a");

        run.control(Action.CANCEL);

        assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(run.all(RunCommand.Return.class))
                .singleElement()
                .satisfies(back -> assertThat(back.end().state()).isEqualTo(RunStatus.FAILED));
    }

    @Test
    void theEndIsToldToTheRunThatWaits() {
        WorkflowStart.Parent parent = new WorkflowStart.Parent("parent", "token", 3);
        TestRun run = TestRun.of("[" + agent("one", "a") + "]")
                .start("1", parent, List.of())
                .answer("a", "{b: 2}");
        assertThat(run.all(RunCommand.Return.class)).singleElement().satisfies(back -> {
            assertThat(back.end().runId()).isEqualTo("parent");
            assertThat(back.end().token()).isEqualTo("token");
            assertThat(back.end().output()).isEqualTo("{\"b\":2}");
            assertThat(back.end().costMicros()).isEqualTo(100);
        });
    }

    @Test
    void runsDoNotStartRunsWithoutEnd() {
        TestRun run = new TestRun(TestRun.program(CHILD), RunLimits.DEFAULT)
                .start("1", new WorkflowStart.Parent("parent", "token", WorkflowStart.MAX_DEPTH), List.of());
        assertThat(run.error().detail()).contains("runs would be above");
        assertThat(run.all(RunCommand.StartRun.class)).isEmpty();
    }

    @Test
    void anEventIsEmitted() {
        TestRun run = TestRun.started(
                "[{tell: {emit: {event: {with: {type: 'com.acme.done', source: 'https://acme.com', data: {v: '${ . }'}}}}}}]",
                "7");
        assertThat(run.all(RunCommand.Emit.class).get(0).emitted().event())
                .contains("\"type\":\"com.acme.done\"", "\"source\":\"https://acme.com\"", "\"data\":{\"v\":7}");
        assertThat(run.output()).isEqualTo("7");
    }
}
