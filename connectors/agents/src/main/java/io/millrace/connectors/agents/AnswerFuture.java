package io.millrace.connectors.agents;

import io.millrace.schema.agent.Usage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The answer of a call that takes one step or several. When it is completed, cancelled above all, before they are done,
 * the step under way is cancelled.
 */
public final class AnswerFuture extends CompletableFuture<AgentAnswer> {
    private volatile Future<?> step;
    private volatile boolean asked;
    private volatile Supplier<Usage> used = () -> Usage.NONE;

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

    /** From now on the agent has what it is asked, and may use something for it. */
    public void asked() {
        asked = true;
    }

    /** Whether {@link #asked()} was said. */
    public boolean wasAsked() {
        return asked;
    }

    /** @param soFar what is known to be used, should there be no reply */
    public void using(Supplier<Usage> soFar) {
        used = soFar;
    }

    /**
     * The end of a call that did not come with a reply: what the agent used is lost but for what is known, once it was
     * asked.
     */
    public AgentAnswer withoutReply(AgentAnswer end) {
        return asked ? end.with(used.get()).asUnmetered() : end;
    }

    /** Completes it with timed out after so long, unless there is an answer by then. */
    void within(long millis) {
        if (isDone()) {
            return;
        }
        CompletableFuture<Boolean> over =
                new CompletableFuture<Boolean>().completeOnTimeout(true, millis, TimeUnit.MILLISECONDS);
        over.thenAccept(late -> {
            if (late) {
                complete(withoutReply(AgentAnswer.timedOut()));
            }
        });
        // Not cancelled: then the JDK 17 would keep its entry, and this answer with it, until the time is over.
        whenComplete((answer, failure) -> over.complete(false));
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** An answer that is known at once. */
    public static AnswerFuture of(AgentAnswer answer) {
        AnswerFuture known = new AnswerFuture();
        known.complete(answer);
        return known;
    }
}
