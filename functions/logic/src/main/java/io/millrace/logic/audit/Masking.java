package io.millrace.logic.audit;

/** Puts tokens in the place of personal data. */
public interface Masking {

    /** @param text not null */
    String text(String text);

    /** @param value of a record, JSON or anything else */
    String value(byte[] value);
}
