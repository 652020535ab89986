package io.millrace.gateway.log;

/** Where a record is in the log. */
public record LogPosition(String topic, int partition, long offset) {

    /** {@code topic:partition:offset}. */
    @Override
    public String toString() {
        return topic + ":" + partition + ":" + offset;
    }

    /** The position of that form; null when it is none. */
    public static LogPosition parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3
                || parts[0].isEmpty()
                || !parts[1].matches("[0-9]{1,9}")
                || !parts[2].matches("[0-9]{1,18}")) {
            return null;
        }
        return new LogPosition(parts[0], Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
    }
}
