package io.millrace.logic.vault;

/**
 * Random bytes that nobody can guess, for keys and nonces alone. They decide nothing: what leaves the vault, tokens and
 * texts, follows from what came, so that it is the same when it is decided again.
 */
@FunctionalInterface
public interface Entropy {

    /** New ones at each call. */
    byte[] next(int bytes);
}
