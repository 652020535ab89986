package io.millrace.connectors.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.Usage;
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
