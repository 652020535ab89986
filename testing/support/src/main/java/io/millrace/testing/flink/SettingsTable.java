package io.millrace.testing.flink;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;

/** The settings of a job as a table in Markdown, between two markers of a document. */
public final class SettingsTable {
    private static final String BEGIN = "<!-- settings:begin -->\n";
    private static final String END = "<!-- settings:end -->";

    private final UnaryOperator<String> environmentVariable;
    private final List<ConfigOption<?>> options;

    /** @param environmentVariable that of a key */
    public SettingsTable(UnaryOperator<String> environmentVariable, List<ConfigOption<?>> options) {
        this.environmentVariable = environmentVariable;
        this.options = options;
    }

    /** The document with the table as it should be. */
    public String refresh(String document) {
        int from = document.indexOf(BEGIN);
        int to = document.indexOf(END);
        if (from < 0 || to < from) {
            throw new AssertionError("the document has no markers " + BEGIN.strip() + " and " + END);
        }
        return document.substring(0, from + BEGIN.length()) + markdown() + document.substring(to);
    }

    private String markdown() {
        return options.stream()
                .map(option -> "| `%s` | `%s` | %s | %s |%n"
                        .formatted(
                                option.key(),
                                environmentVariable.apply(option.key()),
                                defaultOf(option),
                                description(option)))
                .collect(Collectors.joining(
                        "", "| key | environment variable | default | |%n|---|---|---|---|%n".formatted(), ""));
    }

    private static String defaultOf(ConfigOption<?> option) {
        Object value = option.defaultValue();
        if (value == null) {
            return "–";
        }
        return "`" + (value instanceof Duration duration ? TimeUtils.formatWithHighestUnit(duration) : value) + "`";
    }

    public static String description(ConfigOption<?> option) {
        return new HtmlFormatter().format(option.description());
    }
}
