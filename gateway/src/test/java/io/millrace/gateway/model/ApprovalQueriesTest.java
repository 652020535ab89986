package io.millrace.gateway.model;

import static io.millrace.gateway.TestRecords.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.gateway.TestRecords;
import io.millrace.gateway.model.ApprovalQueries.Viewer;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApprovalQueriesTest {
    private static final Scope ACME = Scope.of("acme");

    @TempDir
    Path directory;

    private final TestRecords log = new TestRecords();
    private ModelBed bed;
    private ApprovalQueries approvals;

    @BeforeEach
    void open() throws Exception {
        bed = new ModelBed(directory);
        approvals = new ApprovalQueries(bed.model());
    }

    @AfterEach
    void close() throws Exception {
        bed.close();
    }

    private JsonNode find(String request) {
        return json(approvals.find(ACME, Viewer.OF_ALL, request));
    }

    private SourceRecord decision(String request, String by, String text) {
        return log.record(
                Topics.APPROVAL_DECISIONS,
                "r",
                TestRecords.example("approval.decided")
                        .put("tenant", "acme")
                        .put("run_id", "r")
                        .put("request_id", request)
                        .put("by", by)
                        .set("data", TestRecords.JSON.createObjectNode().put("text", text)));
    }

    @Test
    void anApprovalStaysSmallHoweverMuchItsDecisionsSay() throws Exception {
        List<SourceRecord> decisions = new ArrayList<>();
        for (int i = 0; i < ApprovalFeed.KEPT_DECISIONS; i++) {
            decisions.add(decision("q", "by-" + i, i == 0 ? "a few words" : "x".repeat(240_000)));
        }
        bed.tell(log.approval("acme", "r", "q")).tell(decisions);

        assertThat(bed.model().skipped()).isZero();
        assertThat(approvals.find(ACME, Viewer.OF_ALL, "q").length).isLessThan(1 << 20);
        JsonNode shown = find("q").path("decisions");
        assertThat(shown).hasSize(ApprovalFeed.KEPT_DECISIONS);
        assertThat(shown.get(0).path("data").path("text").asText()).isEqualTo("a few words");
        assertThat(shown.get(1).path("by").asText()).isEqualTo("by-1");
        assertThat(shown.get(1).has("data")).isFalse();
    }

    @Test
    void anOpenApprovalSaysWhatItsRunWaitsFor() throws Exception {
        bed.tell(log.waitingRun("acme", "r", 2, "q"), log.approval("acme", "r", "q"));

        assertThat(find("q").path("open").asBoolean()).isTrue();
        assertThat(find("q").path("message").asText()).isEqualTo("Release r?");
    }

    @Test
    void twoRunsThatWaitWithOneTokenAreBothListed() throws Exception {
        bed.tell(
                log.waitingRun("acme", "r1", 2, "q"),
                log.waitingRun("acme", "r2", 2, "q"),
                log.waitingRun("acme", "r3", 2, "q"));

        List<String> runs = new ArrayList<>();
        String cursor = null;
        do {
            Page page = approvals.open(ACME, Viewer.OF_ALL, new PageRequest(cursor, 1));
            page.items().forEach(item -> runs.add(json(item).path("run_id").asText()));
            cursor = page.next();
        } while (cursor != null);
        assertThat(runs).containsExactly("r1", "r2", "r3");
    }

    @Test
    void ofDecisionsAboutNoRequestTheLatestAreKept() throws Exception {
        List<SourceRecord> decisions = strays(ApprovalFeed.KEPT_STRAY + 10);
        bed.tell(decisions.subList(0, 500)).tell(decisions.subList(500, decisions.size()));

        assertThat(bed.dump().get("decisions"))
                .hasSize(ApprovalFeed.KEPT_STRAY)
                .noneMatch(row -> row.contains("|none-9|"))
                .anyMatch(row -> row.contains("|none-10|"));
    }

    private List<SourceRecord> strays(int count) {
        List<SourceRecord> decisions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            decisions.add(log.decision("acme", "r", "none-" + i, "eve"));
        }
        return decisions;
    }

    @Test
    void decisionsAboutARequestThatComesLaterAreItsOwn() throws Exception {
        bed.tell(log.decision("acme", "r", "q", "ada"))
                .tell(log.approval("acme", "r", "q"))
                .tell(strays(ApprovalFeed.KEPT_STRAY + 1));

        assertThat(find("q").path("decisions")).hasSize(1);
    }

    @Test
    void decisionsAboutARequestThatIsNotKeptAnyMoreGo() throws Exception {
        bed.tell(log.approval("acme", "r", "a"), log.decision("acme", "r", "a", "ada"));
        List<SourceRecord> requests = new ArrayList<>();
        for (int i = 0; i < ApprovalFeed.KEPT_REQUESTS; i++) {
            requests.add(log.approval("acme", "r", "q-" + i));
        }
        bed.tell(requests).tell(strays(ApprovalFeed.KEPT_STRAY));

        assertThat(bed.dump().get("requests")).hasSize(ApprovalFeed.KEPT_REQUESTS);
        assertThat(bed.dump().get("decisions")).hasSize(ApprovalFeed.KEPT_STRAY).noneMatch(row -> row.contains("|a|"));
    }
}
