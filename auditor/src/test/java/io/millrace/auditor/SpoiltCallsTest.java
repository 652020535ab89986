package io.millrace.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.wire.WireHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random histories of calls: clean as they are, and with one thing spoilt, reported for that. */
class SpoiltCallsTest {
    private static final int SEEDS = 40;
    private static final int STEPS = 60;
    private static final long END = 100 * 3_600_000L;
    private static final CallAuditSettings CRASH_FREE = CallAuditSettings.of(AuditSettings.crashFree());

    /** One thing that may go wrong, and what it is. */
    enum Spoiler {
        RESULT_DROPPED(OffenceKind.LOST, (h, r) -> h.results.remove(r.nextInt(h.results.size()))),
        RESULT_DELAYED(OffenceKind.LOST, (h, r) -> any(h.results, r, e -> true).at += 3_600_000),
        RESULT_REPEATED(
                OffenceKind.TWICE,
                (h, r) -> h.results.add(any(h.results, r, e -> true).copy())),
        RESULT_CONTRADICTED(OffenceKind.TWICE, (h, r) -> {
            History.Entry again = any(h.results, r, SpoiltCallsTest::isOk).copy();
            h.results.add(change(again, json -> json.put("output", "another answer")));
        }),
        RESULT_MISNAMED(
                OffenceKind.WRONG,
                (h, r) -> change(
                        any(h.results, r, e -> true),
                        json -> json.put(
                                "event_id",
                                UUID.nameUUIDFromBytes(new byte[] {1}).toString()))),
        RESULT_OF_NO_CALL(OffenceKind.WRONG, (h, r) -> h.result(END / 2, "unheard-of", "steady", "OK", null, 1)),
        RESULT_UNREADABLE(OffenceKind.WRONG, (h, r) -> any(h.results, r, e -> true).value = new byte[] {'{'}),
        RESULT_OF_UNKNOWN_STATUS(
                OffenceKind.WRONG, (h, r) -> change(any(h.results, r, e -> true), json -> json.put("status", "MAYBE"))),
        RESULT_WITH_AND_WITHOUT_ERROR(
                OffenceKind.WRONG,
                (h, r) -> change(any(h.results, r, SpoiltCallsTest::isOk), json -> json.putObject("error")
                        .put("code", "agent_failed"))),
        RESULT_WITHOUT_OUTPUT(
                OffenceKind.WRONG,
                (h, r) -> change(any(h.results, r, SpoiltCallsTest::isOk), json -> json.remove("output"))),
        RESULT_WITH_OUTPUT_THOUGH_REFUSED(
                OffenceKind.WRONG,
                (h, r) -> change(
                        any(h.results, r, e -> !isOk(e) && !status(e, "DEGRADED")), json -> json.put("output", 1))),
        RESULT_WITHOUT_REASON(
                OffenceKind.WRONG, (h, r) -> change(any(h.results, r, e -> !isOk(e)), json -> json.remove("error"))),
        RESULT_WITH_ANOTHER_REASON(
                OffenceKind.WRONG,
                (h, r) -> change(any(h.results, r, e -> status(e, "REFUSED")), json -> json.putObject("error")
                        .put("code", "unreachable"))),
        RESULT_OF_ANOTHER_AGENT(
                OffenceKind.WRONG,
                (h, r) -> change(any(h.results, r, e -> true), json -> json.put("agent", "stranger"))),
        RESULT_BEFORE_ITS_CALL(OffenceKind.WRONG, (h, r) -> any(h.results, r, e -> true).at = 0),
        RESULT_CACHED_AND_PAID_FOR(
                OffenceKind.WRONG,
                (h, r) -> change(
                        any(h.results, r, e -> e.json().get("attempts").asInt() > 0 && isOk(e)),
                        json -> json.put("cached", true))),
        RESULT_CACHED_THOUGH_UNWANTED(
                OffenceKind.WRONG,
                (h, r) -> change(
                        any(h.results, r, e -> e.json().get("attempts").asInt() > 0 && isOk(e)),
                        json -> json.put("cached", true).put("attempts", 0).put("cost_micros", 0))),
        RESULTS_BILL_MORE_THAN_WAS_SPENT(
                OffenceKind.WRONG,
                (h, r) -> change(any(h.results, r, SpoiltCallsTest::isOk), json -> json.put("cost_micros", 1_000_000))),
        TIMEOUT_HASTENED(OffenceKind.EARLY, (h, r) -> any(h.results, r, e -> status(e, "TIMED_OUT")).at -= 900),
        OUTCOME_REPEATED(
                OffenceKind.TWICE,
                (h, r) -> h.outcomes.add(any(h.outcomes, r, e -> true).copy())),
        OUTCOME_DROPPED(
                OffenceKind.WRONG,
                (h, r) -> h.outcomes.remove(any(
                        h.outcomes,
                        r,
                        e -> !attempt(e).contains("#2.") && !attempt(e).contains("@") && status(e, "OK")))),
        OUTCOME_OF_AN_EARLIER_ATTEMPT_DROPPED(
                OffenceKind.WRONG, (h, r) -> h.outcomes.remove(any(h.outcomes, r, e -> status(e, "RETRYABLE")))),
        OUTCOME_UNDER_THE_KEY_OF_NO_CALL(
                OffenceKind.WRONG,
                (h, r) -> change(
                        any(h.outcomes, r, e -> true),
                        json -> json.put("attempt_id", CallHistory.keyOf("unheard-of") + "#1.0123abcd"))),
        OUTCOME_UNDER_THE_KEY_OF_ANOTHER_CALL(OffenceKind.WRONG, (h, r) -> {
            History.Entry one = any(h.outcomes, r, e -> status(e, "OK"));
            History.Entry other = any(h.outcomes, r, e -> status(e, "OK") && !sameKey(e, one));
            change(one, json -> json.put("attempt_id", attempt(other).replaceAll("#.*", "#9.0123abcd")));
        }),
        OUTCOME_OF_ANOTHER_TENANT(
                OffenceKind.WRONG, (h, r) -> change(any(h.outcomes, r, e -> true), json -> json.put("tenant", "acme"))),
        OUTCOME_OF_AN_AGENT_NOBODY_CALLED(
                OffenceKind.WRONG,
                (h, r) -> change(
                        any(h.outcomes, r, e -> !attempt(e).contains("@")), json -> json.put("agent", "stranger"))),
        OUTCOME_UNREADABLE(OffenceKind.DLQ, (h, r) -> any(h.outcomes, r, e -> true).value = new byte[] {'{'}),
        REGISTRATION_UNREADABLE(OffenceKind.DLQ, (h, r) -> h.registry.add(new History.Entry(500, new byte[] {'{'}))),
        TENANT_OVERSPENT(
                OffenceKind.OVERSPENT,
                (h, r) -> change(any(h.outcomes, r, e -> true), json -> json.put("cost_micros", 1_000_000))),
        AGENT_OVERSPENT(OffenceKind.OVERSPENT, (h, r) -> {
            h.registry.clear();
            h.registered("steady", CallHistory.COST);
        }),
        DEAD_LETTER_DROPPED(
                OffenceKind.DLQ,
                (h, r) -> h.deadLetters.remove(any(
                        h.deadLetters, r, e -> header(e, WireHeaders.ERROR_CODE).equals("missing_field")))),
        DEAD_LETTER_REPEATED(
                OffenceKind.DLQ,
                (h, r) -> h.deadLetters.add(any(h.deadLetters, r, e -> true).copy())),
        DEAD_LETTER_ALTERED(OffenceKind.DLQ, (h, r) -> any(h.deadLetters, r, e -> true).value = new byte[] {1}),
        DEAD_LETTER_MISPLACED(
                OffenceKind.DLQ,
                (h, r) -> History.header(any(h.deadLetters, r, e -> true), WireHeaders.SOURCE_OFFSET, "99999")),
        DEAD_LETTER_OF_ANOTHER_TOPIC(
                OffenceKind.DLQ,
                (h, r) -> History.header(any(h.deadLetters, r, e -> true), WireHeaders.SOURCE_TOPIC, "reminders")),
        DEAD_LETTER_MISCODED(
                OffenceKind.DLQ,
                (h, r) -> History.header(any(h.deadLetters, r, e -> true), WireHeaders.ERROR_CODE, "bad_luck")),
        DEAD_LETTER_OF_A_GOOD_CALL(OffenceKind.DLQ, (h, r) -> h.deadLetter(END / 2, 0, "invalid_value"));

