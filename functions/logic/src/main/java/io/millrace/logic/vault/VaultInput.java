package io.millrace.logic.vault;

/**
 * What comes to a vault: one of the two, the other is null.
 *
 * @param event from outside, in the clear
 * @param reply for the customer, with tokens
 */
public record VaultInput<E, R>(E event, R reply) {

    public static <E, R> VaultInput<E, R> event(E event) {
        return new VaultInput<>(event, null);
    }

    public static <E, R> VaultInput<E, R> reply(R reply) {
        return new VaultInput<>(null, reply);
    }
}
