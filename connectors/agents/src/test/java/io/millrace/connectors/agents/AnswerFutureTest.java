package io.millrace.connectors.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome;
import io.millrace.schema.agent.Usage;
import io.millrace.testing.Await;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AnswerFutureTest {
    private static final AgentAnswer OK = AgentAnswer.ofJson("1", Usage.NONE);

    private final AnswerFuture answer = new AnswerFuture();
    private final CompletableFuture<String> step = new CompletableFuture<>();

    @Test
    void cancellingCancelsTheStepUnderWay() {
        CompletableFuture<String> second = new CompletableFuture<>();
        answer.then(
                step,
                value -> answer.then(second, last -> answer.complete(OK), AgentAnswer::broken),
                AgentAnswer::broken);
        step.complete("on to the second");

        answer.cancel(true);

        assertThat(second).isCancelled();
    }

    @Test
    void anAnswerFromOutsideCancelsTheStepToo() {
        answer.then(step, value -> {}, AgentAnswer::broken);

        answer.complete(AgentAnswer.timedOut());

        assertThat(step).isCancelled();
    }

    @Test
    void aStepThatBeginsTooLateIsCancelled() {
        answer.cancel(true);

        answer.then(step, value -> {}, AgentAnswer::broken);

        assertThat(step).isCancelled();
    }

    @Test
    void whatIsNotAnsweredInTimeTimesOutAndCancelsTheStep() {
        answer.then(step, value -> {}, AgentAnswer::broken);

        answer.within(1);

        assertThat(Attempts.await(answer)).isEqualTo(AgentAnswer.timedOut());
        Await.until("the step to be cancelled", step::isCancelled);
    }

    @Test
    void anAnswerInTimeIsNoTimeout() {
        answer.within(3_600_000);

        answer.complete(OK);

        assertThat(answer).isCompletedWithValue(OK);
    }

    @Test
    void onceTheAgentWasAskedAnAnswerThatDoesNotComeIsLostButForWhatIsKnown() {
        answer.using(() -> new Usage(3, 4));
        AgentAnswer before = answer.withoutReply(AgentAnswer.timedOut());

        answer.asked();
        answer.within(1);

        AgentAnswer after = Attempts.await(answer);
        assertThat(before.unmetered()).isFalse();
        assertThat(after.status()).isEqualTo(AgentOutcome.Status.TIMED_OUT);
        assertThat(after.unmetered()).isTrue();
        assertThat(after.usage()).isEqualTo(new Usage(3, 4));
        assertThat(after.with(Usage.NONE).retryAfter(1).unmetered()).isTrue();
    }

    @Test
    void aBugInAStepIsAnAnswer() {
        answer.then(
                step,
                value -> {
                    throw new IllegalStateException("secret");
                },
                AgentAnswer::broken);

        step.complete("go on");

        assertThat(answer.join().error().code()).isEqualTo(AgentErrorCode.AGENT_FAILED);
        assertThat(answer.join().error().message()).isEqualTo("the call ended by java.lang.IllegalStateException");
    }
}
