package io.millrace.logic.conversation;

import io.millrace.logic.decision.Decision;
import io.millrace.logic.decision.Wakes;
import io.millrace.schema.conversation.ConversationAssigned;
import io.millrace.schema.conversation.ConversationClosed;
import io.millrace.schema.conversation.ConversationErased;
import io.millrace.schema.conversation.ConversationEscalated;
import io.millrace.schema.conversation.ConversationInput;
import io.millrace.schema.conversation.ConversationReleased;
import io.millrace.schema.conversation.ConversationReply;
import io.millrace.schema.conversation.ConversationView;
import io.millrace.schema.conversation.MessageReceived;
import io.millrace.schema.conversation.MessageSent;
import io.millrace.schema.conversation.TurnEnded;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.workflow.RunStatus;
import io.millrace.schema.workflow.WorkflowCommand;
import io.millrace.schema.workflow.WorkflowControl;
import io.millrace.schema.workflow.WorkflowStart;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** One conversation, told by what is said at which second. */
final class Talk {
    /** A Tuesday. */
    static final long START = Instant.parse("2026-12-01T09:00:00Z").toEpochMilli();

    final List<ConversationReply> replies = new ArrayList<>();
    /** How long the customer waited, of replies that say it; milliseconds. */
    final List<Long> waited = new ArrayList<>();

    final List<ConversationEscalated> escalations = new ArrayList<>();
    final List<WorkflowStart> started = new ArrayList<>();
    final List<String> cancelled = new ArrayList<>();
    final List<ConversationEffect> effects = new ArrayList<>();
    ConversationState state;
    ConversationView view;

    private final ConversationDecider decider;
    private int count;

    Talk() {
        this(settings(Duration.ZERO));
    }

    Talk(ConversationSettings settings) {
        this.decider = new ConversationDecider(settings);
    }

    static ConversationSettings settings(Duration remindAfter) {
        return new ConversationSettings(
                "customer-turn",
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                3,
                20,
                1_000_000,
                BusinessHours.parse("Mon-Fri 09:00-17:00", ZoneOffset.UTC),
                Duration.ofHours(1),
                remindAfter,
                Duration.ofDays(7),
                Duration.ofDays(30),
                "https://desk.example.com/{tenant}/{conversation}");
    }

    private Envelope envelope(String type) {
        return new Envelope(new UUID(1, ++count), type, Instant.EPOCH, "acme", "corr", null);
    }

    Talk customer(double second, String text) {
        return input(second, new MessageReceived(envelope("message.received"), "c-1", null, "chat", text, List.of()));
    }

    Talk person(double second, String text) {
        return input(second, new MessageSent(envelope("message.sent"), "c-1", "eve", text));
    }

    Talk assigned(double second) {
        return input(second, new ConversationAssigned(envelope("conversation.assigned"), "c-1", "eve"));
    }

    Talk released(double second) {
        return input(second, new ConversationReleased(envelope("conversation.released"), "c-1"));
    }

    Talk closed(double second) {
        return input(second, new ConversationClosed(envelope("conversation.closed"), "c-1", "solved"));
    }

    Talk erased(double second) {
        return input(second, new ConversationErased(envelope("conversation.erased"), "c-1", null));
    }

    /** The latest run ends with that result. */
    Talk answered(double second, String output) {
        return ended(second, started.size() - 1, RunStatus.COMPLETED, output);
    }

    Talk replied(double second, String text) {
        return answered(second, "{\"action\":\"reply\",\"text\":\"" + text + "\",\"language\":\"fr-CA\"}");
    }

    Talk failed(double second) {
        return ended(second, started.size() - 1, RunStatus.FAILED, null);
    }

    Talk ended(double second, int run, RunStatus status, String output) {
        return input(
                second,
                new TurnEnded(
                        envelope("turn.ended"),
                        "c-1",
                        started.get(run).runId(),
                        status,
                        output,
                        status == RunStatus.FAILED ? "no agent" : null,
                        100));
    }

    Talk input(double second, ConversationInput input) {
        at(second);
        long time = START + (long) (second * 1_000);
        Decision<ConversationState, ?, ConversationCommand> decision =
                decider.decide(ConversationDecider.key(input), state, input, time);
        state = decision.state();
        effects.add((ConversationEffect) decision.effect());
        take(decision.commands());
        return this;
    }

    /** Time passes up to then. */
    Talk at(double second) {
        state = Wakes.until(decider, "acme\u001fc-1", state, START + (long) (second * 1_000), this::take);
        return this;
    }

    private void take(List<ConversationCommand> commands) {
        for (ConversationCommand command : commands) {
            if (command instanceof ConversationCommand.Tell tell) {
                replies.add(tell.reply());
                if (tell.waitedMs() != null) {
                    waited.add(tell.waitedMs());
                }
            } else if (command instanceof ConversationCommand.Escalate escalate) {
                escalations.add(escalate.escalation());
            } else if (command instanceof ConversationCommand.Show show) {
                view = show.view();
            } else if (command instanceof ConversationCommand.Run run) {
                take(run.command());
            }
        }
    }

    private void take(WorkflowCommand command) {
        if (command instanceof WorkflowStart start) {
            started.add(start);
        } else {
            cancelled.add(((WorkflowControl) command).runId());
        }
    }

    List<String> texts() {
        return replies.stream().map(ConversationReply::text).toList();
    }
}
