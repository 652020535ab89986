package io.millrace.logic.vault;

import io.millrace.logic.pii.PiiType;

/** Puts tokens in place of personal data. Null stays null. */
public interface Concealer {

    /** Of a text that may have some. */
    String text(String text);

    /** Of one that is personal data as a whole, as a name is. */
    String whole(PiiType kind, String text);
}
