package io.millrace.logic.conversation;

import io.millrace.logic.decision.Decision;
import io.millrace.schema.conversation.ConversationView.Phase;
import io.millrace.schema.conversation.Utterance;
import io.millrace.schema.conversation.Utterance.Speaker;
import io.millrace.schema.workflow.WorkflowControl;
import io.millrace.schema.workflow.WorkflowStart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A conversation while it is decided about: its state, and what is to be carried out. */
final class Conversation {
    /** Said last, verbatim. */
    static final int MAX_HISTORY = 12;
    /** Said before, and not in the summary yet. */
    static final int MAX_OLDER = 12;

    static final int MAX_PENDING = 20;
    private static final int MAX_UNSETTLED = 10;
    private static final int MAX_SEEN = 200;

    final ConversationSettings settings;
    final String tenant;
    final String conversationId;
    final long now;

    Phase phase = Phase.OPEN;
    String customerId;
    String channel;
    String language;
    String intent;
    String assignedTo;
    long version;
    long startedAt;
    long waitingSince;
    Long firstReplyMs;
    long messages;
    int turns;
    int answers;
    int withheld;
    int failed;
    int failedInRow;
    long costMicros;
    List<Utterance> pending = List.of();
    int covered;
    String runId;
    int folding;
    long turnUntil;
    long quietUntil;
    List<Utterance> history = List.of();
    List<Utterance> older = List.of();
    String summary;
    List<String> unsettled = List.of();
    Double confidence;
    List<String> refused = List.of();
    String reason;
    Integer rating;
    long dueAt;
    UUID escalation;
    long remindAt;
    long closeAt;
    long forgetAt;
    List<UUID> seen = List.of();
    String correlationId;
    String traceparent;

    private final List<ConversationCommand> commands = new ArrayList<>();

    /** One that begins. */
    Conversation(ConversationSettings settings, String tenant, String conversationId, long now) {
        this.settings = settings;
        this.tenant = tenant;
        this.conversationId = conversationId;
        this.now = now;
        this.startedAt = now;
    }

    /** One that goes on. */
    Conversation(ConversationSettings settings, ConversationState state, long now) {
        this(settings, state.tenant(), state.conversationId(), now);
        phase = state.phase();
        customerId = state.customerId();
        channel = state.channel();
        language = state.language();
        intent = state.intent();
        assignedTo = state.assignedTo();
        version = state.version();
        startedAt = state.startedAt();
        waitingSince = state.waitingSince();
        firstReplyMs = state.firstReplyMs();
        messages = state.messages();
        turns = state.turns();
        answers = state.answers();
        withheld = state.withheld();
        failed = state.failed();
        failedInRow = state.failedInRow();
        costMicros = state.costMicros();
        pending = state.pending();
        covered = state.covered();
        runId = state.runId();
        folding = state.folding();
        turnUntil = state.turnUntil();
        quietUntil = state.quietUntil();
        history = state.history();
        older = state.older();
        summary = state.summary();
        unsettled = state.unsettled();
        confidence = state.confidence();
        refused = state.refused();
        reason = state.reason();
        rating = state.rating();
        dueAt = state.dueAt();
        escalation = state.escalation();
        remindAt = state.remindAt();
        closeAt = state.closeAt();
        forgetAt = state.forgetAt();
        seen = state.seen();
        correlationId = state.correlationId();
        traceparent = state.traceparent();
    }

    private ConversationState state() {
        return new ConversationState(
                tenant,
                conversationId,
                phase,
                customerId,
                channel,
                language,
                intent,
                assignedTo,
                version,
                startedAt,
                waitingSince,
                firstReplyMs,
                messages,
                turns,
                answers,
                withheld,
                failed,
                failedInRow,
                costMicros,
                pending,
                covered,
                runId,
                folding,
                turnUntil,
                quietUntil,
                history,
                older,
                summary,
                unsettled,
                confidence,
                refused,
                reason,
                rating,
                dueAt,
                escalation,
                remindAt,
                closeAt,
                forgetAt,
                seen,
                correlationId,
                traceparent);
    }

    /** What was decided, and how the conversation is now. */
    Decision<ConversationState, ConversationEffect, ConversationCommand> decided() {
        return decided(ConversationEffect.APPLIED);
    }

