package io.millrace.local.cli;

import io.millrace.local.conversation.Entry;
import io.millrace.local.terminal.Figures;
import io.millrace.local.terminal.Table;
import io.millrace.local.terminal.Terminal;
import io.millrace.schema.conversation.ConversationAssigned;
import io.millrace.schema.conversation.ConversationClosed;
import io.millrace.schema.conversation.ConversationErased;
import io.millrace.schema.conversation.ConversationEscalated;
import io.millrace.schema.conversation.ConversationInput;
import io.millrace.schema.conversation.ConversationRated;
import io.millrace.schema.conversation.ConversationReleased;
import io.millrace.schema.conversation.ConversationReply;
import io.millrace.schema.conversation.ConversationReply.Citation;
import io.millrace.schema.conversation.ConversationReply.Kind;
import io.millrace.schema.conversation.ConversationView;
import io.millrace.schema.conversation.CustomerIdentified;
import io.millrace.schema.conversation.MessageReceived;
import io.millrace.schema.conversation.MessageSent;
import io.millrace.schema.conversation.TurnEnded;
import io.millrace.schema.wire.VisibleText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Conversations for people. */
final class ConversationText {
    private static final String NONE = "–";
    private static final String ASSISTANT = "assistant";

    private ConversationText() {}

    static List<String> table(List<ConversationView> views, Instant now) {
        Table table = new Table()
                .row(
                        "conversation",
                        "state",
                        "customer",
                        "language",
                        "intent",
                        "began",
                        "waits",
                        "messages",
                        "answers",
                        "cost",
                        "who");
        for (ConversationView view : views) {
            table.row(
                    view.conversationId(),
                    RunText.word(view.state()),
                    orNone(view.customerId()),
                    orNone(view.language()),
                    orNone(view.intent()),
                    ago(view.startedAt(), now),
                    view.waitingSince() == null ? NONE : ago(view.waitingSince(), now),
                    Figures.count(view.messages()),
                    Figures.count(view.answers()),
                    Figures.money(view.costMicros()),
                    orNone(view.assignedTo()));
        }
        return table.lines();
    }

    /** How it is, and below what was said. */
    static List<String> show(ConversationView view, List<Entry> entries, Instant now, Terminal terminal) {
        List<String> lines = new ArrayList<>();
        lines.add(terminal.bold(VisibleText.of(view.conversationId())) + "  " + RunText.word(view.state())
                + (view.reason() == null ? "" : ": " + VisibleText.of(view.reason())));
        Table facts = new Table()
                .row("began", ago(view.startedAt(), now) + " ago")
                .row(
                        "customer",
                        orNone(view.customerId()) + ", on " + orNone(view.channel()) + ", in "
                                + orNone(view.language()));
        if (view.assignedTo() != null) {
            facts.row("assigned to", view.assignedTo());
        }
        if (view.waitingSince() != null) {
            facts.row("waits", "for " + ago(view.waitingSince(), now));
        }
        if (view.firstReplyMs() != null) {
            facts.row("first reply", "after " + Figures.time(Duration.ofMillis(view.firstReplyMs())));
        }
        facts.row(
                "so far",
                Figures.count(view.messages(), "message") + ", " + Figures.count(view.turns(), "turn") + ", "
                        + Figures.count(view.answers(), "answer") + ", " + Figures.count(view.withheld())
                        + " withheld, " + Figures.count(view.failed()) + " failed");
        facts.row("cost", Figures.money(view.costMicros()));
        if (view.intent() != null) {
            facts.row("latest turn", latest(view));
        }
        if (view.rating() != null) {
            facts.row("rating", view.rating() + " of 5");
        }
        lines.addAll(facts.lines());
        entries.forEach(entry -> lines.addAll(entry(entry, terminal)));
        return lines;
    }

    private static String latest(ConversationView view) {
        return view.intent()
                + (view.confidence() == null ? "" : ", confidence " + view.confidence())
                + (view.refused().isEmpty() ? "" : ", refused: " + String.join(", ", view.refused()));
    }

