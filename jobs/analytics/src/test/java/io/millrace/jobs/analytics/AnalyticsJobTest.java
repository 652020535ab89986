package io.millrace.jobs.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operators.decision.DeciderOperator;
import io.millrace.operators.decision.DecidingOperator;
import io.millrace.schema.analytics.Figure;
import io.millrace.schema.analytics.Figure.Kind;
import io.millrace.schema.analytics.FigureTable;
import io.millrace.testing.jobs.JobContract;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AnalyticsJobTest extends JobContract {
    private static final Path PAGE = Path.of("../../docs/analytics.md");
    private static final String BEGIN = "<!-- figures:begin -->\n";
    private static final String END = "<!-- figures:end -->";

    AnalyticsJobTest() {
        super(AnalyticsJob.JOB, AnalyticsJob.class, DeciderOperator.class, DecidingOperator.class);
    }

    @Test
    void itSaysWhichSettingIsWrong() {
        assertThatThrownBy(() -> define("--dead-letter-topics", "["))
                .hasMessageStartingWith("dead-letter-topics: is no regular expression");
        assertThatThrownBy(() -> define("--lateness", "-1 s")).hasMessageStartingWith("lateness:");
    }

    @Test
    void everyFigureIsInTheDocumentation() throws Exception {
        String page = Files.readString(PAGE);
        String expected =
                page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + figures() + page.substring(page.indexOf(END));
        if (Boolean.getBoolean("millrace.refresh")) {
            Files.writeString(PAGE, expected);
        }

        assertThat(Files.readString(PAGE))
                .as("run the test with -Dmillrace.refresh=true")
                .isEqualTo(expected);
    }

    private static String figures() {
        StringBuilder text = new StringBuilder();
        for (FigureTable table : FigureTable.values()) {
            text.append("### `%s`\n\n%s\n\n| column | | |\n|---|---|---|\n"
                    .formatted(table.tableName(), table.description()));
            table.dimensions()
                    .forEach(dimension -> text.append(
                            "| `%s` | dimension | %s |\n".formatted(dimension.name(), dimension.description())));
            for (Figure figure : table.figures()) {
                text.append("| `%s` | %s | %s |\n"
                        .formatted(
                                figure.name(),
                                figure.kind() == Kind.SUM ? "sum" : "distribution",
                                figure.description()));
            }
            text.append('\n');
        }
        return text.toString();
    }
}
