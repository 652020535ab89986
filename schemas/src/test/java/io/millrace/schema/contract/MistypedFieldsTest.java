package io.millrace.schema.contract;

import static io.millrace.schema.contract.Mutation.CREATED;
import static io.millrace.schema.contract.Mutation.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.wire.RejectedEventException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Texts two keystrokes away from a good one: the schemas' patterns and the reader's own parsers judge them alike. */
class MistypedFieldsTest {

    @Property(tries = 3000)
    void aMistypedDateTime(@ForAll("keystrokesOnDates") Keystroke one, @ForAll("keystrokesOnDates") Keystroke two) {
        assertAgree("/due_at", two.on(one.on("2026-12-31T23:59:59.123+01:00")));
    }

    @Property(tries = 2000)
    void aMistypedLocalDateTime(
            @ForAll("keystrokesOnDates") Keystroke one, @ForAll("keystrokesOnDates") Keystroke two) {
        assertAgree("/recurrence/dtstart", two.on(one.on("2026-02-28T09:00:00")));
    }

    @Property(tries = 2000)
    void aMistypedDuration(
            @ForAll("keystrokesOnDurations") Keystroke one, @ForAll("keystrokesOnDurations") Keystroke two) {
        assertAgree("/recurrence/catch_up", two.on(one.on("P10DT2H30M5.5S")));
    }

    @Property(tries = 2000)
    void aMistypedTaskId(@ForAll("keystrokesOnIds") Keystroke one, @ForAll("keystrokesOnIds") Keystroke two) {
        assertAgree("/task_id", two.on(one.on("t~20270101T090000")));
    }

    @Provide
    Arbitrary<Keystroke> keystrokesOnDates() {
        return keystrokes("0123456789-:.+TZtz ");
    }

    @Provide
    Arbitrary<Keystroke> keystrokesOnDurations() {
        return keystrokes("0123456789.PTDHMSW ");
    }

    @Provide
    Arbitrary<Keystroke> keystrokesOnIds() {
        return keystrokes("09T~tZ \u00e9");
    }

    private static Arbitrary<Keystroke> keystrokes(String keys) {
        return Combinators.combine(
                        Arbitraries.of(Edit.class),
                        Arbitraries.integers().between(0, 30),
                        Arbitraries.chars().with(keys))
                .as(Keystroke::new);
    }

    enum Edit {
        REPLACE,
        INSERT,
        DELETE
    }

    /** What a finger does to a text; {@code at} wraps round when the text is shorter. */
    record Keystroke(Edit edit, int at, char key) {

        String on(String text) {
            if (text.isEmpty()) {
                return text;
            }
            int position = at % text.length();
            return text.substring(0, position)
                    + (edit == Edit.DELETE ? "" : key)
                    + text.substring(edit == Edit.INSERT ? position : position + 1);
        }
    }

    private static void assertAgree(String field, String text) {
        // A recurrence would be refused for any id of an occurrence.
        Mutation mutation = field.equals("/task_id")
                ? set(CREATED, field, '"' + text + '"').andWithout("/recurrence")
                : set(CREATED, field, '"' + text + '"');
        RejectedEventException rejection = mutation.rejection();
        if (rejection == null || !needsTheCalendarOrASum(rejection)) {
            assertThat(mutation.isValidBySchema())
                    .as("%s, reader: %s", text, rejection)
                    .isEqualTo(rejection == null);
        }
    }

    /** See {@link ReaderAgreementTest#onlyTheReaderCanJudge()}. */
    private static boolean needsTheCalendarOrASum(RejectedEventException rejection) {
        return rejection.getMessage().contains("there is no such date")
                || rejection.getMessage().contains("must be between PT0S and P366D");
    }
}
