package io.millrace.logic.vault;

import java.util.function.UnaryOperator;

/**
 * Where the texts are in what comes to a vault: it knows no events itself. Without state.
 *
 * @param <E> what comes from outside, in the clear
 * @param <R> what goes outside, with tokens
 */
public interface VaultTexts<E, R> {

    VaultOwner ownerOf(E event);

    /** Whether it says that nothing of the conversation may be remembered. */
    boolean erases(E event);

    /** The same with tokens, in every text that somebody wrote. */
    E conceal(E event, UnaryOperator<String> concealer);

    VaultOwner ownerOfReply(R reply);

    /** Of a reply, as in {@code fr-CA}; may be null. */
    String languageOf(R reply);

    /** The same with values, in every text that the customer is shown. */
    R reveal(R reply, UnaryOperator<String> revealer);
}
