package io.millrace.gateway.model;

/** A partition of a topic. */
public record LogPartition(String topic, int partition) {}
