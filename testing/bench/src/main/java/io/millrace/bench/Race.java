package io.millrace.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import java.util.function.ToDoubleFunction;

/** Round after round, each contestant reads the same topic from its beginning, as fast as it can. */
final class Race {
    private final Arena arena;
    private final Progress progress;
    private final List<Competitor> competitors;
    private final String input;
    private final int events;
    private final long views;
    private final Map<Competitor, List<Result>> results = new EnumMap<>(Competitor.class);
    private Long digest;

    /** What a contestant did in a round: events a second, and CPU time for each, its own and the broker's. */
    record Result(double perSecond, double cpuNanos) {}

    /** @param views to how many views the events lead */
    Race(Arena arena, Progress progress, List<Competitor> competitors, String input, int events, long views) {
        this.arena = arena;
        this.progress = progress;
        this.competitors = competitors;
        this.input = input;
        this.events = events;
        this.views = views;
        competitors.forEach(competitor -> results.put(competitor, new ArrayList<>()));
    }

    /** Before the rounds that count, one that warms up; what is written in it is compared. */
    void run(int rounds) throws Exception {
        for (Competitor competitor : competitors) {
            run(competitor, 0);
            progress.say("%-12s %s", "warm-up", competitor.label());
        }
        for (int round = 1; round <= rounds; round++) {
            List<Competitor> order = new ArrayList<>(competitors);
            // Each in its turn comes first: what one leaves to the disk, the next one waits for.
            Collections.rotate(order, -round);
            for (Competitor competitor : order) {
                TopicMeter.Growth growth = run(competitor, round);
                double measured = growth.share() * events;
                Result result = new Result(measured / growth.seconds(), growth.cpuNanos() / measured);
                results.get(competitor).add(result);
                progress.say(
                        "%-12s %-8s %,10.0f events/s  %5.1f µs CPU/event",
                        "round " + round + " of " + rounds,
                        competitor.label(),
                        result.perSecond(),
                        result.cpuNanos() / 1000);
            }
        }
    }

    /** Null for round 0, which is not measured. */
    private TopicMeter.Growth run(Competitor competitor, int round) throws Exception {
        String output = competitor.label() + "-" + round;
        long expected = competitor.decides() ? views : events;
        TopicMeter.Growth growth = null;
        Arena.Run run = arena.new Run(competitor, input, output);
        try (run) {
            DoubleConsumer percent = share -> progress.percent(output, share);
            if (round == 0) {
                run.await(expected, percent);
            } else {
                growth = run.measure(expected, percent);
            }
        }
        run.verify(expected);
        if (round == 0 && competitor.decides()) {
            compare(output);
        }
        arena.deleteTopic(output);
        return growth;
    }

    private void compare(String output) {
        long ours = new Views(arena.bootstrapServers(), Arena.PARTITIONS).digest(output, Math.toIntExact(views));
        if (digest != null && digest != ours) {
            throw new IllegalStateException(output + ": these views are not those that the contestant before it wrote");
        }
        digest = ours;
    }

    List<Double> each(Competitor competitor, ToDoubleFunction<Result> figure) {
        return results.get(competitor).stream().map(figure::applyAsDouble).toList();
    }

    /** One figure by another, round by round. */
    List<Double> ratios(Competitor of, Competitor to, ToDoubleFunction<Result> figure) {
        List<Double> dividends = each(of, figure);
        List<Double> divisors = each(to, figure);
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < dividends.size(); i++) {
            ratios.add(dividends.get(i) / divisors.get(i));
        }
        return ratios;
    }
}
