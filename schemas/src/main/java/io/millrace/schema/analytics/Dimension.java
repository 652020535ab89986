package io.millrace.schema.analytics;

/**
 * By what a table's rows are told apart, besides tenant and time.
 *
 * @param name in snake_case; its column
 * @param description for whoever queries it
 */
public record Dimension(String name, String description) {}
