package io.millrace.connectors.agents;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The answer of a call that takes one step or several. When it is completed, cancelled above all, before they are done, the
 * step under way is cancelled.
 */
public final class AnswerFuture extends CompletableFuture<AgentAnswer> {
    private volatile Future<?> step;

    public AnswerFuture() {
        whenComplete((answer, failure) -> cancelStep());
    }

    private void cancelStep() {
        Future<?> current = step;
        if (current != null && !current.isDone()) {
            current.cancel(true);
        }
    }

    /** The step that is under way from now on. */
    public void under(Future<?> next) {
        step = next;
        if (isDone()) {
            cancelStep();
        }
    }

    /**
     * The step that is under way from now on, and what follows, unless there is an answer by then.
     *
     * @param next takes its result; what it throws is a bug, and the answer says so
     * @param failed makes the answer of its failure; null when it has begun another step instead
     */
    public <T> void then(CompletableFuture<T> current, Consumer<T> next, Function<Throwable, AgentAnswer> failed) {
        under(current);
        current.whenComplete((value, failure) -> {
            if (isDone()) {
                return;
            }
            try {
                if (failure == null) {
                    next.accept(value);
                    return;
                }
                AgentAnswer answer = failed.apply(cause(failure));
                if (answer != null) {
                    complete(answer);
                }
            } catch (RuntimeException e) {
                complete(AgentAnswer.broken(e));
            }
        });
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** An answer that is known at once. */
    public static CompletableFuture<AgentAnswer> of(AgentAnswer answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
