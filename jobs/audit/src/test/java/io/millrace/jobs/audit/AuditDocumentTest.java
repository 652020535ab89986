package io.millrace.jobs.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connectors.lakehouse.RowSchema;
import io.millrace.schema.audit.AuditEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AuditDocumentTest {
    private static final Path PAGE = Path.of("../../docs/audit.md");
    private static final String BEGIN = "<!-- columns:begin -->\n";
    private static final String END = "<!-- columns:end -->";

    @Test
    void everyColumnIsInTheDocumentation() throws Exception {
        String page = Files.readString(PAGE);
        String table = RowSchema.of(AuditEvent.class).schema().columns().stream()
                .map(column -> "| `%s` | %s | %s |\n".formatted(column.name(), column.type(), column.doc()))
                .collect(Collectors.joining("", "| column | type | |\n|---|---|---|\n", ""));
        String expected =
                page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + table + page.substring(page.indexOf(END));
        if (Boolean.getBoolean("millrace.refresh")) {
            Files.writeString(PAGE, expected);
        }

        assertThat(Files.readString(PAGE))
                .as("run the test with -Dmillrace.refresh=true")
                .isEqualTo(expected);
    }
}
