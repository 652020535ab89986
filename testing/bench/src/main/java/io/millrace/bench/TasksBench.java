package io.millrace.bench;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The tasks job beside a job that only copies the topic, Kafka Streams and a plain loop. */
@Command(
        name = "tasks",
        description = "The tasks job beside a job that only copies the topic, Kafka Streams and a plain consumer loop.")
final class TasksBench extends Benchmark {
    private static final String EVENTS = "events";
    private static final int SEED = 1;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "1000000",
            converter = Positive.class,
            description = "Events in the topic; default: ${DEFAULT-VALUE}.")
    private int events;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            converter = Positive.class,
            description =
                    "How often each contestant is measured, after one round that is not; default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--slots",
            paramLabel = "N",
            defaultValue = "2",
            converter = Positive.class,
            description = "Slots of Flink, or threads; default: ${DEFAULT-VALUE}.")
    private int slots;

    @Option(
            names = "--stream",
            paramLabel = "SHAPE",
            defaultValue = "unique",
            description =
                    "unique: the creation of as many tasks; duplicates: a fifth of the events are; lifecycle: several"
                            + " events for each task; default: ${DEFAULT-VALUE}.")
    private StreamShape stream;

    @Option(
            names = "--contestants",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "copy,tasks,streams,loop",
            description = "Who takes part; default: ${DEFAULT-VALUE}. Also streams_near: without far timers.")
    private List<Competitor> contestants;

    @Option(
            names = "--latency-of",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "tasks",
            description = "Whose latency is measured as well, of those that decide; default: ${DEFAULT-VALUE}.")
    private List<Competitor> latencyOf;

    @Option(
            names = "--latency-at",
            paramLabel = "PERCENT",
            split = ",",
            defaultValue = "25,50,75",
            converter = Positive.class,
            description = "At which shares of the tasks job's median rate; default: ${DEFAULT-VALUE}.")
    private List<Integer> latencyAt;

    @Option(
            names = "--latency-seconds",
            paramLabel = "N",
            defaultValue = "30",
            converter = Positive.class,
            description = "For how long each, after 10 s of warm-up; default: ${DEFAULT-VALUE}.")
    private int latencySeconds;

    @Option(names = "--no-latency", description = "Measure no latency.")
    private boolean withoutLatency;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of Flink's for its jobs.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Spec
    private CommandSpec spec;

    @Override
    Report measure() throws Exception {
        if (!latencyOf.stream().allMatch(Competitor::decides)) {
            throw new ParameterException(spec.commandLine(), "--latency-of: copies say nothing of their events' times");
        }
        Set<Competitor> all = new LinkedHashSet<>(contestants);
        if (!withoutLatency) {
            all.addAll(latencyOf);
        }
        Progress progress = new Progress();
        Report report = report();
        try (Arena arena = new Arena(slots, settings)) {
            arena.makeTopic(EVENTS);
            TaskEvents taskEvents = new TaskEvents(stream, SEED, System.currentTimeMillis());
            progress.say("publishing %,d events …", events);
            new EventPublisher(arena.bootstrapServers())
                    .publish(taskEvents, EVENTS, events, share -> progress.percent("publishing", share));
            Race race = new Race(arena, progress, List.copyOf(all), EVENTS, events, taskEvents.views());
            race.run(rounds);
            all.forEach(competitor -> report(race, competitor, report));
            if (all.contains(Competitor.TASKS)) {
                all.stream().filter(other -> other != Competitor.TASKS).forEach(other -> compare(race, other, report));
            }
            if (!withoutLatency) {
                latency(arena, progress, race, all, report);
            }
        }
        return report;
    }

    private Report report() {
        Report report = new Report("tasks");
        report.setting("events", events);
        report.setting("rounds", rounds);
        report.setting("slots", slots);
        report.setting("stream", stream.name().toLowerCase(Locale.ROOT));
        settings.forEach(report::setting);
        return report;
    }

    private static void report(Race race, Competitor competitor, Report report) {
        report.figure(competitor.label() + "_events_per_second", race.each(competitor, Race.Result::perSecond));
        report.figure(competitor.label() + "_cpu_ns_per_event", race.each(competitor, Race.Result::cpuNanos));
    }

    private static void compare(Race race, Competitor other, Report report) {
        String ratio = "tasks_vs_" + other.label();
        report.ratio(ratio, race.ratios(Competitor.TASKS, other, Race.Result::perSecond));
        // Turned round, so that more is better here too.
        report.ratio(ratio + "_cpu", race.ratios(other, Competitor.TASKS, Race.Result::cpuNanos));
    }

    private void latency(Arena arena, Progress progress, Race race, Set<Competitor> all, Report report)
            throws Exception {
        Competitor reference = all.contains(Competitor.TASKS) ? Competitor.TASKS : latencyOf.get(0);
        double top = Report.median(race.each(reference, Race.Result::perSecond));
        LatencyRun latency = new LatencyRun(arena, progress, stream, latencySeconds);
        for (int percent : latencyAt) {
            for (Competitor competitor : latencyOf) {
                latency.measure(competitor, percent, top * percent / 100, report);
            }
        }
    }
}
