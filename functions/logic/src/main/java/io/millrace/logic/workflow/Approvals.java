package io.millrace.logic.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.logic.workflow.program.Question;
import io.millrace.logic.workflow.program.Step;
import io.millrace.schema.workflow.ApprovalDecided;
import io.millrace.schema.workflow.ApprovalRequested;
import io.millrace.schema.workflow.WorkflowEvent.Change;
import io.millrace.schema.workflow.WorkflowInput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** What people are asked, and what they say. */
final class Approvals {
    private static final List<String> CHOICES = List.of("approve", "reject");
    private static final int MAX_MESSAGE = 2_000;
    private static final int MAX_BY = 200;

    private final Turn turn;

    Approvals(Turn turn) {
        this.turn = turn;
    }

    /** Asks what the workflow wants to know. */
    void ask(Frame frame, Question question, Evaluation evaluation) throws StepFailure {
        JsonNode message = evaluation.fill(question.message(), frame.data);
        long expires = question.expiresAfter() == null
                ? turn.limits.approvalMillis()
                : evaluation.millis(question.expiresAfter(), frame.data);
        List<String> escalateTo = question.escalateTo() == null
                ? List.of()
                : names(evaluation.fill(question.escalateTo(), frame.data), "escalate_to");
        long escalates = question.escalateAfter() == null
                ? Long.MAX_VALUE
                : turn.now + evaluation.millis(question.escalateAfter(), frame.data);
        open(
                frame,
                new Ballot(
                        RunKeys.ofStep(turn.run, frame, "approval").toString(),
                        text(message),
                        question.choices(),
                        names(evaluation.fill(question.approvers(), frame.data), "approvers"),
                        question.quorum(),
                        question.onExpiry(),
                        List.of(),
                        turn.now + Math.max(1, Math.min(expires, turn.limits.approvalMillis())),
                        escalates,
                        escalateTo,
                        0));
    }

    /** Asks whether an agent may be called. Who may say so, and how many have to, the step's metadata can say. */
    void gate(Frame frame, Step.Agent step) throws StepFailure {
        JsonNode metadata = step.head().definition().path("metadata");
        JsonNode approvers = metadata.path("approvers");
        open(
                frame,
                new Ballot(
                        RunKeys.ofStep(turn.run, frame, "approval").toString(),
                        "May the agent " + step.agent() + " be called by the step "
                                + step.head().name() + "?",
                        CHOICES,
                        approvers.isMissingNode() ? List.of() : names(approvers, "metadata.approvers"),
                        Math.max(1, metadata.path("quorum").asInt(1)),
                        null,
                        List.of(),
                        turn.now + turn.limits.approvalMillis(),
                        Long.MAX_VALUE,
                        List.of(),
                        0));
    }

    private static String text(JsonNode message) {
        String text = message.isTextual() ? message.textValue() : message.toString();
        return Texts.cut(text, MAX_MESSAGE);
    }

    private static List<String> names(JsonNode list, String what) throws StepFailure {
        List<String> names = new ArrayList<>();
        for (JsonNode name : list) {
            if (name.isTextual()
                    && !name.textValue().isBlank()
                    && name.textValue().length() <= MAX_BY
                    && Texts.isName(name.textValue())
                    && !names.contains(name.textValue())) {
                names.add(name.textValue());
            }
        }
        if (!list.isArray() || names.size() < list.size() || names.size() > ApprovalRequested.MAX_APPROVERS) {
            throw StepFailure.of(
                    ErrorKind.EXPRESSION,
                    what + " has to come to a list of at most " + ApprovalRequested.MAX_APPROVERS + " different names");
        }
        return names;
    }

    private void open(Frame frame, Ballot ballot) throws StepFailure {
        if (ballot.quorum() > ApprovalRequested.MAX_APPROVERS) {
            throw StepFailure.of(
                    ErrorKind.CONFIGURATION, "a quorum is of at most " + ApprovalRequested.MAX_APPROVERS + " people");
        }
        if (!ballot.approvers().isEmpty()
                && ballot.quorum() > ballot.approvers().size()) {
            throw StepFailure.of(
                    ErrorKind.CONFIGURATION,
                    ballot.quorum() + " have to approve, but there are only "
                            + ballot.approvers().size() + " approvers");
        }
        frame.ballot = ballot;
        frame.token = ballot.requestId();
        frame.phase = Phase.WAITING;
        frame.since = turn.now;
        turn.run.busy = 0;
        send(frame);
        turn.teller.waiting(frame);
        takeEarly(frame);
    }

    private void takeEarly(Frame frame) {
        for (Iterator<WorkflowInput> early = turn.run.early.iterator(); early.hasNext(); ) {
            if (early.next() instanceof ApprovalDecided decision
                    && frame.ballot != null
                    && decision.requestId().equals(frame.ballot.requestId())) {
                early.remove();
                decide(frame, decision);
            }
        }
    }

