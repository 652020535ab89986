package io.millrace.chaos;

import io.millrace.chaos.workload.Act;
import io.millrace.chaos.workload.Report;
import io.millrace.chaos.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A cluster, its client and its operator; plays episodes on it, one after the other, as long as it recovers. */
final class Crew implements AutoCloseable {
    private static final Duration MEND_LIMIT = Duration.ofSeconds(60);
    private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(120);

    private final Workload workload;
    private final Cluster cluster;
    private final JobOperator operator;
    private final Load load;
    private final Injector injector;
    private Duration longestOutage = Duration.ZERO;

    private Crew(Workload workload, Cluster cluster, JobOperator operator) {
        this.workload = workload;
        this.cluster = cluster;
        this.operator = operator;
        this.load = new Load(cluster.broker().bootstrapServers());
        this.injector = new Injector(cluster, operator, load);
    }

    /** Starts everything in that directory, with the job of that jar running. */
    static Crew start(Path directory, Path jar, Workload workload) {
        Cluster cluster = Cluster.start(directory, workload::topics);
        try {
            JobOperator operator = new JobOperator(cluster, jar, workload.arguments(), directory.resolve("savepoints"));
            operator.startNew();
            return new Crew(workload, cluster, operator);
        } catch (RuntimeException | AssertionError e) {
            cluster.close();
            throw e;
        }
    }

    /** Whether the fault can be done on this machine. */
    boolean can(Fault fault) {
        return injector.can(fault);
    }

    /** @param number of the episode, in this run */
    Outcome play(int number, Episode episode) throws InterruptedException {
        long began = System.nanoTime();
        try (Act act = workload.act(cluster.broker().bootstrapServers(), number, episode.seed())) {
            Instant start = Instant.now();
            Injector.Underway faults = injector.start(episode.faults(), start);
            load.play(act.publications(), start);
            faults.await();
            cluster.mend(MEND_LIMIT);
            operator.repair(RECOVERY_LIMIT);
            operator.awaitCheckpoint(RECOVERY_LIMIT);
            Report report = act.judge(start);
            longestOutage = longestOutage.compareTo(report.outage()) > 0 ? longestOutage : report.outage();
            return new Outcome(number, episode, null, report, Duration.ofNanos(System.nanoTime() - began));
        } catch (RuntimeException | AssertionError e) {
            return new Outcome(number, episode, e.toString(), null, Duration.ofNanos(System.nanoTime() - began));
        }
    }

    /** Judges everything that was ever on the topics. */
    Report judgeAll() {
        return workload.whole(cluster.broker().bootstrapServers(), longestOutage);
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
