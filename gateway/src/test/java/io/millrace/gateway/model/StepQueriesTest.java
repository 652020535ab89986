package io.millrace.gateway.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.TestRecords;
import io.millrace.schema.wire.SourceRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepQueriesTest {
    private static final Scope ACME = Scope.of("acme");

    @TempDir
    Path directory;

    private final TestRecords log = new TestRecords();
    private ModelBed bed;

    @BeforeEach
    void open() throws Exception {
        bed = new ModelBed(directory);
    }

    @AfterEach
    void close() throws Exception {
        bed.close();
    }

    private SourceRecord begin(String run, String at) {
        return log.step("acme", run, 1, "run_started", null, event -> event.put("occurred_at", at));
    }

    private SourceRecord step(String run, long number, String change, String step) {
        return log.step("acme", run, number, change, step, event -> {});
    }

    private List<String> states(String run) {
        return new StepQueries(bed.model())
                .list(ACME, run).stream()
                        .map(step -> step.path("step").asText()
                                + step.path("iteration").asText() + " "
                                + step.path("state").asText())
                        .toList();
    }

    @Test
    void ofEachStepTheLatestStateCounts() throws Exception {
        bed.tell(
                begin("r", "2026-12-01T08:00:00Z"),
                step("r", 2, "step_started", "/do/0/a"),
                step("r", 3, "step_completed", "/do/0/a"),
                step("r", 4, "step_started", "/do/1/b"),
                log.step("acme", "r", 5, "step_retried", "/do/1/b", event -> event.put("attempt", 2)),
                log.step("acme", "r", 6, "step_failed", "/do/1/b", event -> event.put("attempt", 2)
                        .put("duration_ms", 40)
                        .putObject("error")
                        .put("type", "t")
                        .put("status", 503)
                        .put("detail", "no answer")),
                step("r", 7, "cost_settled", "/do/1/b"));

        assertThat(states("r")).containsExactly("/do/0/a completed", "/do/1/b failed");
        var failed = new StepQueries(bed.model()).list(ACME, "r").get(1);
        assertThat(failed.path("attempts").asInt()).isEqualTo(2);
        assertThat(failed.path("duration_ms").asInt()).isEqualTo(40);
        assertThat(failed.path("detail").asText()).isEqualTo("no answer");
        assertThat(new StepQueries(bed.model()).version(ACME, "r")).isEqualTo(7);
        assertThat(new StepQueries(bed.model()).list(Scope.of("beta"), "r")).isEmpty();
    }

    @Test
    void anEventThatComesAgainChangesNothing() throws Exception {
        bed.tell(begin("r", "2026-12-01T08:00:00Z"), step("r", 2, "step_started", "/do/0/a"));
        bed.tell(step("r", 3, "step_completed", "/do/0/a"), step("r", 2, "step_started", "/do/0/a"));

        assertThat(states("r")).containsExactly("/do/0/a completed");
    }

    @Test
    void roundsOfALoopAreToldApart() throws Exception {
        bed.tell(
                begin("r", "2026-12-01T08:00:00Z"),
                log.step("acme", "r", 2, "step_completed", "/do/0/l/do/0/a", event -> event.put("iteration", "0")),
                log.step("acme", "r", 3, "step_started", "/do/0/l/do/0/a", event -> event.put("iteration", "1")));

        assertThat(states("r")).containsExactly("/do/0/l/do/0/a0 completed", "/do/0/l/do/0/a1 started");
    }

    @Test
    void anotherRunUnderAnIdBeginsAnew() throws Exception {
        bed.tell(begin("r", "2026-12-01T08:00:00Z"), step("r", 2, "step_started", "/do/0/a"));
        bed.tell(begin("r", "2026-12-05T08:00:00Z"), step("r", 2, "step_started", "/do/0/z"));

        assertThat(states("r")).containsExactly("/do/0/z started");
    }

    @Test
    void ofARunWhoseBeginningIsNotKnownNothingIsTold() throws Exception {
        bed.tell(step("r", 5, "step_started", "/do/0/a"));

        assertThat(states("r")).isEmpty();
    }

    @Test
    void theFirstStepsOfALongRunAreKeptAndTheLatestRuns() throws Exception {
        List<SourceRecord> records = new ArrayList<>();
        records.add(begin("long", "2026-12-01T07:00:00Z"));
        for (int i = 0; i < StepFeed.KEPT_STEPS + 5; i++) {
            records.add(step("long", i + 2, "step_started", "/do/" + i + "/a"));
        }
        bed.tell(records);
        assertThat(states("long")).hasSize(StepFeed.KEPT_STEPS).contains("/do/0/a started");

        records.clear();
        for (int i = 0; i < StepFeed.KEPT_RUNS; i++) {
            records.add(begin("r-" + i, TestRecords.START.plusSeconds(i).toString()));
        }
        bed.tell(records).tell(step("long", 9_999, "step_completed", "/do/0/a"));
        assertThat(states("long")).isEmpty();
        assertThat(bed.dump().get("histories")).hasSize(StepFeed.KEPT_RUNS);
    }
}