    private void send(Frame frame) {
        Ballot ballot = frame.ballot;
        UUID request = UUID.fromString(ballot.requestId());
        String agent = turn.step(frame) instanceof Step.Agent step ? step.agent() : null;
        turn.commands.add(new RunCommand.Ask(new ApprovalRequested(
                turn.envelope(RunKeys.of(turn.run.origin, request + "level" + ballot.level()), "approval.requested"),
                turn.run.origin.runId(),
                ballot.requestId(),
                turn.run.origin.workflow(),
                turn.run.origin.version(),
                frame.pointer,
                ballot.message(),
                ballot.choices(),
                ballot.approvers(),
                ballot.quorum(),
                Teller.instant(ballot.expiresAt()),
                ballot.level(),
                agent,
                Json.write(agent == null ? frame.data : frame.result),
                turn.run.origin.attributes())));
    }

    /** Takes a decision about an open request. */
    RunEffect decide(Frame frame, ApprovalDecided decision) {
        Ballot ballot = frame.ballot;
        boolean same = ballot.votes().stream()
                .anyMatch(
                        vote -> vote.by().equals(decision.by()) && vote.choice().equals(decision.choice()));
        if (same) {
            return RunEffect.STALE;
        }
        String problem = ballot.problem(decision.by(), decision.choice());
        if (problem == null) {
            problem = problem(decision);
        }
        if (problem != null) {
            turn.teller.note(Change.DECISION_REFUSED, frame, decision.by(), problem);
            return RunEffect.REFUSED;
        }
        frame.ballot = ballot.with(
                new Ballot.Vote(decision.by(), decision.choice(), decision.comment(), decision.data(), turn.now));
        turn.teller.note(Change.DECISION_ACCEPTED, frame, decision.by(), decision.choice());
        String outcome = frame.ballot.outcome();
        if (outcome != null) {
            settle(frame, outcome, false);
        }
        return RunEffect.APPLIED;
    }

    /** Why a decision can't be kept; null when it can. */
    private String problem(ApprovalDecided decision) {
        if (!Texts.isName(decision.by())) {
            return "by: must not contain control characters";
        }
        try {
            turn.admit(Json.read(decision.data()));
            return null;
        } catch (StepFailure e) {
            return "data: " + e.error().detail();
        }
    }

    /** Nobody decided in time. */
    void expire(Frame frame) throws StepFailure {
        if (frame.ballot.onExpiry() == null) {
            throw StepFailure.of(
                    ErrorKind.TIMEOUT, "the approval expired at " + Instant.ofEpochMilli(frame.ballot.expiresAt()));
        }
        settle(frame, frame.ballot.onExpiry(), true);
    }

    void escalate(Frame frame) {
        frame.ballot = frame.ballot.escalated();
        send(frame);
        turn.teller.note(
                Change.APPROVAL_ESCALATED, frame, null, Teller.cut(String.join(", ", frame.ballot.escalateTo())));
    }

    private void settle(Frame frame, String choice, boolean expired) {
        turn.close(frame.ballot);
        boolean approved = frame.ballot.approves(choice);
        if (!(turn.step(frame) instanceof Step.Agent step)) {
            answer(frame, result(frame.ballot, choice, expired));
        } else if (approved) {
            frame.token = null;
            frame.phase = Phase.GRANTED;
        } else {
            Ballot.Vote last = frame.ballot.votes().get(frame.ballot.votes().size() - 1);
            frame.failed(RunError.of(
                    ErrorKind.AUTHORIZATION,
                    last.by() + " did not approve the call of " + step.agent()
                            + (last.comment() == null ? "" : ": " + last.comment())));
        }
        turn.ready(frame);
    }

    private void answer(Frame frame, JsonNode result) {
        try {
            frame.answered(turn.admit(result));
        } catch (StepFailure e) {
            frame.failed(e.error());
        }
    }

    /** Who approved, for the record of a call. */
    static String approvers(Ballot ballot) {
        String all = ballot.votes().stream().map(Ballot.Vote::by).collect(Collectors.joining(", "));
        return Texts.cut(all, MAX_BY);
    }

    private JsonNode result(Ballot ballot, String choice, boolean expired) {
        ObjectNode result = Json.MAKE.objectNode();
        result.put("request_id", ballot.requestId());
        result.put("choice", choice);
        result.put("approved", ballot.approves(choice));
        result.put("expired", expired);
        ArrayNode decisions = result.putArray("decisions");
        for (Ballot.Vote vote : ballot.votes()) {
            ObjectNode one = decisions.addObject();
            one.put("by", vote.by());
            one.put("choice", vote.choice());
            one.put("at", Instant.ofEpochMilli(vote.at()).toString());
            if (vote.comment() != null) {
                one.put("comment", vote.comment());
            }
            if (vote.data() != null) {
                try {
                    one.set("data", Json.read(vote.data()));
                } catch (StepFailure e) {
                    one.put("data", vote.data());
                }
            }
        }
        return result;
    }
}