    /** Something of the transcript. */
    static List<String> entry(Entry entry, Terminal terminal) {
        List<String> lines;
        if (entry instanceof Entry.Told told) {
            lines = reply(told.reply(), terminal);
        } else if (entry instanceof Entry.Asked asked) {
            lines = escalation(asked.escalation(), terminal);
        } else {
            lines = input(((Entry.Came) entry).input(), terminal);
        }
        List<String> dated = new ArrayList<>(lines);
        dated.set(0, terminal.dim(entry.at().toString()) + "  " + lines.get(0));
        return dated;
    }

    private static List<String> input(ConversationInput input, Terminal terminal) {
        if (input instanceof MessageReceived message) {
            List<String> lines = new ArrayList<>(said(terminal.bold("customer"), message.text()));
            message.attachments().forEach(each -> lines.add("    [" + VisibleText.of(each.name()) + "]"));
            return lines;
        }
        if (input instanceof MessageSent sent) {
            return said(terminal.bold(VisibleText.of(sent.by())), sent.text());
        }
        return List.of(terminal.dim(VisibleText.of("- " + event(input))));
    }

    private static String event(ConversationInput input) {
        if (input instanceof TurnEnded turn) {
            return "run " + turn.runId() + " " + RunText.word(turn.state()) + ", cost "
                    + Figures.money(turn.costMicros()) + (turn.error() == null ? "" : ": " + turn.error());
        } else if (input instanceof ConversationAssigned assigned) {
            return assigned.to() + " took over";
        } else if (input instanceof ConversationReleased) {
            return "handed back to agents";
        } else if (input instanceof ConversationClosed closed) {
            return "closed" + (closed.reason() == null ? "" : ": " + closed.reason());
        } else if (input instanceof ConversationRated rated) {
            return "rated " + rated.rating() + " of 5" + (rated.comment() == null ? "" : ": " + rated.comment());
        } else if (input instanceof CustomerIdentified identified) {
            return "the customer is " + identified.customerId();
        }
        return input instanceof ConversationErased ? "erased" : input.envelope().type();
    }

    private static List<String> escalation(ConversationEscalated escalation, Terminal terminal) {
        List<String> lines = new ArrayList<>();
        lines.add(terminal.red(VisibleText.of("! a person is to answer by " + escalation.dueAt() + ", "
                + escalation.priority() + ": " + escalation.reason()
                + (escalation.level() == 0 ? "" : " (nobody had answered in time)"))));
        if (escalation.summary() != null) {
            lines.addAll(indented(said("about", escalation.summary())));
        }
        if (escalation.suggestedAnswer() != null) {
            lines.addAll(indented(said("suggested answer", escalation.suggestedAnswer())));
        }
        return lines;
    }

    /** What the customer is told, and on what it rests. */
    static List<String> reply(ConversationReply reply, Terminal terminal) {
        String who = terminal.bold(
                reply.kind() == Kind.ANSWER ? ASSISTANT : ASSISTANT + " (" + RunText.word(reply.kind()) + ")");
        List<String> lines = new ArrayList<>(said(who, reply.text()));
        for (Citation citation : reply.citations()) {
            lines.add("    - "
                    + VisibleText.of(citation.title() + (citation.url() == null ? "" : ", " + citation.url())));
        }
        return lines;
    }

    /** The lines of a text; those after the first are indented, so that none is taken for somebody else's. */
    static List<String> said(String who, String text) {
        List<String> lines = new ArrayList<>();
        text.lines().forEach(line -> lines.add((lines.isEmpty() ? who + ": " : "    ") + VisibleText.of(line)));
        return lines.isEmpty() ? List.of(who + ":") : lines;
    }

    private static List<String> indented(List<String> lines) {
        return lines.stream().map(line -> "    " + line).toList();
    }

    private static String orNone(String text) {
        return text == null ? NONE : text;
    }

    private static String ago(Instant since, Instant now) {
        Duration time = Duration.between(since, now);
        return Figures.time(time.isNegative() ? Duration.ZERO : time);
    }
}
