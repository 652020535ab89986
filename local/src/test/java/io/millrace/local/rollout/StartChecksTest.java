package io.millrace.local.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.rollout.Readiness.Answer;
import io.millrace.logic.rollout.Readiness.Verdict;
import io.millrace.schema.slo.SloStatus;
import io.millrace.schema.wire.SourceRecord;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartChecksTest {
    private static final Instant NOW = Instant.parse("2026-12-02T07:02:00Z");

    /** A group that has stopped, with an alert and something left of its budget. */
    private static String example() throws Exception {
        try (InputStream in = SloStatus.class.getResourceAsStream("/examples/slo.status.v1.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static SloStatus status(String json) throws Exception {
        return SloStatus.read(
                new SourceRecord("slo-status", 0, 0, 0, null, json.getBytes(StandardCharsets.UTF_8), List.of()));
    }

    private static String quiet(String group) throws Exception {
        return example()
                .replace("\"group\": \"billing\"", "\"group\": \"" + group + "\"")
                .replace("\"verdict\": \"stopped\"", "\"verdict\": \"warning\"")
                .replace("[\"page\"]", "[]");
    }

    @Test
    void whatSpeaksAgainstItIsNamed() throws Exception {
        SloStatus spent = status(example().replace("\"budget_left\": 0.9831", "\"budget_left\": -0.2"));

        assertThat(StartChecks.ofGroups(List.of(spent), List.of(), NOW))
                .containsExactly(
                        Answer.noGo("lag", "billing is stopped in orders"),
                        Answer.noGo("budgets", "nothing is left of billing-is-fresh (billing in orders)"),
                        Answer.noGo("alerts", "an alert is open of billing-is-fresh (billing in orders)"));
    }

    @Test
    void aGroupThatOnlyFallsBehindIsNoReason() throws Exception {
        assertThat(StartChecks.ofGroups(List.of(status(quiet("billing"))), List.of(), NOW))
                .containsExactly(
                        Answer.go("lag", "all of 1 consumer group read on"),
                        Answer.go("budgets", "all right by 1 objective"),
                        Answer.go("alerts", "all right by 1 objective"));
    }

    @Test
    void onlyTheGroupsThatAreNamedCount() throws Exception {
        List<SloStatus> both = List.of(status(example()), status(quiet("mail")));

        assertThat(StartChecks.ofGroups(both, List.of("mail"), NOW)).allMatch(answer -> answer.verdict() == Verdict.GO);
        assertThat(StartChecks.ofGroups(both, List.of("mail", "male"), NOW))
                .extracting(Answer::detail)
                .containsOnly("nothing is known of group male");
    }

    @Test
    void whatIsNotToldAnyMoreIsNotKnown() throws Exception {
        assertThat(StartChecks.ofGroups(List.of(), List.of(), NOW))
                .hasSize(StartChecks.GROUPS.size())
                .allMatch(answer -> answer.verdict() == Verdict.UNKNOWN);
        assertThat(StartChecks.ofGroups(List.of(status(quiet("billing"))), List.of(), NOW.plusSeconds(600)))
                .allMatch(answer -> answer.detail().startsWith("the job slo has told nothing for "));
    }
}
