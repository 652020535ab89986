package io.millrace.chaos.workload;

/**
 * A record to be published.
 *
 * @param at when, milliseconds after the start of the episode
 */
public record Publication(int at, String topic, Event event) {}
