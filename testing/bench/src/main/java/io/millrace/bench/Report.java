package io.millrace.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.kafka.common.utils.AppInfoParser;

/** The outcome of a benchmark: ratios and figures, each with median, least and greatest of its rounds. */
final class Report {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Figures below this are shown with decimals. */
    private static final double FEW = 100;

    private final String name;
    private final Map<String, double[]> ratios = new LinkedHashMap<>();
    private final Map<String, double[]> figures = new LinkedHashMap<>();
    private final Map<String, String> settings = new LinkedHashMap<>();

    Report(String name) {
        this.name = name;
    }

    /** With what it was measured. */
    void setting(String setting, Object value) {
        settings.put(setting, value.toString());
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

    static double median(List<Double> values) {
        return median(sorted(values));
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    String text() {
        StringBuilder text = new StringBuilder("bench " + name + " " + settings + " (median, least to greatest)\n");
        figures.forEach((figure, values) -> text.append(line(figure, values, values[0] < FEW ? "%,.2f" : "%,.0f")));
        ratios.forEach((ratio, values) -> text.append(line(ratio, values, "%.3f")));
        return text.toString();
    }

    private static String line(String label, double[] values, String format) {
        return String.format(
                Locale.ROOT,
                "  %-38s %14s  %s to %s%n",
                label,
                String.format(Locale.ROOT, format, median(values)),
                String.format(Locale.ROOT, format, values[0]),
                String.format(Locale.ROOT, format, last(values)));
    }

    private static double last(double[] values) {
        return values[values.length - 1];
    }

    void writeJson(Path file) throws IOException {
        Files.writeString(file, json() + "\n");
    }

    String json() throws IOException {
        ObjectNode root = JSON.createObjectNode().put("bench", name);
        settings.forEach(root.putObject("settings")::put);
        add(root.putObject("ratios"), ratios);
        add(root.putObject("figures"), figures);
        root.putObject("machine")
                .put("cores", Runtime.getRuntime().availableProcessors())
                .put("memory_bytes", memoryBytes())
                .put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        root.putObject("versions")
                .put("java", System.getProperty("java.version"))
                .put("flink", EnvironmentInformation.getVersion())
                .put("kafka", AppInfoParser.getVersion());
        return JSON.writeValueAsString(root);
    }

    private static long memoryBytes() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getTotalMemorySize();
    }

    private static void add(ObjectNode target, Map<String, double[]> values) {
        values.forEach((key, rounds) -> target.putObject(key)
                .put("median", median(rounds))
                .put("min", rounds[0])
                .put("max", last(rounds)));
    }
}