        private final OffenceKind kind;
        private final BiConsumer<CallHistory, Random> spoil;

        Spoiler(OffenceKind kind, BiConsumer<CallHistory, Random> spoil) {
            this.kind = kind;
            this.spoil = spoil;
        }

        private static History.Entry any(List<History.Entry> entries, Random random, Predicate<History.Entry> which) {
            List<History.Entry> some = entries.stream().filter(which).toList();
            return some.get(random.nextInt(some.size()));
        }

        private static History.Entry change(History.Entry entry, Consumer<ObjectNode> change) {
            ObjectNode json = entry.json();
            change.accept(json);
            entry.json(json);
            return entry;
        }

        private static boolean status(History.Entry entry, String status) {
            return entry.json().get("status").asText().equals(status);
        }

        private static String attempt(History.Entry entry) {
            return entry.json().get("attempt_id").asText();
        }

        private static boolean sameKey(History.Entry one, History.Entry other) {
            return attempt(one).substring(0, 36).equals(attempt(other).substring(0, 36));
        }

        private static String header(History.Entry entry, String name) {
            return new String(entry.headers.lastHeader(name).value(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    private static boolean isOk(History.Entry entry) {
        return entry.json().get("status").asText().equals("OK");
    }

    /** Just enough for the day, as long as nothing is spoilt. */
    private static CallAuditSettings withBudget(CallHistory history) {
        long spent = history.outcomes.size() * CallHistory.COST;
        return CRASH_FREE.budgets(Map.of("default", new CallAuditSettings.Budget(spent - 3, 0)), 3);
    }

    @Test
    void aHistoryAsItShouldBeIsClean() {
        for (int seed = 0; seed < SEEDS; seed++) {
            CallHistory history = CallHistory.random(seed, STEPS);

            CallAuditReport report = history.audit(withBudget(history), END);

            assertThat(report.isClean()).as("seed %d: %s", seed, report).isTrue();
            assertThat(report.results()).isEqualTo(history.results.size());
            assertThat(report.counts().duplicates()).isPositive();
            assertThat(report.costMicros()).isEqualTo(history.outcomes.size() * CallHistory.COST);
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneSpoiltRecordIsReported(Spoiler spoiler) {
        for (int seed = 0; seed < SEEDS; seed++) {
            CallHistory history = CallHistory.random(seed, STEPS);
            CallAuditSettings settings = withBudget(history);
            spoiler.spoil.accept(history, new Random(seed));

            CallAuditReport report = history.audit(settings, END);

            assertThat(report.count(spoiler.kind))
                    .as("seed %d: %s", seed, report)
                    .isPositive();
        }
    }

    @Test
    void everyKindOfOffenceOfCallsIsAmongThem() {
        assertThat(Spoiler.values())
                .extracting(spoiler -> spoiler.kind)
                .contains(
                        OffenceKind.LOST,
                        OffenceKind.TWICE,
                        OffenceKind.EARLY,
                        OffenceKind.WRONG,
                        OffenceKind.DLQ,
                        OffenceKind.OVERSPENT);
    }

    @Test
    void inSlicesTheSameIsFound() {
        for (int seed = 0; seed < SEEDS; seed++) {
            CallHistory history = CallHistory.random(seed, STEPS);
            CallAuditSettings settings = withBudget(history);
            Random random = new Random(seed);
            for (Spoiler spoiler : List.of(
                    Spoiler.RESULT_DROPPED,
                    Spoiler.RESULT_REPEATED,
                    Spoiler.TIMEOUT_HASTENED,
                    Spoiler.TENANT_OVERSPENT,
                    Spoiler.DEAD_LETTER_DROPPED)) {
                spoiler.spoil.accept(history, random);
            }

            CallAuditReport whole = history.audit(settings, END);
            CallAuditReport slices = IntStream.range(0, 3)
                    .mapToObj(
                            slice -> history.audit(settings.with(settings.run().slice(slice, 3)), END))
                    .reduce(CallAuditReport::and)
                    .orElseThrow();

            assertThat(slices.counts()).as("seed %d", seed).isEqualTo(whole.counts());
            assertThat(slices.offences()).containsExactlyInAnyOrderElementsOf(whole.offences());
            assertThat(whole.count(OffenceKind.OVERSPENT)).isEqualTo(1);
        }
    }

    @Test
    void whatACrashSendsAgainIsNoOffence() {
        for (int seed = 0; seed < SEEDS; seed++) {
            CallHistory history = CallHistory.random(seed, STEPS);
            for (List<History.Entry> topic : List.of(history.results, history.outcomes, history.deadLetters)) {
                List.copyOf(topic).stream()
                        .skip(topic.size() / 2)
                        .map(History.Entry::copy)
                        .forEach(topic::add);
            }

            CallAuditReport report =
                    history.audit(CallAuditSettings.of(AuditSettings.withCrashes(Duration.ofMinutes(1))), END);

            assertThat(report.isClean()).as("seed %d: %s", seed, report).isTrue();
            assertThat(report.counts().redelivered()).isPositive();
            assertThat(history.audit(CRASH_FREE, END).count(OffenceKind.TWICE)).isPositive();
        }
    }
}
