package io.millrace.bench.meter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Figures by name, in the order they first came, each with a value for each round. */
public final class Figures {
    private final Map<String, List<Double>> figures = new LinkedHashMap<>();

    /** Adds a round's value. */
    public void add(String name, double value) {
        figures.computeIfAbsent(name, ignored -> new ArrayList<>()).add(value);
    }

    /** Adds a round's values of milliseconds, as {@code name_p50_ms} and so on. */
    public void addMillis(String name, Percentiles millis) {
        add(name + "_p50_ms", millis.p50());
        add(name + "_p99_ms", millis.p99());
        add(name + "_p999_ms", millis.p999());
        add(name + "_max_ms", millis.max());
    }

    public boolean has(String name) {
        return figures.containsKey(name);
    }

    /**
     * One figure over another, round by round.
     *
     * @throws IllegalArgumentException when one was not measured, or in another number of rounds
     */
    public List<Double> ratio(String of, String to) {
        List<Double> dividends = figures.getOrDefault(of, List.of());
        List<Double> divisors = figures.getOrDefault(to, List.of());
        if (dividends.isEmpty() || dividends.size() != divisors.size()) {
            throw new IllegalArgumentException(
                    of + " has " + dividends.size() + " rounds, " + to + " has " + divisors.size());
        }
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < dividends.size(); i++) {
            ratios.add(dividends.get(i) / divisors.get(i));
        }
        return ratios;
    }

    public void forEach(BiConsumer<String, List<Double>> each) {
        figures.forEach(each);
    }
}
