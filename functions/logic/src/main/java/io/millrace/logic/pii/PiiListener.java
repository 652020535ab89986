package io.millrace.logic.pii;

/** Told of personal data as it is replaced: for whoever has to put it back. */
@FunctionalInterface
public interface PiiListener {

    /** @param value as it was written; values that are one thing have one token, however they are written */
    void found(PiiType type, String token, String value);
}
