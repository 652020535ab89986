package io.millrace.gateway.model;

/**
 * By what a list of tasks is sorted.
 *
 * @param descending the last first
 */
public record TaskSort(Key key, boolean descending) {

    /** What tasks can be sorted by. */
    public enum Key {
        /** Those without a due date are the last. */
        DUE("due"),
        /** {@code P1} first, those without one last. */
        PRIORITY("priority"),
        TITLE("title"),
        CREATED("created"),
        UPDATED("updated"),
        STATUS("status");

        private final String column;

        Key(String column) {
            this.column = column;
        }

        public String wireName() {
            return column;
        }
    }

    Order order() {
        return new Order(key.column, descending);
    }
}
