package io.millrace.schema.analytics;

/**
 * One figure of a table.
 *
 * @param name in snake_case; its column, or what its columns begin with
 * @param description for whoever queries it
 */
public record Figure(String name, Kind kind, String description) {

    /** How what happened adds up. */
    public enum Kind {
        /** A sum of amounts. */
        SUM,
        /** How values are distributed: how many there are, quantiles, the largest, and bins that can be added up. */
        DISTRIBUTION
    }

    /** The column of a part of a distribution, such as {@code late_by_ms_p50}. */
    public String part(String part) {
        return name + '_' + part;
    }

    static Figure sum(String name, String description) {
        return new Figure(name, Kind.SUM, description);
    }

    static Figure distribution(String name, String description) {
        return new Figure(name, Kind.DISTRIBUTION, description);
    }
}
