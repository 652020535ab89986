package io.millrace.logic.vault;

import io.millrace.logic.decision.Decider;
import io.millrace.logic.decision.Decision;
import io.millrace.logic.pii.ByTenant;
import io.millrace.logic.pii.PiiTokenizer;
import io.millrace.logic.pii.TokenKey;
import io.millrace.logic.vault.ConversationKeys.Written;
import io.millrace.logic.vault.VaultCommand.Answer;
import io.millrace.logic.vault.VaultCommand.DeleteKey;
import io.millrace.logic.vault.VaultCommand.SendOn;
import io.millrace.logic.vault.VaultCommand.WriteKey;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What becomes of personal data on its way through a conversation. What it sends follows from what came: only keys and
 * ciphertexts are random, which nobody outside sees in the clear and nothing depends on.
 *
 * @param <E> what comes from outside, in the clear
 * @param <R> what goes outside, with tokens
 */
public final class VaultDecider<E, R> implements Decider<VaultState, VaultInput<E, R>, VaultCommand<E, R>> {

    /** What becomes of what comes. */
    public enum Effect {
        /** Something was concealed in it, and is remembered. */
        CONCEALED,
        /** There was nothing to conceal. */
        PASSED,
        /** A reply has values where it had tokens. */
        REVEALED,
        /** A reply had no tokens. */
        ANSWERED,
        /** The conversation's keys were thrown away. */
        ERASED
    }

    private final VaultTexts<E, R> texts;
    private final VaultSettings settings;
    private final ConversationKeys keys;
    private final Entropy entropy;
    private final ByTenant<PiiTokenizer> tokenizers;
    private final int longestReply;

    /**
     * @param tokenKey the master key of tokens, see {@link TokenKey#of}
     * @param longestReply of a text, characters
     */
    public VaultDecider(
            VaultTexts<E, R> texts,
            VaultSettings settings,
            ConversationKeys keys,
            Entropy entropy,
            byte[] tokenKey,
            int longestReply) {
        this.texts = texts;
        this.settings = settings;
        this.keys = keys;
        this.entropy = entropy;
        this.tokenizers = new ByTenant<>(tokenKey, tokenizer -> tokenizer);
        this.longestReply = longestReply;
    }

    @Override
    public Decision<VaultState, Effect, VaultCommand<E, R>> decide(
            String key, VaultState state, VaultInput<E, R> input, long time) {
        VaultOwner owner = VaultOwner.of(key);
        if (input.event() == null) {
            return answer(owner, state, input.reply(), time);
        }
        return texts.erases(input.event())
                ? erase(owner, state, input.event(), time)
                : conceal(owner, state, input.event(), time);
    }

    private Decision<VaultState, Effect, VaultCommand<E, R>> conceal(
            VaultOwner owner, VaultState state, E event, long time) {
        Vault vault = new Vault(owner, state, keys, entropy);
        PiiTokenizer tokenizer = tokenizers.of(owner.tenant());
        E concealed = texts.conceal(event, text -> vault.conceal(tokenizer, text));
        VaultState after = vault.close(time).orNull();
        List<VaultCommand<E, R>> commands = keysOf(owner, vault);
        commands.add(new SendOn<>(concealed));
        boolean changed = vault.isUsed();
        return new Decision<>(changed ? after : state, changed ? Effect.CONCEALED : Effect.PASSED, commands);
    }

    private Decision<VaultState, Effect, VaultCommand<E, R>> answer(
            VaultOwner owner, VaultState state, R reply, long time) {
        Vault vault = new Vault(owner, state, keys, entropy);
        Wording wording = Wording.of(texts.languageOf(reply));
        TokenCounts[] tokens = {TokenCounts.NONE};
        R revealed = texts.reveal(reply, text -> {
            if (text == null) {
                return null;
            }
            Revealed one = vault.reveal(text, wording, longestReply);
            tokens[0] = tokens[0].plus(one.tokens());
            return one.text();
        });
        VaultState after = vault.close(time).orNull();
        List<VaultCommand<E, R>> commands = keysOf(owner, vault);
        commands.add(new Answer<>(revealed, tokens[0]));
        boolean hadTokens = !tokens[0].equals(TokenCounts.NONE);
        return new Decision<>(vault.isUsed() ? after : state, hadTokens ? Effect.REVEALED : Effect.ANSWERED, commands);
    }

    private List<VaultCommand<E, R>> keysOf(VaultOwner owner, Vault vault) {
        List<VaultCommand<E, R>> commands = new ArrayList<>();
        for (Written written : vault.written()) {
            commands.add(new WriteKey<>(owner, written.keyId(), written.wrapped()));
        }
        return commands;
    }

    /**
     * Keys are thrown away at once, all that there are: others may have made some that came to nothing. Their records are
     * deleted again later, see {@link VaultSettings#deleteAgainAfter}.
     */
    private Decision<VaultState, Effect, VaultCommand<E, R>> erase(
            VaultOwner owner, VaultState state, E event, long time) {
        VaultState before = state == null ? VaultState.EMPTY : state;
        List<UUID> all = keys.all(owner);
        if (before.keyId() != null && !all.contains(before.keyId())) {
            all = new ArrayList<>(all);
            all.add(before.keyId());
        }
        List<VaultCommand<E, R>> commands = new ArrayList<>();
        delete(owner, all, commands);
        commands.add(new SendOn<>(texts.conceal(event, tokenizers.of(owner.tenant())::tokenize)));
        VaultState after = all.isEmpty()
                ? before.without(List.of(), before.endAt(), before.endings())
                : before.without(all, time + settings.deleteAgainAfter().toMillis(), 1);
        return new Decision<>(after.orNull(), Effect.ERASED, commands);
    }

    private void delete(VaultOwner owner, List<UUID> ids, List<VaultCommand<E, R>> commands) {
        for (UUID id : ids) {
            keys.forget(owner, id);
            commands.add(new DeleteKey<>(owner, id));
        }
    }

    /**
     * Deletes the records of keys that were thrown away; or forgets what was not used for long. The keys of that are
     * deleted later, though they are used no more: an operator that was cut off from the log, and does not know it, may
     * take a conversation for unused that another one goes on with.
     */
    @Override
    public Decision<VaultState, Effect, VaultCommand<E, R>> wake(String key, VaultState state, long time) {
        VaultOwner owner = VaultOwner.of(key);
        List<VaultCommand<E, R>> commands = new ArrayList<>();
        VaultState after = state;
        long again = time + settings.deleteAgainAfter().toMillis();
        if (endsAt(after) <= time) {
            delete(owner, after.ending(), commands);
            after = after.ended(again);
        }
        if (unusedAt(after) <= time) {
            List<UUID> all = keys.all(owner);
            after = all.isEmpty() && after.ending().isEmpty() ? VaultState.EMPTY : after.without(all, again, 2);
        }
        return new Decision<>(after.orNull(), Effect.PASSED, commands);
    }

    @Override
    public long nextWake(VaultState state) {
        return Math.min(endsAt(state), unusedAt(state));
    }

    private static long endsAt(VaultState state) {
        return state.endings() > 0 ? state.endAt() : Long.MAX_VALUE;
    }

    private long unusedAt(VaultState state) {
        return state.isUsed() ? state.usedAt() + settings.timeToLive().toMillis() : Long.MAX_VALUE;
    }
}
