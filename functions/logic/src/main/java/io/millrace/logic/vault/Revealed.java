package io.millrace.logic.vault;

/** A text with values in place of tokens, and what became of its tokens. */
public record Revealed(String text, TokenCounts tokens) {}
