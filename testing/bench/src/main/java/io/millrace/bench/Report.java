package io.millrace.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The outcome of a benchmark: ratios and figures, each with median, least and greatest of its rounds. */
final class Report {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final String name;
    private final Map<String, double[]> ratios = new LinkedHashMap<>();
    private final Map<String, double[]> figures = new LinkedHashMap<>();

    Report(String name) {
        this.name = name;
    }

    void ratio(String ratio, List<Double> rounds) {
        ratios.put(ratio, sorted(rounds));
    }

    void figure(String figure, List<Double> rounds) {
        figures.put(figure, sorted(rounds));
    }

    private static double[] sorted(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    String text() {
        StringBuilder text = new StringBuilder("bench " + name + " (median, least to greatest)\n");
        figures.forEach((figure, values) -> text.append(String.format(
                Locale.ROOT, "  %-28s %,14.0f  %,.0f to %,.0f%n", figure, median(values), values[0], last(values))));
        ratios.forEach((ratio, values) -> text.append(String.format(
                Locale.ROOT, "  %-28s %14.3f  %.3f to %.3f%n", ratio, median(values), values[0], last(values))));
        return text.toString();
    }

    private static double last(double[] values) {
        return values[values.length - 1];
    }

    void writeJson(Path file) throws IOException {
        ObjectNode root = JSON.createObjectNode().put("bench", name);
        add(root.putObject("ratios"), ratios);
        add(root.putObject("figures"), figures);
        root.putObject("machine")
                .put("cores", Runtime.getRuntime().availableProcessors())
                .put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        root.putObject("versions")
                .put("java", System.getProperty("java.version"))
                .put("flink", org.apache.flink.runtime.util.EnvironmentInformation.getVersion())
                .put("kafka", org.apache.kafka.common.utils.AppInfoParser.getVersion());
        JSON.writeValue(file.toFile(), root);
    }

    private static void add(ObjectNode target, Map<String, double[]> values) {
        values.forEach((key, rounds) -> target.putObject(key)
                .put("median", median(rounds))
                .put("min", rounds[0])
                .put("max", last(rounds)));
    }
}
