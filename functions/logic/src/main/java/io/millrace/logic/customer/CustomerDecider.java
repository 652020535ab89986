package io.millrace.logic.customer;

import io.millrace.logic.customer.CustomerState.Link;
import io.millrace.logic.decision.Decider;
import io.millrace.logic.decision.Decision;
import io.millrace.schema.wire.Uuid5;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Remembers in which conversations a customer takes part, and has them all erased when the customer is. The log of one
 * conversation and that of an erasure are read in any order: a conversation that is told of after an erasure, and was
 * logged before, is erased too.
 */
public final class CustomerDecider implements Decider<CustomerState, CustomerInput, EraseConversation> {
    /** Conversations of one customer that are remembered; of more those that were seen longest ago are not. */
    static final int MOST_CONVERSATIONS = 10_000;

    /** How exactly it is remembered when a conversation was last seen: its every message would change the state else. */
    static final long DAY = Duration.ofDays(1).toMillis();

    /** For how long after an erasure conversations may come that were logged before it. */
    static final long LATE = Duration.ofDays(7).toMillis();

    private static final UUID ERASURES = UUID.fromString("0b9c2f5e-6a1d-5b43-9b7e-2f1f4a3c8d10");

    /** What becomes of what comes. */
    public enum Effect {
        LINKED,
        /** It is known that the customer takes part. */
        KNOWN,
        /** There are more than are remembered: one was forgotten, and will not be erased with the customer. */
        FORGOTTEN,
        ERASED,
        /** So was the customer, who had more conversations than are remembered. */
        ERASED_INCOMPLETELY,
        /** The conversation was logged before the customer was erased. */
        ERASED_LATE
    }

    private final long timeToLive;

    /** @param timeToLive of a conversation that is not seen any more: as long as vaults remember it */
    public CustomerDecider(Duration timeToLive) {
        this.timeToLive = timeToLive.toMillis();
    }

    @Override
    public Decision<CustomerState, Effect, EraseConversation> decide(
            String key, CustomerState state, CustomerInput input, long time) {
        CustomerState before = state == null ? CustomerState.NOBODY : state;
        if (input.erases()) {
            return erase(before, input, time);
        }
        if (before.erasedBy() != null && time <= before.erasedAt()) {
            // Known from now on: an erasure that comes after this one is to reach it too.
            return new Decision<>(
                    link(before, state, input.conversationId(), time).state(),
                    Effect.ERASED_LATE,
                    List.of(erasure(before.erasedBy(), input, input.conversationId(), time)));
        }
        return link(before, state, input.conversationId(), time);
    }

    private static Decision<CustomerState, Effect, EraseConversation> link(
            CustomerState before, CustomerState state, String conversation, long time) {
        int known = indexOf(before.links(), conversation);
        if (known >= 0 && isRecent(before.links().get(known), before, time)) {
            return new Decision<>(state, Effect.KNOWN, List.of());
        }
        List<Link> links = new ArrayList<>(before.links());
        if (known >= 0) {
            links.remove(known);
        }
        links.add(new Link(conversation, time));
        // One that was erased is no loss.
        boolean isFull = links.size() > MOST_CONVERSATIONS && links.remove(0).seenAt() > before.erasedAt();
        Effect effect = isFull ? Effect.FORGOTTEN : known >= 0 ? Effect.KNOWN : Effect.LINKED;
        return new Decision<>(before.with(links, before.incomplete() || isFull), effect, List.of());
    }

    private static boolean isRecent(Link link, CustomerState state, long time) {
        return time - link.seenAt() < DAY && link.seenAt() > state.erasedAt();
    }

    private static int indexOf(List<Link> links, String conversation) {
        // The latest are the likeliest.
        for (int i = links.size() - 1; i >= 0; i--) {
            if (links.get(i).conversationId().equals(conversation)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * What was linked by an event that was logged later is erased too: the customer had asked before it was known. Links
     * stay for as long as the erasure is remembered: who asks again is answered again, also when messages and requests are
     * read in another order after a restart.
     */
    private static Decision<CustomerState, Effect, EraseConversation> erase(
            CustomerState before, CustomerInput input, long time) {
        List<EraseConversation> commands = before.links().stream()
                .map(link -> erasure(input.eventId(), input, link.conversationId(), time))
                .toList();
        boolean isLatest = time >= before.erasedAt();
        CustomerState after = new CustomerState(
                before.links(),
                false,
                isLatest ? time : before.erasedAt(),
                isLatest ? input.eventId() : before.erasedBy());
        Effect effect = before.incomplete() ? Effect.ERASED_INCOMPLETELY : Effect.ERASED;
        return new Decision<>(after, effect, commands);
    }

    private static EraseConversation erasure(UUID by, CustomerInput input, String conversation, long time) {
        UUID id = Uuid5.of(ERASURES, input.tenant() + '\n' + conversation + '\n' + by + "\nerased");
        return new EraseConversation(id, input.tenant(), conversation, by, time, input.correlationId());
    }

    /** Forgets what is too old to matter. */
    @Override
    public Decision<CustomerState, Effect, EraseConversation> wake(String key, CustomerState state, long time) {
        boolean isOver = lateUntil(state) <= time;
        List<Link> links = state.links().stream()
                .filter(link -> expiresAt(link) > time && !(isOver && link.seenAt() <= state.erasedAt()))
                .toList();
        CustomerState after = new CustomerState(
                links,
                state.incomplete() && !links.isEmpty(),
                isOver ? 0 : state.erasedAt(),
                isOver ? null : state.erasedBy());
        return new Decision<>(after.orNull(), Effect.KNOWN, List.of());
    }

    @Override
    public long nextWake(CustomerState state) {
        long first = state.links().isEmpty()
                ? Long.MAX_VALUE
                : expiresAt(state.links().get(0));
        return Math.min(first, lateUntil(state));
    }

    /** A day more than it may have been seen last. */
    private long expiresAt(Link link) {
        return link.seenAt() + timeToLive + DAY;
    }

    private static long lateUntil(CustomerState state) {
        return state.erasedBy() == null ? Long.MAX_VALUE : state.erasedAt() + LATE;
    }
}
