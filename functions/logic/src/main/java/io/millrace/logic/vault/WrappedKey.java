package io.millrace.logic.vault;

/**
 * A data key as it may be written.
 *
 * @param masterKey the id of the master key that wrapped it, at most {@value #MOST_ID} characters
 * @param bytes what only that key unwraps
 */
public record WrappedKey(String masterKey, byte[] bytes) {
    public static final int MOST_ID = 200;
    /** As many as RSA with 4096 bits gives. */
    public static final int MOST_BYTES = 512;
}
