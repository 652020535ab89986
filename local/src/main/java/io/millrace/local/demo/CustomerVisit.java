package io.millrace.local.demo;

import io.millrace.schema.conversation.ConversationClosed;
import io.millrace.schema.conversation.ConversationEvent;
import io.millrace.schema.conversation.ConversationRated;
import io.millrace.schema.conversation.MessageReceived;
import io.millrace.schema.conversation.MessageSent;
import io.millrace.schema.wire.Envelope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.UUID;

/**
 * One customer's conversation: what is said next, by the customer and by a person of the desk, as the platform's answers
 * come. Not thread-safe.
 */
final class CustomerVisit {
    private static final Duration READING = Duration.ofSeconds(2);
    private static final Duration TYPING = Duration.ofMillis(600);
    private static final Duration LOOKING = Duration.ofSeconds(6);
    /** Who hears nothing for so long leaves. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int ONE_IN_RATES = 2;

    private final String conversationId;
    private final CustomerStories.Story story;
    private final String deskSays;
    private final Random random;
    private final PriorityQueue<Planned> ahead = new PriorityQueue<>(Comparator.comparing(Planned::at));
    private int next;
    private boolean withPerson;
    private boolean gone;
    private Instant lastHeard;

    private record Planned(Instant at, ConversationEvent event) {}

    /** @param deskSays what a person answers, should one be asked */
    CustomerVisit(String conversationId, CustomerStories.Story story, String deskSays, Random random, Instant now) {
        this.conversationId = conversationId;
        this.story = story;
        this.deskSays = deskSays;
        this.random = random;
        this.lastHeard = now;
        writeOn(now);
    }

    /** The customer's next line, and those that follow at once. */
    private void writeOn(Instant from) {
        Instant at = from;
        do {
            plan(
                    at,
                    new MessageReceived(
                            envelope("message.received"),
                            conversationId,
                            "customer-of-" + conversationId,
                            "chat",
                            story.text(next),
                            List.of()));
            next++;
            at = at.plus(TYPING);
        } while (story.isAtOnce(next));
    }

    /** An agent answered. */
    void answered(Instant now) {
        lastHeard = now;
        if (next < story.lines().size()) {
            writeOn(now.plus(READING));
        } else if (!withPerson) {
            leave(now);
        }
    }

    /** A person is asked: one answers, and closes the conversation, whatever else the customer had in mind. */
    void handedOver(Instant now) {
        if (withPerson) {
            return;
        }
        lastHeard = now;
        withPerson = true;
        next = story.lines().size();
        Instant at = now.plus(LOOKING);
        plan(at, new MessageSent(envelope("message.sent"), conversationId, "desk", deskSays));
        leave(at);
        plan(
                at.plus(READING).plus(LOOKING),
                new ConversationClosed(envelope("conversation.closed"), conversationId, "answered"));
    }

    private void leave(Instant now) {
        gone = true;
        if (random.nextInt(ONE_IN_RATES) == 0) {
            int rating = 3 + random.nextInt(3);
            plan(
                    now.plus(READING),
                    new ConversationRated(envelope("conversation.rated"), conversationId, rating, null));
        }
    }

    private void plan(Instant at, ConversationEvent event) {
        ahead.add(new Planned(at, event));
    }

    /** What is said by now, in its order. */
    List<ConversationEvent> due(Instant now) {
        List<ConversationEvent> due = new ArrayList<>();
        while (!ahead.isEmpty() && !ahead.peek().at().isAfter(now)) {
            due.add(ahead.poll().event());
        }
        return due;
    }

    /** Nobody says anything any more: all is said, or the customer has given up waiting. */
    boolean isOver(Instant now) {
        boolean gaveUp = !now.isBefore(lastHeard.plus(PATIENCE));
        return ahead.isEmpty() && (gone || gaveUp);
    }

    private static Envelope envelope(String type) {
        return new Envelope(UUID.randomUUID(), type, Instant.now(), Envelope.DEFAULT_TENANT, null, null);
    }
}
