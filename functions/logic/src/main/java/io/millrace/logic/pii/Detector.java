package io.millrace.logic.pii;

/** Knows one kind of personal data. Reads no more than a bounded number of characters around a place. */
interface Detector {
    /**
     * @param at where the first character, or another one that tells, stands
     * @return null when there is none
     */
    PiiSpan find(Text text, int at);
}
