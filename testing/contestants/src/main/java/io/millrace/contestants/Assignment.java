package io.millrace.contestants;

import java.nio.file.Path;

/**
 * What a contestant is to do in one run.
 *
 * @param input the topic of events, keyed by user
 * @param output the topic of views; its name is unique, so that groups and applications may be named after it
 * @param directory for state; there is none yet
 * @param slots how many threads, or subtasks, do the work
 */
public record Assignment(String bootstrapServers, String input, String output, Path directory, int slots) {}
