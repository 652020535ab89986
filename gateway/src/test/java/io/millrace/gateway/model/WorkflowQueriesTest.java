package io.millrace.gateway.model;

import static io.millrace.gateway.TestRecords.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.TestRecords;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workflows as the model knows them: what the job would take of what was published. */
class WorkflowQueriesTest {
    private static final Scope ACME = Scope.of("acme");

    @TempDir
    Path directory;

    private final TestRecords log = new TestRecords();
    private ModelBed bed;
    private WorkflowQueries workflows;

    @BeforeEach
    void open() throws Exception {
        bed = new ModelBed(directory);
        workflows = new WorkflowQueries(bed.model());
    }

    @AfterEach
    void close() throws Exception {
        bed.close();
    }

    private String version(String workflow) {
        return json(workflows.card(ACME, workflow, null)).path("version").asText();
    }

    private List<String> names(Scope scope) {
        return workflows.list(scope, new PageRequest(null, 10)).items().stream()
                .map(card -> json(card).path("workflow").asText())
                .toList();
    }

    @Test
    void theVersionIsTheOneThatAStartTakes() throws Exception {
        bed.tell(log.workflow("acme", "a", "2.0.0-rc1"));
        assertThat(version("a")).isEqualTo("2.0.0-rc1");
        bed.tell(log.workflow("acme", "a", "1.9.0"), log.workflow("acme", "a", "1.10.0"));
        assertThat(version("a")).isEqualTo("1.10.0");
        bed.tell(log.workflow("acme", "a", "1.2.0"), log.workflow("acme", "a", "2.1.0-beta"));
        assertThat(version("a")).isEqualTo("1.10.0");
        assertThat(names(ACME)).containsExactly("a");
        assertThat(json(workflows.card(ACME, "a", "1.2.0")).path("version").asText())
                .isEqualTo("1.2.0");
        assertThat(workflows.text(ACME, "a", "1.2.0")).contains("version: '1.2.0'");
    }

    @Test
    void aVersionStaysWhatItWas() throws Exception {
        bed.tell(log.workflow("acme", "a", "1.0.0"));
        String digest = json(workflows.card(ACME, "a", null)).path("digest").asText();
        bed.tell(log.workflow("acme", "a", "1.0.0", "  summary: another text"));
        assertThat(json(workflows.card(ACME, "a", null)).path("digest").asText())
                .isEqualTo(digest);
    }

    @Test
    void whatTheJobRefusesIsNotThere() throws Exception {
        SourceRecord good = log.workflow("acme", "a", "1.0.0");
        bed.tell(
                log.workflow("acme", "bad", "1.0.0", "input: {schema: {document: {type: nonsense}}}"),
                log.record(Topics.WORKFLOW_DEFINITIONS, "another key", good.value(), List.of()),
                log.tombstone(Topics.WORKFLOW_DEFINITIONS, "acme/a/1.0.0/x"),
                log.record(Topics.WORKFLOW_DEFINITIONS, "x", TestRecords.JSON.createObjectNode()));
        assertThat(names(ACME)).isEmpty();
        assertThat(bed.model().skipped()).isEqualTo(3);
    }

    @Test
    void tenantsHaveTheirOwn() throws Exception {
        bed.tell(log.workflow("acme", "a", "1.0.0"), log.workflow("beta", "b", "1.0.0"));
        assertThat(names(ACME)).containsExactly("a");
        assertThat(workflows.card(ACME, "b", null)).isNull();
        assertThat(workflows.text(ACME, "b", "1.0.0")).isNull();
    }

    @Test
    void whoeverStartsOneIsToldWhatItTakes() throws Exception {
        bed.tell(log.workflow(
                "acme", "a", "1.0.0", "  summary: What it does", "input: {schema: {document: {type: object}}}"));
        assertThat(json(workflows.card(ACME, "a", null))
                        .at("/input_schema/type")
                        .asText())
                .isEqualTo("object");
        assertThat(json(workflows.card(ACME, "a", null)).path("summary").asText())
                .isEqualTo("What it does");
    }
}
