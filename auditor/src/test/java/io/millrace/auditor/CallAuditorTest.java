package io.millrace.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.agent.AgentResult.Status;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CallAuditorTest {
    private static final long DAY = 86_400_000;

    private final CallHistory history = new CallHistory();

    @Test
    void aResultIsLostOnlyWhenItsDeadlineAndTheGraceArePast() {
        history.called(0, history.call("k", "steady", 0).put("timeout_ms", 5_000));

        CallAuditSettings settings = CallAuditSettings.of(
                AuditSettings.withCrashes(Duration.ofSeconds(20)).within(Duration.ofSeconds(10), Duration.ZERO));
        assertThat(history.audit(settings, 34_000).isClean()).isTrue();
        assertThat(history.audit(settings, 36_000).count(OffenceKind.LOST)).isEqualTo(1);
    }

    @Test
    void withoutADeadlineTheAttemptsAndWaitsOfTheDefinitionSayWhenAResultIsDue() {
        // 2 attempts of 1 s, and 100 ms between them, with 10 s of grace
        history.registered("steady", 0);
        history.called(0, history.call("k", "steady", 0));
        // An unknown agent is waited for, 5 s
        history.called(0, history.call("k-2", "nobody", 0));

        CallAuditSettings settings = CallAuditSettings.of(AuditSettings.crashFree());
        assertThat(history.audit(settings, 12_000).isClean()).isTrue();
        assertThat(history.audit(settings, 15_200).count(OffenceKind.LOST)).isEqualTo(2);
    }

    @Test
    void whereAFlagSaysTheVersionAnyRegisteredAgentMayAnswer() {
        history.registered("poet-1", 0);
        history.registeredChoice("poet");
        history.called(0, "k", "poet");
        history.outcome(2, "k", null, 1, "poet-1", "OK");
        History.Entry result = history.result(3, "k", "poet-1", "OK", null, 1);
        assertThat(history.audit().isClean()).as(history.audit()::toString).isTrue();

        result.json(result.json().put("agent", "stranger"));
        assertThat(history.audit().count(OffenceKind.WRONG)).isEqualTo(1);
    }

    @Test
    void howLongAVersionMayTakeIsNotKnownBefore() {
        history.registered("poet-1", 0);
        history.registeredChoice("poet");
        history.called(0, history.call("k", "poet", 0));

        CallAuditSettings settings = CallAuditSettings.of(AuditSettings.crashFree());
        assertThat(history.audit(settings, 12_000).isClean()).isTrue();
        assertThat(history.audit(settings, 15_200).count(OffenceKind.LOST)).isEqualTo(1);
    }

    @Test
    void aDeadlineThatHasPassedIsAnsweredAtOnce() {
        history.called(1_000, history.call("k", "steady", 0).put("deadline", History.time(-5_000)));
        history.result(1_002, "k", "steady", "TIMED_OUT", "deadline_passed", 0);

        assertThat(history.audit().isClean()).isTrue();
        assertThat(history.audit().results(Status.TIMED_OUT)).isEqualTo(1);
    }

    @Test
    void aKeyThatWasForgottenMayBeAnsweredAgain() {
        history.called(0, "k", "steady");
        history.outcome(2, "k", null, 1, "steady", "OK");
        history.result(3, "k", "steady", "OK", null, 1);
        history.called(DAY + 10, "k", "steady");
        History.Entry again = history.result(DAY + 13, "k", "steady", "OK", null, 1);
        again.json(again.json().put("cost_micros", 0));

        assertThat(history.audit().isClean()).as(history.audit()::toString).isTrue();
        history.calls.remove(1);
        assertThat(history.audit().count(OffenceKind.TWICE)).isEqualTo(1);
    }

    @Test
    void aCallWithTheSameKeyAndAnotherInputMayBeAnsweredToo() {
        history.called(0, history.call("k", "steady", 0));
        history.called(5, history.call("k", "steady", 5).put("input", "another"));
        history.result(7, "k", "steady", "REFUSED", "input_invalid", 0);
        history.result(8, "k", "steady", "REFUSED", "input_invalid", 0);

        assertThat(history.audit().isClean()).as(history.audit()::toString).isTrue();
        history.result(9, "k", "steady", "REFUSED", "input_invalid", 0);
        assertThat(history.audit().count(OffenceKind.TWICE)).isEqualTo(1);
    }

    @Test
    void aCallThatWasRefusedForWantOfAnApprovalMayComeAgain() {
        ObjectNode first = history.call("k", "steady", 0);
        history.called(0, first);
        refusal(1, first);
        ObjectNode approved = history.call("k", "steady", 5);
        history.called(5, approved);
        history.outcome(7, "k", null, 1, "steady", "OK");
        history.result(8, "k", "steady", "OK", null, 1);

        assertThat(history.audit().isClean()).as(history.audit()::toString).isTrue();
        assertThat(history.audit().results(Status.OK)).isEqualTo(1);
        refusal(9, approved);
        refusal(9, approved);
        assertThat(history.audit().count(OffenceKind.TWICE)).isEqualTo(1);
        history.result(10, "k", "steady", "REFUSED", "approval_required", 0);
        assertThat(history.audit().count(OffenceKind.WRONG))
                .as("the id of a final result")
                .isEqualTo(1);
    }

    private void refusal(long at, ObjectNode call) {
        History.Entry refusal = history.result(at, "k", "steady", "REFUSED", "approval_required", 0);
        UUID event = UUID.fromString(call.path("event_id").asText());
        refusal.json(refusal.json()
                .put(
                        "event_id",
                        AgentResult.refusalIdOf(CallHistory.keyOf("k"), event).toString()));
    }

    @Test
    void aCallMayBearWhatAttemptsForAnotherCost() {
        // The one that asked first was too late; the other shares its answer, and what it cost
        history.called(0, history.call("k-1", "steady", 0).put("timeout_ms", 100));
        history.called(5, history.call("k-2", "steady", 5));
        history.result(100, "k-1", "steady", "TIMED_OUT", "deadline_passed", 0);
        History.Entry outcome = history.outcome(200, "k-1", null, 1, "steady", "OK");
        outcome.json(outcome.json().put("owner", "0123456789abcdef"));
        history.result(201, "k-2", "steady", "OK", null, 1);

        assertThat(history.audit().isClean()).as(history.audit()::toString).isTrue();
    }

    @Test
    void anAttemptThatRanOverMidnightIsOfNoDayButOfItsMonth() {
        // History starts at 08:00 UTC
        long midnight = 16 * 3_600_000L;
        history.called(midnight - 1_000, "k", "steady");
        History.Entry outcome = history.outcome(midnight + 1_000, "k", null, 1, "steady", "OK");
        outcome.json(outcome.json().put("started_at", History.time(midnight - 500)));
        history.result(midnight + 1_001, "k", "steady", "OK", null, 1);

        CallAuditSettings settings = CallAuditSettings.of(AuditSettings.crashFree());
        Map<String, CallAuditSettings.Budget> day = Map.of("default", new CallAuditSettings.Budget(1, 0));
        Map<String, CallAuditSettings.Budget> month = Map.of("default", new CallAuditSettings.Budget(0, 1));
        assertThat(history.audit(settings.budgets(day, 0), 100 * DAY).isClean()).isTrue();
        assertThat(history.audit(settings.budgets(month, 0), 100 * DAY).count(OffenceKind.OVERSPENT))
                .isEqualTo(1);
        assertThat(history.audit(settings.budgets(month, 9), 100 * DAY).isClean())
                .isTrue();
    }

    @Test
    void aReportSaysWhatItIsAbout() {
        history.called(0, "k", "steady");

        assertThat(history.audit().toString())
                .contains("NOT CLEAN: 1 calls of agents (1 accepted, 0 duplicates), 0 results")
                .contains("LOST: 1")
                .contains("default/k: no result of call of steady at 0@0");
    }
}
