package io.millrace.bench;

import io.millrace.bench.meter.Percentiles;
import java.time.Duration;
import java.util.List;

/** How long views take while events come at a steady rate, to a contestant whose code is compiled already. */
final class LatencyRun {
    /** For the contestant to start and to fill its buffers; not counted. */
    private static final Duration WARM_UP = Duration.ofSeconds(10);

    private final Arena arena;
    private final Progress progress;
    private final StreamShape shape;
    private final int seconds;

    /** @param seconds for how long is measured, after ten seconds that are not */
    LatencyRun(Arena arena, Progress progress, StreamShape shape, int seconds) {
        this.arena = arena;
        this.progress = progress;
        this.shape = shape;
        this.seconds = seconds;
    }

    /**
     * @param percent of the top rate, for names
     * @param perSecond events a second
     */
    void measure(Competitor competitor, int percent, double perSecond, Report report) throws Exception {
        String name = competitor.label() + "-at-" + percent;
        String input = "events-" + name;
        arena.makeTopic(input);
        TaskEvents events = new TaskEvents(shape, percent, System.currentTimeMillis());
        double published;
        Arena.Run run = arena.new Run(competitor, input, name);
        try (run) {
            published = new EventPublisher(arena.bootstrapServers())
                    .publish(
                            events,
                            input,
                            (int) (perSecond * (seconds + WARM_UP.toSeconds())),
                            perSecond,
                            share -> progress.percent(name, share));
            run.await(events.views(), share -> progress.percent(name, share));
        }
        run.verify(events.views());
        Percentiles latencies = Percentiles.of(new Views(arena.bootstrapServers(), Arena.PARTITIONS)
                .latencies(name, Math.toIntExact(events.views()), WARM_UP));
        arena.deleteTopic(name);
        arena.deleteTopic(input);
        String figure = competitor.label() + "_latency_at_" + percent;
        report.figure(figure + "_events_per_second", List.of(published));
        report.figure(figure + "_p50_ms", List.of((double) latencies.p50()));
        report.figure(figure + "_p99_ms", List.of((double) latencies.p99()));
        report.figure(figure + "_p999_ms", List.of((double) latencies.p999()));
        progress.say(
                "latency at %2d %%  %-8s %,10.0f events/s  p50 %,d ms  p99 %,d ms  p99.9 %,d ms",
                percent, competitor.label(), published, latencies.p50(), latencies.p99(), latencies.p999());
    }
}
