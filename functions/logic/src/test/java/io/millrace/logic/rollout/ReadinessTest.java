package io.millrace.logic.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.rollout.Readiness.Answer;
import io.millrace.logic.rollout.Readiness.Verdict;
import io.millrace.schema.rollout.HealthCounted;
import io.millrace.schema.rollout.RolloutDefined;
import io.millrace.schema.rollout.RolloutPhase;
import io.millrace.schema.rollout.RolloutStatus;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadinessTest {
    /** A Tuesday, at noon. */
    private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");

    private static final byte[] KEY = "checkout-v2".getBytes(StandardCharsets.UTF_8);
    private static final String FLAG =
            "{\"state\":\"ENABLED\",\"variants\":{\"new\":true,\"old\":false},\"defaultVariant\":\"old\"}";

    private String fields =
            "\"windows\":\"Mon-Thu 08:00-18:00\",\"after\":[{\"flag\":\"payments\",\"variant\":\"new\"}],\"health\":{\"sources\":[{\"name\":\"checkout-service\"}]}";
    private RolloutStatus status = status("checkout-v2", RolloutPhase.PLANNED, false);
    private final Map<String, String> flags = new HashMap<>();
    private List<HealthCounted> counted = List.of(counted("checkout-service", "old", NOW.minusSeconds(120)));
    private Instant now = NOW;

    @BeforeEach
    void flags() {
        flags.put("checkout", FLAG);
        flags.put("payments", FLAG.replace("\"defaultVariant\":\"old\"", "\"defaultVariant\":\"new\""));
    }

    private static Envelope envelope(String type) {
        return new Envelope(UUID.randomUUID(), type, NOW, Envelope.DEFAULT_TENANT, null, null);
    }

    private static RolloutStatus status(String rollout, RolloutPhase phase, boolean frozen) {
        return new RolloutStatus(
                envelope("rollout.status"),
                rollout,
                "checkout",
                phase,
                0,
                0,
                List.of(5, 100),
                0,
                NOW,
                null,
                null,
                frozen,
                false,
                List.of(),
                List.of());
    }

    private static HealthCounted counted(String source, String variant, Instant from) {
        return new HealthCounted(
                envelope("health.counted"),
                "checkout",
                source,
                from,
                60_000,
                List.of(new HealthCounted.Variant(variant, 40, 1, List.of(), Map.of(), 0, 0, 0, 0)),
                0);
    }

    private RolloutDefined defined() throws RejectedEventException {
        String event =
                """
                {"schema_version":1,"event_id":"00000000-0000-0000-0000-000000000001","event_type":"rollout.defined",
                 "occurred_at":"2026-12-01T00:00:00Z","name":"checkout-v2","flag":"checkout","to":"new","from":"old",
                 "strategy":"progressive",%s}"""
                        .formatted(fields);
        return Plan.read(new SourceRecord(
                "rollout-definitions", 0, 0, 0, KEY, event.getBytes(StandardCharsets.UTF_8), List.of()));
    }

    private Answer answer(String check) throws RejectedEventException {
        return Readiness.of(new Readiness.Known(defined(), status, flags, counted, now.toEpochMilli())).stream()
                .filter(answer -> answer.check().equals(check))
                .findFirst()
                .orElseThrow();
    }

    private void isNoGo(String check, String detail) throws RejectedEventException {
        assertThat(answer(check)).isEqualTo(Answer.noGo(check, detail));
    }

    @Test
    void whatIsAskedIsListed() throws Exception {
        assertThat(Readiness.of(new Readiness.Known(defined(), status, flags, counted, now.toEpochMilli())))
                .extracting(Answer::check)
                .isEqualTo(Readiness.CHECKS);
    }

    @Test
    void nothingSpeaksAgainstIt() throws Exception {
        assertThat(Readiness.of(new Readiness.Known(defined(), status, flags, counted, now.toEpochMilli())))
                .containsExactly(
                        Answer.go("phase", "planned"),
                        Answer.go("flag", "serves \"old\" to everybody"),
                        Answer.go("frozen", "no"),
                        Answer.go("windows", "open"),
                        Answer.go("after", "all of them serve it"),
                        Answer.go("signals", "checkout-service told of 40 requests in the last 5 intervals"));
    }

    @ParameterizedTest
    @CsvSource({
        "PLANNED, GO",
        "ROLLED_BACK, GO",
        "ABORTED, GO",
        "RUNNING, NO_GO",
        "PAUSED, NO_GO",
        "COMPLETED, NO_GO",
        "STOPPED, NO_GO"
    })
    void itStartsWhereTheJobWouldStartIt(RolloutPhase phase, Verdict verdict) throws Exception {
        status = status("checkout-v2", phase, false);

        assertThat(answer("phase").verdict()).isEqualTo(verdict);
    }

    @Test
    void anotherOneOfItsFlagIsInItsWayWhileUnderWay() throws Exception {
        status = status("checkout-v1", RolloutPhase.PAUSED, false);
        isNoGo("phase", "\"checkout-v1\" of the same flag is paused");

        status = status("checkout-v1", RolloutPhase.COMPLETED, false);
        assertThat(answer("phase").verdict()).isEqualTo(Verdict.GO);
    }

    @Test
    void whatTheJobHasNotToldIsNotKnown() throws Exception {
        status = null;

        assertThat(answer("phase").verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(answer("frozen").verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void theFlagHasToHaveAPlaceForIt() throws Exception {
        flags.put("checkout", FLAG.replace("ENABLED", "DISABLED"));
        isNoGo("flag", "the flag is disabled");
        flags.put("checkout", "{\"state\":7}");
        assertThat(answer("flag").verdict()).isEqualTo(Verdict.NO_GO);
        flags.remove("checkout");
        isNoGo("flag", "there is no flag \"checkout\"");
    }

    @Test
    void itWouldWait() throws Exception {
        status = status("checkout-v2", RolloutPhase.PLANNED, true);
        isNoGo("frozen", "it is frozen");

        now = NOW.plusSeconds(8 * 3_600);
        isNoGo("windows", "it may go forward again at 2026-12-02T08:00:00Z");

        flags.put("payments", FLAG);
        isNoGo("after", "flag \"payments\" does not give everybody \"new\"");
    }

    @Test
    void whoTellsNothingOfTheOldVariantNowWillTellNothingOfTheNewOne() throws Exception {
        String silent = "checkout-service has told of no request with \"old\" in the last 5 intervals";
        counted = List.of(counted("checkout-service", "old", NOW.minusSeconds(600)));
        isNoGo("signals", silent);
        counted = List.of(counted("checkout-service", "other", NOW.minusSeconds(60)));
        isNoGo("signals", silent);
        counted = List.of(counted("another-service", "old", NOW.minusSeconds(60)));
        isNoGo("signals", silent);

        fields = "\"pace\":\"fast\"";
        assertThat(answer("signals")).isEqualTo(Answer.go("signals", "none are asked for: it goes by time alone"));
    }
}
