package io.millrace.gateway.api;

import io.millrace.gateway.http.Call;
import io.millrace.gateway.http.Parameter;
import io.millrace.gateway.http.ProblemException;
import io.millrace.gateway.log.LogPosition;
import io.millrace.gateway.model.EventRef;
import io.millrace.gateway.model.LogPartition;
import io.millrace.gateway.model.Outcome;
import io.millrace.gateway.model.ReadModel;
import io.millrace.gateway.model.Scope;
import io.millrace.gateway.model.TaskQueries;
import io.millrace.schema.wire.Uuids;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * Lets a read wait until the model has read something: one's own write. The wait is bounded, and so is how many wait: each
 * holds a thread.
 */
final class Waits {
    static final Parameter<String> AFTER = Parameter.text(
            "after",
            300,
            "Wait until the model knows what came of a write: its event_id, for events about tasks; or a position"
                    + " topic:partition:offset of a topic that the model follows. When the event was refused, the answer is"
                    + " 409 and says why.");
    static final Parameter<Long> NEWER_THAN = Parameter.count(
            "newer_than", "Wait until there is a version that is higher; 0 waits until it is there at all.");
    static final Parameter<Integer> WAIT =
            Parameter.integer("wait_seconds", 0, 30, 10, "How long after and newer_than wait.");

    private static final int MOST = 16;

    private final ReadModel model;
    private final TaskQueries tasks;
    private final Semaphore waiting = new Semaphore(MOST);

    Waits(ReadModel model, TaskQueries tasks) {
        this.model = model;
        this.tasks = tasks;
    }

    /** Something that may take its time. */
    @FunctionalInterface
    private interface Wait {
        boolean isOver(Duration limit) throws ProblemException;
    }

    /** Waits for what {@link #AFTER} names, when it is given. */
    void after(Call call, Scope scope) throws ProblemException {
        String after = call.get(AFTER);
        if (after == null) {
            return;
        }
        UUID eventId = Uuids.parse(after);
        LogPosition position = LogPosition.parse(after);
        if (eventId != null) {
            until(call, limit -> isKnown(scope, eventId, limit));
        } else if (position != null && model.follows(position.topic())) {
            LogPartition partition = new LogPartition(position.topic(), position.partition());
            until(call, limit -> model.progress().awaitPosition(partition, position.offset(), limit));
        } else {
            throw ProblemException.ofField(
                    "after", "invalid_value", "must be an event_id, or topic:partition:offset of a topic of views");
        }
    }

    private boolean isKnown(Scope scope, UUID eventId, Duration limit) throws ProblemException {
        EventRef event = new EventRef(scope.tenant(), eventId);
        Outcome outcome = model.progress().awaitOutcome(event, Duration.ZERO);
        if (outcome == null && scope.user() != null && tasks.isCause(scope, eventId)) {
            return true;
        }
        if (outcome == null) {
            outcome = model.progress().awaitOutcome(event, limit);
        }
        if (outcome != null && outcome.isRefused()) {
            throw ProblemException.of(409, outcome.code(), outcome.message());
        }
        return outcome != null;
    }

    /** Waits for the version that {@link #NEWER_THAN} asks for, when it is given. */
    void newer(Call call, LongSupplier version) throws ProblemException {
        Long known = call.get(NEWER_THAN);
        if (known != null) {
            until(call, limit -> isNewer(known, version, limit));
        }
    }

    private boolean isNewer(long known, LongSupplier version, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            long change = model.progress().lastChange();
            if (version.getAsLong() > known) {
                return true;
            }
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            if (left.isNegative() || !model.progress().awaitChangeAfter(change, left)) {
                return version.getAsLong() > known;
            }
        }
    }

    private void until(Call call, Wait wait) throws ProblemException {
        if (wait.isOver(Duration.ZERO)) {
            return;
        }
        if (!waiting.tryAcquire()) {
            throw ProblemException.later(503, "busy", "too many requests wait already", 1);
        }
        try {
            if (!wait.isOver(Duration.ofSeconds(call.get(WAIT)))) {
                throw ProblemException.later(503, "not_read_yet", "the model has not read it yet", 1);
            }
        } finally {
            waiting.release();
        }
    }
}