    Decision<ConversationState, ConversationEffect, ConversationCommand> decided(ConversationEffect effect) {
        version++;
        commands.add(new ConversationCommand.Show(Telling.view(this)));
        return new Decision<>(state(), effect, List.copyOf(commands));
    }

    /** What is remembered of what nobody is told. */
    Decision<ConversationState, ConversationEffect, ConversationCommand> remembered(ConversationEffect effect) {
        return new Decision<>(state(), effect, List.copyOf(commands));
    }

    void carryOut(ConversationCommand command) {
        commands.add(command);
    }

    /** Notes the id of an event; false when it came before. */
    boolean isNew(UUID event) {
        if (seen.contains(event)) {
            return false;
        }
        seen = Utterances.plus(seen, event, MAX_SEEN);
        return true;
    }

    /** Whether agents answer. */
    boolean isAnswered() {
        return phase == Phase.OPEN || phase == Phase.ANSWERING;
    }

    void say(Speaker from, String text) {
        remember(Utterances.of(from, Utterances.cut(text, Utterances.MAX_REMEMBERED), now));
    }

    private void remember(Utterance said) {
        List<Utterance> all = new ArrayList<>(history);
        all.add(new Utterance(said.from(), Utterances.cut(said.text(), Utterances.MAX_REMEMBERED), said.at()));
        while (all.size() > MAX_HISTORY) {
            if (older.size() == MAX_OLDER && folding > 0) {
                folding--;
            }
            older = Utterances.plus(older, all.remove(0), MAX_OLDER);
        }
        history = List.copyOf(all);
    }

    /** A message that is to be answered. */
    void await(String text) {
        if (pending.size() == MAX_PENDING) {
            remember(pending.get(0));
            covered = Math.max(0, covered - 1);
        }
        pending = Utterances.plus(pending, Utterances.of(Speaker.CUSTOMER, text, now), MAX_PENDING);
        if (waitingSince == 0) {
            waitingSince = now;
        }
    }

    /** The first of the messages that wait are past: they were answered, or are a person's to answer. */
    void settle(int count) {
        pending.subList(0, count).forEach(this::remember);
        pending = List.copyOf(pending.subList(count, pending.size()));
        covered = 0;
    }

    /** Begins a turn about all messages that wait. */
    void startTurn() {
        turns++;
        runId = Telling.runId(this);
        covered = pending.size();
        folding = older.size();
        confidence = null;
        refused = List.of();
        quietUntil = 0;
        turnUntil = now + settings.turnTimeout().toMillis();
        phase = Phase.ANSWERING;
        WorkflowStart start = Telling.start(this, TurnInput.of(this));
        carryOut(new ConversationCommand.Run(start));
    }

    /** The run that is under way is not waited for any more; what it costs still counts. */
    void forgetTurn() {
        unsettled = Utterances.plus(unsettled, runId, MAX_UNSETTLED);
        runId = null;
        covered = 0;
        folding = 0;
        turnUntil = 0;
    }

    /** As {@link #forgetTurn}, and nobody needs it any more. */
    void cancelTurn(String why) {
        if (runId != null) {
            WorkflowControl cancel = Telling.cancel(this, why);
            carryOut(new ConversationCommand.Run(cancel));
            forgetTurn();
        }
        quietUntil = 0;
    }

    /** From now on it is a person's, or nobody's. */
    void stopAnswering(String why) {
        if (runId != null) {
            withheld++;
        }
        cancelTurn(why);
        settle(pending.size());
        failedInRow = 0;
        remindAt = 0;
    }

    /** The customer has an answer, of whomever. */
    void answered() {
        if (firstReplyMs == null && waitingSince > 0) {
            firstReplyMs = now - waitingSince;
        }
        waitingSince = pending.isEmpty() ? 0 : pending.get(0).at().toEpochMilli();
        dueAt = 0;
    }

    /** The customer, or a person, is heard of: silence begins anew. */
    void heard() {
        closeAt = now + settings.closeAfter().toMillis();
        remindAt = 0;
        forgetAt = 0;
    }

    Instant time() {
        return Instant.ofEpochMilli(now);
    }
}
