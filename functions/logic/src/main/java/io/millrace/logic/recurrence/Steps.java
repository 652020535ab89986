package io.millrace.logic.recurrence;

/**
 * Counts what is looked at to compile a rule or to answer a question: times, and months, days and longer periods in
 * which there are none. The same question always takes the same steps.
 */
final class Steps {

    /** What a recurrence may take when it is given; each is a fraction of a microsecond. */
    static final int MAX_GIVEN = 20_000;

    private final int limit;
    private String field;
    private int taken;

    private Steps(String field, int limit) {
        this.field = field;
        this.limit = limit;
    }

    /** To be refused when there are too many. */
    static Steps ofGiven() {
        return new Steps("recurrence", MAX_GIVEN);
    }

    /**
     * Of a recurrence that is followed already. There is an end to them too: of two days one at most is looked at in
     * vain, to the end of all series.
     */
    static Steps ofFollowed() {
        return new Steps("recurrence", Integer.MAX_VALUE);
    }

    /** Those from now on are for the sake of that field. */
    void about(String newField) {
        field = newField;
    }

    void take() {
        taken++;
        if (taken > limit) {
            throw new InvalidRecurrenceException(
                    field,
                    "takes more than " + limit + " steps to work out, each a time or a period that is looked at; give a"
                            + " rule whose parts agree more often, a smaller COUNT or fewer dates");
        }
    }

    int taken() {
        return taken;
    }
}
