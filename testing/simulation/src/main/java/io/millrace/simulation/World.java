package io.millrace.simulation;

import io.millrace.logic.task.TaskCommand;
import io.millrace.logic.task.TaskSettings;
import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.task.TaskEventWriter;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One run of the job in a world that a seed decides: what users do, which partition is read when, how the clock goes,
 * when the job crashes, and how much of what it wrote got out before. Two runs of one seed are the same step by step.
 */
final class World {

    /** Makes the job between two starts. */
    @FunctionalInterface
    interface JobMaker {
        SimulatedJob make(
                SimulatedLog log, TaskSettings settings, Trace trace, SimulatedJob.Checkpoint from, int parallelism);
    }

    private static final int MAX_PARALLELISM = 3;
    private static final int SLICE = 8;

    private final Dice dice;
    private final WorldPlan plan;
    private final JobMaker maker;
    private final Trace trace;
    private final SimulatedLog log;
    private final OutputTopics topics = new OutputTopics();
    private final Users users;
    private final Clock clock;

    /** Null while it is down. */
    private SimulatedJob job;

    private SimulatedJob.Checkpoint completed;

    /** Taken, and not known to be complete; null when there is none. */
    private SimulatedJob.Checkpoint pending;

    private long steps;
    private long crashes;

    World(Dice dice, WorldPlan plan, JobMaker maker, Trace trace) {
        this.dice = dice;
        this.plan = plan;
        this.maker = maker;
        this.trace = trace;
        this.log = new SimulatedLog(plan.partitions());
        this.users = new Users(dice, plan);
        this.clock = new Clock(dice, plan.start());
        this.completed = SimulatedJob.Checkpoint.empty(plan.partitions());
        start();
    }

    /** Takes the plan's steps, then brings the world to rest: all is read, released and written. */
    void run() throws BrokenLawException {
        WorldPlan.Step[] kinds = WorldPlan.Step.values();
        while (steps < plan.steps()) {
            WorldPlan.Step step = kinds[dice.weighted(plan.weights())];
            trace.mix(step.ordinal());
            steps++;
            take(step);
        }
        if (job == null) {
            start();
        }
        rest();
    }

    private void take(WorldPlan.Step step) throws BrokenLawException {
        switch (step) {
            case PRODUCE -> produce();
            case ADVANCE -> clock.advance(job == null ? Long.MAX_VALUE : job.nextWake());
            case RESTART -> {
                if (job == null) {
                    start();
                }
            }
            default -> {
                if (job != null) {
                    work(step);
                }
            }
        }
    }

    private void work(WorldPlan.Step step) throws BrokenLawException {
        switch (step) {
            case READ -> read(dice.below(log.partitions()), dice.between(1, 4));
            case RELEASE -> job.release(dice.below(job.parallelism()), dice.between(1, SLICE), clock.now());
            case WRITE -> write(dice.between(1, 10));
            case SNAPSHOT -> snapshot();
            case COMPLETE_CHECKPOINT -> complete();
            case CRASH -> crash();
            case RESCALE -> {
                snapshot();
                complete();
                job = null;
                start();
            }
            default -> throw new IllegalArgumentException(step.name());
        }
    }

    private void produce() {
        Users.Sent event = users.next(clock.now());
        SourceRecord record = log.append(
                log.partitionOf(event.user()),
                event.user().getBytes(StandardCharsets.UTF_8),
                event.value(),
                List.of(),
                clock.now());
        trace.note(() -> Texts.appended(record, clock.now()));
    }

    private void read(int partition, int most) {
        for (int i = 0; i < most && job.hasUnread(partition); i++) {
            job.read(partition, clock.now());
        }
    }

    private void write(int most) throws BrokenLawException {
        for (int i = 0; i < most && job.hasWritten(); i++) {
            Output output = job.nextWritten();
            trace.mix(output.content().hashCode());
            trace.note(() -> Texts.written(output));
            topics.append(output, clock.now());
            if (output.command() instanceof TaskCommand.Announce announce) {
                announced(announce.created());
            } else if (output.command() instanceof TaskCommand.Publish publish) {
                users.see(publish.view().userId(), publish.view().taskId());
            }
        }
    }

    private void announced(TaskEvent created) {
        log.append(
                log.partitionOf(created.userId()),
                created.userId().getBytes(StandardCharsets.UTF_8),
                TaskEventWriter.write(created),
                List.of(),
                clock.now());
    }

    private void snapshot() throws BrokenLawException {
        write(Integer.MAX_VALUE);
        pending = job.checkpoint();
        trace.note(() -> clock + Trace.JOB + "takes a checkpoint");
    }

    private void complete() {
        if (pending != null) {
            completed = pending;
            pending = null;
            trace.note(() -> clock + Trace.JOB + "completes its checkpoint");
        }
    }

    /** Some of what it wrote gets out, the rest is lost, and so is a checkpoint that was not complete. */
    private void crash() throws BrokenLawException {
        write(dice.below(6));
        crashes++;
        job = null;
        pending = null;
        trace.note(() -> clock + Trace.JOB + "crashes");
    }

    private void start() {
        int parallelism = dice.between(1, MAX_PARALLELISM);
        job = maker.make(log, plan.settings(), trace, completed, parallelism);
        trace.note(() ->
                clock + Trace.JOB + "starts with " + parallelism + " subtasks from offsets " + completed.offsets());
    }

    /** What is written may be announcements, which are to be read as well. */
    private void rest() throws BrokenLawException {
        boolean busy = true;
        while (busy) {
            busy = false;
            for (int partition = 0; partition < log.partitions(); partition++) {
                busy |= job.hasUnread(partition);
                read(partition, Integer.MAX_VALUE);
            }
            for (int subtask = 0; subtask < job.parallelism(); subtask++) {
                busy |= job.release(subtask, Integer.MAX_VALUE, clock.now()) > 0;
            }
            busy |= job.hasWritten();
            write(Integer.MAX_VALUE);
        }
    }

    WorldPlan plan() {
        return plan;
    }

    SimulatedLog log() {
        return log;
    }

    OutputTopics topics() {
        return topics;
    }

    SimulatedJob.Checkpoint state() {
        return job.checkpoint();
    }

    long now() {
        return clock.now();
    }

    long steps() {
        return steps;
    }

    long crashes() {
        return crashes;
    }
}
