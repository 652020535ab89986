package io.millrace.bench.agents;

import io.millrace.bench.meter.Figures;
import io.millrace.bench.meter.Percentiles;
import io.millrace.jobs.agents.AgentsJob;
import io.millrace.jobs.runtime.JobEnvironment;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.testing.Await;
import io.millrace.testing.flink.JobCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;

/** Calls of an agent behind HTTP, through a broker and the agents job on one slot. Times are the broker's. */
public final class AgentsRun implements AutoCloseable {
    private static final int WARM_UP_CALLS = 2_000;
    /** For so long the JIT has more to do than the calls. */
    private static final Duration WARM_UP = Duration.ofSeconds(75);

    private static final int SLOW_CALLS = 2_000;

    private final KafkaBroker broker;
    private final JobCluster cluster;
    private final SlowAgent agent;
    private final CallTopics topics;
    private final Consumer<String> progress;
    private final JobID job;

    /**
     * @param directory for everything; empty
     * @param flink settings of Flink
     */
    public AgentsRun(Path directory, Map<String, String> flink, Consumer<String> progress) throws Exception {
        this.progress = progress;
        broker = KafkaBroker.at(directory.resolve("kafka")).start();
        cluster = JobCluster.start(directory.resolve("flink"), 1, 1, flink);
        agent = SlowAgent.start();
        topics = new CallTopics(broker, "");
        job = cluster.run(1, env -> AgentsJob.JOB.define(JobEnvironment.prepare(env), topics.arguments()));
        topics.register("fast", agent.url(0), "");
        topics.register("second", agent.url(1_000), "");
        topics.register("slow", agent.url(30_000), "");
        progress.accept("warming up …");
        long warm = System.nanoTime() + WARM_UP.toNanos();
        for (int i = 0; System.nanoTime() < warm; i++) {
            send(i % 4 == 0 ? "second" : "fast", "warm-" + i + "-", WARM_UP_CALLS);
        }
    }

    /** Calls all at once. */
    private Map<String, long[]> send(String name, String prefix, int calls) throws Exception {
        CallTopics.Mark mark = topics.mark();
        for (int i = 0; i < calls; i++) {
            topics.call(name, prefix + i, Integer.toString(i));
        }
        return topics.awaitResults(mark, prefix, calls);
    }

    /** Calls by a schedule that waits for nobody. */
    private Map<String, long[]> atRate(String prefix, String name, int perSecond, int calls) throws Exception {
        CallTopics.Mark mark = topics.mark();
        long start = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            long due = start + TimeUnit.SECONDS.toNanos(i) / perSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            topics.call(name, prefix + i, Integer.toString(i));
        }
        return topics.awaitResults(mark, prefix, calls);
    }

    /** Calls of a second each, all at once: from the first call's log time to the last result's. */
    public void flight(int calls, int round, Figures figures) throws Exception {
        progress.accept(String.format("%,d calls of a second each …", calls));
        Map<String, long[]> times = send("second", "flight-" + round + "-", calls);
        long first = times.values().stream().mapToLong(each -> each[0]).min().orElseThrow();
        long last = times.values().stream().mapToLong(each -> each[1]).max().orElseThrow();
        figures.add("flight_ms", last - first);
        progress.accept(String.format("  finished in %,d ms", last - first));
    }

    /** What the platform adds to a call of an agent that answers at once. */
    public void overhead(int perSecond, Duration length, Figures figures) throws Exception {
        int calls = Math.toIntExact(perSecond * length.toSeconds());
        progress.accept(String.format("%,d calls/s …", perSecond));
        figures.addMillis("overhead", percentiles(atRate("overhead-", "fast", perSecond, calls)));
    }

    /** The same for one agent while another, of half a minute's latency, has 2,000 calls under way. */
    public void neighbour(int perSecond, Duration length, Figures figures) throws Exception {
        int calls = Math.toIntExact(perSecond * length.toSeconds());
        progress.accept("beside an agent of 30 s …");
        figures.addMillis("alone", percentiles(atRate("alone-", "fast", perSecond, calls)));
        long asked = agent.requests() + SLOW_CALLS;
        for (int i = 0; i < SLOW_CALLS; i++) {
            topics.call("slow", "slow-" + i, Integer.toString(i));
        }
        topics.flush();
        Await.until("the slow agent has all calls", () -> agent.requests() >= asked);
        figures.addMillis("beside_slow", percentiles(atRate("beside-", "fast", perSecond, calls)));
    }

    private static Percentiles percentiles(Map<String, long[]> times) {
        return Percentiles.of(
                times.values().stream().mapToLong(each -> each[1] - each[0]).toArray());
    }

    @Override
    public void close() throws Exception {
        cluster.cancel(job);
        topics.close();
        cluster.close();
        agent.close();
        broker.close();
    }
}
