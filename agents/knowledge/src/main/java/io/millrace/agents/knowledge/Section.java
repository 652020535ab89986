package io.millrace.agents.knowledge;

/**
 * A part of a document under a heading.
 *
 * @param heading empty for what comes before the first one
 * @param text without marks; a line for each paragraph and entry of a list
 */
record Section(String heading, String text) {}
