package io.millrace.chaos;

import io.millrace.testing.audit.AuditFeed;
import io.millrace.testing.audit.AuditReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A cluster, its client and its operator; plays episodes on it, one after the other, as long as it recovers. */
final class Crew implements AutoCloseable {
    private static final Duration MEND_LIMIT = Duration.ofSeconds(60);
    private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(120);
    private static final Duration AUDIT_LIMIT = Duration.ofMinutes(10);
    /** How long after the last moment of an episode the topics are judged. */
    private static final int SETTLE_MILLIS = 1_000;

    private final Cluster cluster;
    private final JobOperator operator;
    private final Load load;
    private final Injector injector;
    private Duration longestOutage = Duration.ZERO;

    private Crew(Cluster cluster, JobOperator operator) {
        this.cluster = cluster;
        this.operator = operator;
        this.load = new Load(cluster.broker().bootstrapServers());
        this.injector = new Injector(cluster, operator, load);
    }

    /** Starts everything in that directory, with the tasks job of that jar running. */
    static Crew start(Path directory, Path jar) {
        Cluster cluster = Cluster.start(directory);
        try {
            JobOperator operator = new JobOperator(cluster, jar, directory.resolve("savepoints"));
            operator.startNew();
            return new Crew(cluster, operator);
        } catch (RuntimeException | AssertionError e) {
            cluster.close();
            throw e;
        }
    }

    /** Whether the fault can be done on this machine. */
    boolean can(Fault fault) {
        return injector.can(fault);
    }

    /** @param number of the episode, in this run; its users are named after it */
    Outcome play(int number, Episode episode) throws InterruptedException {
        String users = "e" + number + "-";
        List<Plan.Step> plan = Plan.of(episode.seed(), users);
        long began = System.nanoTime();
        try (Judge judge = new Judge(cluster.broker().bootstrapServers(), users)) {
            Instant start = Instant.now();
            Injector.Underway faults = injector.start(episode.faults(), start);
            load.play(plan, start);
            faults.await();
            cluster.mend(MEND_LIMIT);
            operator.repair(RECOVERY_LIMIT);
            operator.awaitCheckpoint(RECOVERY_LIMIT);
            AuditReport report = judge.judge(start.plusMillis(Plan.LAST_DUE + SETTLE_MILLIS));
            longestOutage = longestOutage.compareTo(Judge.outage(report)) > 0 ? longestOutage : Judge.outage(report);
            return new Outcome(number, episode, null, report, Duration.ofNanos(System.nanoTime() - began));
        } catch (RuntimeException | AssertionError e) {
            return new Outcome(number, episode, e.toString(), null, Duration.ofNanos(System.nanoTime() - began));
        }
    }

    /** Judges everything that was ever on the topics. */
    AuditReport judgeAll() {
        return AuditFeed.audit(cluster.broker().bootstrapServers(), Judge.settings(longestOutage), AUDIT_LIMIT);
    }

    /** The ends of all logs. */
    String describe() {
        return cluster.broker().process().describe() + "\n\n" + cluster.flink().describe();
    }

    @Override
    public void close() {
        load.close();
        cluster.close();
    }
}
