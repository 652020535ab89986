package io.millrace.auditor;

import io.millrace.schema.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Events of one series that came before their task, and for how long they may wait for it. */
final class WaitingEvents {
    private static final int MOST = 100;
    private static final int LARGEST = 256 * 1024;
    private static final Set<String> CODE = Set.of(ErrorCode.UNKNOWN_TASK.wireName());

    private final DeadLetters deadLetters;
    private final Findings findings;
    private final long longest;
    private List<EventRecord> waiting = new ArrayList<>();

    WaitingEvents(DeadLetters deadLetters, Findings findings) {
        this.deadLetters = deadLetters;
        this.findings = findings;
        this.longest = findings.settings.job().unknownTaskWait().toMillis();
    }

    void add(EventRecord event) {
        waiting.add(event);
    }

    /**
     * Those that were still waiting for the task when it was created at that log time, oldest first.
     *
     * @param expired takes those that had become dead letters before
     */
    List<EventRecord> take(String taskId, long createdAt, Consumer<EventRecord> expired) {
        boolean crowded = isCrowded();
        List<EventRecord> alive = new ArrayList<>();
        List<EventRecord> others = new ArrayList<>();
        for (EventRecord event : waiting) {
            if (!event.taskId().equals(taskId)) {
                others.add(event);
            } else if (hasExpired(event, createdAt, crowded)) {
                deadLetters.expect(event, CODE, event.logTime() + longest);
                expired.accept(event);
            } else {
                alive.add(event);
            }
        }
        waiting = others;
        return alive;
    }

    /** Close to the limit, or with too many waiting, the job's own answer counts. */
    private boolean hasExpired(EventRecord event, long now, boolean crowded) {
        long waited = now - event.logTime();
        boolean open = crowded || Math.abs(waited - longest) <= findings.grace();
        return open ? deadLetters.has(event) : waited > longest;
    }

    private boolean isCrowded() {
        return waiting.size() > MOST
                || waiting.stream().mapToLong(EventRecord::size).sum() > LARGEST;
    }

    /** At the end of the log: those that have waited long enough must be dead letters. */
    void finish() {
        boolean crowded = isCrowded();
        for (EventRecord event : waiting) {
            boolean expired = event.logTime() + longest + findings.grace() < findings.now;
            if (expired || deadLetters.has(event)) {
                if (!crowded && !expired && findings.now < event.logTime() + longest - findings.grace()) {
                    deadLetters.refuse(event);
                } else {
                    deadLetters.expect(event, CODE, event.logTime() + longest);
                }
            }
        }
        waiting = new ArrayList<>();
    }
}
