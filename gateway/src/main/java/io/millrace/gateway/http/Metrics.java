package io.millrace.gateway.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** Figures in the text format of Prometheus. */
public final class Metrics {
    /** The content type of that format. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    public static final String REQUESTS = "gateway_requests_total";
    public static final String SECONDS = "gateway_request_seconds";

    private static final double[] BOUNDS = {0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};
    private static final double NANOS = 1e9;

    private final Map<String, Histogram> seconds = new ConcurrentSkipListMap<>();
    private final List<Figure> figures = new ArrayList<>();
    private final Counter requests = counter(REQUESTS, "Requests, by route and status.", "route", "status");

    /** A figure that is asked for when somebody looks. */
    private record Figure(String name, String type, String help, Supplier<Map<String, Double>> values) {}

    private static final class Histogram {
        private final long[] counts = new long[BOUNDS.length + 1];
        private double sum;

        synchronized void add(double value) {
            int i = 0;
            while (i < BOUNDS.length && value > BOUNDS[i]) {
                i++;
            }
            counts[i]++;
            sum += value;
        }

        synchronized void write(String labels, StringBuilder out) {
            long total = 0;
            for (int i = 0; i < counts.length; i++) {
                total += counts[i];
                String bound = i < BOUNDS.length ? number(BOUNDS[i]) : "+Inf";
                line(out, SECONDS + "_bucket", labels + ",le=\"" + bound + "\"", total);
            }
            line(out, SECONDS + "_sum", labels, sum);
            line(out, SECONDS + "_count", labels, total);
        }
    }

    /** @param type {@code gauge} or {@code counter} */
    public void figure(String name, String type, String help, DoubleSupplier value) {
        figures.add(new Figure(name, type, help, () -> Map.of("", value.getAsDouble())));
    }

    /** One that has a value for each value of a label. */
    public void figures(String name, String type, String help, String label, Supplier<Map<String, Long>> values) {
        figures.add(new Figure(name, type, help, () -> {
            Map<String, Double> labelled = new ConcurrentSkipListMap<>();
            values.get().forEach((key, value) -> labelled.put(label(label, key), value.doubleValue()));
            return labelled;
        }));
    }

    /** Counts by the values of labels. */
    public static final class Counter {
        private final List<String> labels;
        private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();

        private Counter(List<String> labels) {
            this.labels = labels;
        }

        /** @param values of the labels, of which there must be few */
        public void add(String... values) {
            StringBuilder key = new StringBuilder();
            for (int i = 0; i < labels.size(); i++) {
                key.append(i == 0 ? "" : ",").append(label(labels.get(i), values[i]));
            }
            counts.computeIfAbsent(key.toString(), none -> new LongAdder()).increment();
        }
    }

    /** One that is counted here. */
    public Counter counter(String name, String help, String... labels) {
        Counter counter = new Counter(List.of(labels));
        figures.add(new Figure(name, "counter", help, () -> {
            Map<String, Double> counts = new ConcurrentSkipListMap<>();
            counter.counts.forEach((key, count) -> counts.put(key, (double) count.sum()));
            return counts;
        }));
        return counter;
    }

    /** @param route its id; {@code none} for a request that is for none */
    void answered(String route, int status, long nanos) {
        requests.add(route, Integer.toString(status));
        seconds.computeIfAbsent(label("route", route), key -> new Histogram()).add(nanos / NANOS);
    }

    /** The names of all figures. */
    public List<String> names() {
        List<String> names = new ArrayList<>(List.of(SECONDS));
        figures.forEach(figure -> names.add(figure.name()));
        return names;
    }

    public String text() {
        StringBuilder out = new StringBuilder();
        head(out, SECONDS, "histogram", "How long requests took, by route.");
        seconds.forEach((labels, histogram) -> histogram.write(labels, out));
        for (Figure figure : figures) {
            head(out, figure.name(), figure.type(), figure.help());
            figure.values().get().forEach((labels, value) -> line(out, figure.name(), labels, value));
        }
        return out.toString();
    }

    private static void head(StringBuilder out, String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void line(StringBuilder out, String name, String labels, double value) {
        out.append(name);
        if (!labels.isEmpty()) {
            out.append('{').append(labels).append('}');
        }
        out.append(' ').append(number(value)).append('\n');
    }

    private static String label(String name, String value) {
        return name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%s", value);
    }
}
