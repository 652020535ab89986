package io.millrace.logic.pii;

/**
 * Where personal data stands in a text.
 *
 * @param start of its first character, inclusive
 * @param end after its last character
 */
public record PiiSpan(PiiType type, int start, int end) {}
