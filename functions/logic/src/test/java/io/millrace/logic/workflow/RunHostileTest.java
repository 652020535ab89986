package io.millrace.logic.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.logic.workflow.bind.DefinitionReader;
import io.millrace.logic.workflow.program.Program;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.workflow.ApprovalDecided;
import io.millrace.schema.workflow.ChildEnded;
import io.millrace.schema.workflow.RunStatus;
import io.millrace.schema.workflow.WorkflowEvent.Change;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What whoever may write a definition, an input or a decision tries: the run says what is wrong, all it sends can be read,
 * and its state can be written and read. Each was found to stop the job once, or to leave a run waiting for ever.
 */
@Timeout(120)
class RunHostileTest {
    /** Two chars. */
    private static final String FACE = "\uD83D\uDE00";

    private static Program program(String steps) throws RejectedEventException {
        return DefinitionReader.program(
                "document: {dsl: '1.0.3', namespace: default, name: test, version: 1.0.0}\ndo:\n" + steps);
    }

    private static TestRun run(String steps) throws RejectedEventException {
        return new TestRun(program(steps), RunLimits.DEFAULT);
    }

    private static String text(int shift) {
        return "{\"t\":\"" + "a".repeat(shift) + FACE.repeat(1_200) + "\"}";
    }

    @Test
    void aTimeoutOfNothingIsNotTriedAgainAtTheSameMoment() throws Exception {
        TestRun run = run("- a: {try: [{w: {wait: {hours: 1}, timeout: {after: {seconds: 0}}}}], catch: {retry: {}}}")
                .staying()
                .start("{}");

        run.elapse(10 * Turn.LEAST_MILLIS);

        assertThat(run.view().retries()).isBetween(1L, 10L);
    }

    @Test
    void anAttemptThatMayTakeNoTimeIsNotTriedAgainAtTheSameMoment() throws Exception {
        TestRun run =
                run("- a: {try: [{w: {wait: {hours: 1}}}], catch: {retry: {limit: {attempt: {duration: {seconds: 0}}}}}}")
                        .staying()
                        .start("{}");

        run.elapse(10 * Turn.LEAST_MILLIS);

        assertThat(run.view().retries()).isBetween(1L, 10L);
    }

    @Test
    void waitsWithoutEndAreCounted() throws Exception {
        RunLimits few = new RunLimits(1_000, 100, 100_000, 10, 100, 1_000, 50, 10, 10, 1_000, 1_000, 1_000);
        TestRun run = new TestRun(program("- w: {wait: {milliseconds: 1}, then: w}"), few)
                .staying()
                .start("{}");

        run.elapse(60 * Turn.LEAST_MILLIS);

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.error().detail()).contains("more than 50 calls");
    }

    @Test
    void aNameThatNobodyReadsIsNone() throws Exception {
        TestRun run = run("- a: {set: '${ {(\"a\" * 60000): 1} }'}\n- b: {wait: {seconds: 5}}")
                .start("{}");

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.error().detail()).contains("a name of more than 50000 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\ud800\"", "1e999"})
    void whatNoReaderTakesIsNoDecisionsData(String data) throws Exception {
        TestRun run = run("- a: {call: approval, with: {message: hi}}\n- b: {wait: {seconds: 5}}")
                .start("{}");

        run.take(decision(run, "ada", data));

        assertThat(run.effect()).isEqualTo(RunEffect.REFUSED);
        assertThat(run.events(Change.DECISION_REFUSED).get(0).detail()).startsWith("data: ");
        assertThat(run.decide("ada", "approve").elapse(5_000).status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void somebodyHasNoControlCharacters() throws Exception {
        TestRun run =
                run("- a: {call: agent, with: {agent: x, input: {}}}").start("{}", null, List.of(TestRun.risky("x")));

        run.take(decision(run, "ada\n", null));

        assertThat(run.effect()).isEqualTo(RunEffect.REFUSED);
        assertThat(run.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void noTextIsCutInsideACharacter(int shift) throws Exception {
        run("- a: {set: '${ error(.t) }'}").start(text(shift));
        run("- a: {set: '${ .t | tonumber }'}").start(text(shift));
        run("- a: {call: approval, with: {message: '${ .t }'}}").start(text(shift));
        TestRun caught = run("- a: {try: [{b: {set: '${ error(.t) }'}}], catch: {do: [{w: {wait: {seconds: 5}}}]}}")
                .start(text(shift));
        TestRun gated =
                run("- a: {call: agent, with: {agent: x, input: {}}}").start("{}", null, List.of(TestRun.risky("x")));

        assertThat(caught.elapse(5_000).status()).isEqualTo(RunStatus.COMPLETED);
        gated.decide("a".repeat(shift) + FACE.repeat(99), "approve");
        assertThat(Texts.isWhole(gated.calls().get(0).grant().approvedBy())).isTrue();
    }

    @Test
    void aDefinitionHasNoHalfCharacters() {
        assertThatThrownBy(() -> program("- \"\\uD83D\": {set: {x: 1}}")).hasMessageContaining("surrogate pair");
        assertThatThrownBy(() -> program("- a: {set: {x: \"\\uD83D\"}}")).hasMessageContaining("surrogate pair");
    }

    @Test
    void whatWasHeardIsNoLargerThanAnyValue() throws Exception {
        TestRun run = run("- a: {listen: {to: {all: [{with: {type: one}}, {with: {type: two}}]}}}")
                .staying()
                .start("{}");
        String much = "\"" + "x".repeat(200_000) + "\"";

        run.signal("one", much).signal("two", much);

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.error().detail()).contains("bytes");
    }

    @Test
    void costsDoNotOverflow() throws Exception {
        TestRun run = run("- a: {run: {workflow: {namespace: default, name: other, version: 1.0.0}}}")
                .start("{}");
        String child = run.all(RunCommand.StartRun.class).get(0).start().runId();

        run.take(ended(child, child, Long.MAX_VALUE)).take(ended(child, child, Long.MAX_VALUE));

        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.view().costMicros()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void nobodyElseIsItsChild() throws Exception {
        TestRun run = run("- a: {run: {workflow: {namespace: default, name: other, version: 1.0.0}}}")
                .start("{}");
        String child = run.all(RunCommand.StartRun.class).get(0).start().runId();

        run.take(ended(child, "stranger", 0));

        assertThat(run.status()).isEqualTo(RunStatus.WAITING);
    }

    private static ApprovalDecided decision(TestRun run, String by, String data) {
        return new ApprovalDecided(
                envelope("approval.decided"), TestRun.ID, run.asks().get(0).requestId(), "approve", by, null, data);
    }

    private static ChildEnded ended(String token, String child, long cost) {
        return new ChildEnded(envelope("child.ended"), TestRun.ID, token, child, RunStatus.COMPLETED, "1", null, cost);
    }

    private static Envelope envelope(String type) {
        return new Envelope(UUID.randomUUID(), type, Instant.ofEpochMilli(TestRun.START), "acme", null, null);
    }
}
