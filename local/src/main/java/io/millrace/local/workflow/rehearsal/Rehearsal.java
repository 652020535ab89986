package io.millrace.local.workflow.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.millrace.expressions.ExpressionException;
import io.millrace.logic.decision.Decision;
import io.millrace.logic.workflow.RunCommand;
import io.millrace.logic.workflow.RunDecider;
import io.millrace.logic.workflow.RunLimits;
import io.millrace.logic.workflow.RunState;
import io.millrace.logic.workflow.program.Program;
import io.millrace.schema.agent.AgentError;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.agent.Risk;
import io.millrace.schema.agent.Usage;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.workflow.AgentAnswered;
import io.millrace.schema.workflow.ApprovalDecided;
import io.millrace.schema.workflow.ChildEnded;
import io.millrace.schema.workflow.RunStarted;
import io.millrace.schema.workflow.RunStatus;
import io.millrace.schema.workflow.WorkflowError;
import io.millrace.schema.workflow.WorkflowInput;
import io.millrace.schema.workflow.WorkflowRun;
import io.millrace.schema.workflow.WorkflowSignal;
import io.millrace.schema.workflow.WorkflowStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.UUID;

/** One run of a workflow under a test, by the engine of the workflows job, in a time that passes by itself. */
final class Rehearsal {
    private static final long START = Instant.parse("2026-01-05T09:00:00Z").toEpochMilli();
    private static final String RUN = "test";
    private static final String DIGEST = "0".repeat(64);
    private static final int MOST_STEPS = 1_000_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Program program;
    private final RehearsalCase test;
    private final RunDecider decider;
    private final PriorityQueue<Planned> ahead =
            new PriorityQueue<>(Comparator.comparingLong(Planned::at).thenComparingLong(Planned::number));
    private final People people;
    private final Map<Reply, Integer> used = new IdentityHashMap<>();
    private final List<Outcome.Call> calls = new ArrayList<>();
    private final Deque<WorkflowInput> slices = new ArrayDeque<>();
    private RunState state;
    private WorkflowRun view;
    private String stuck;
    private long now = START;
    private long ids;

    private record Planned(long at, long number, WorkflowInput input) {}

    private Rehearsal(Program program, RehearsalCase test) {
        this.program = program;
        this.test = test;
        this.people = new People(test.people());
        this.decider = new RunDecider((tenant, digest) -> this.program, RunLimits.DEFAULT);
    }

    /** Plays it to the run's end, or to where it would wait for ever. */
    static Outcome play(Program program, RehearsalCase test) {
        return new Rehearsal(program, test).play();
    }

    private Outcome play() {
        for (RehearsalCase.Signal signal : test.signals()) {
            plan(
                    signal.after(),
                    new WorkflowSignal(
                            envelope("workflow.signal"),
                            RUN,
                            signal.name(),
                            signal.data() == null ? null : signal.data().toString()));
        }
        take(started());
        int steps = 0;
        while (!hasEnded() && stuck == null) {
            if (!slices.isEmpty()) {
                take(slices.poll());
            } else {
                next();
            }
            if (++steps > MOST_STEPS) {
                stuck = "it has not ended after " + MOST_STEPS + " steps";
            }
        }
        return new Outcome(
                view.state(),
                view.output() == null ? null : read(view.output()),
                view.error(),
                List.copyOf(calls),
                Duration.ofMillis(now - START),
                stuck);
    }

    private boolean hasEnded() {
        return state == null || view.state().isEnded();
    }

    private RunStarted started() {
        List<RunStarted.BoundAgent> agents = test.approvalRequired().stream()
                .map(agent -> new RunStarted.BoundAgent(agent, Risk.APPROVAL_REQUIRED, DIGEST))
                .toList();
        return new RunStarted(
                envelope("run.started"),
                RUN,
                program.name(),
                program.version(),
                DIGEST,
                test.input() == null ? null : test.input().toString(),
                Map.of(),
                agents,
                null,
                null);
    }

    /** What comes next, be it a time, an answer, or somebody's decision. */
    private void next() {
        long wake = decider.nextWake(state);
        long planned = ahead.isEmpty() ? Long.MAX_VALUE : ahead.peek().at();
        long decided = people.next();
        long first = Math.min(wake, Math.min(planned, decided));
        if (first == Long.MAX_VALUE) {
            stuck = people.isAsked()
                    ? "step " + people.asking() + ": nobody under people decides what it asks"
                    : "the run is " + view.state().name().toLowerCase(Locale.ROOT)
                            + ", and nothing in the test brings what it waits for";
            return;
        }
        now = Math.max(now, first);
        if (wake <= first) {
            accept(decider.wake(RUN, state, wake));
        } else if (planned <= first) {
            take(ahead.poll().input());
        } else {
            People.Made made = people.decide();
            take(new ApprovalDecided(
                    envelope("approval.decided"),
                    RUN,
                    made.requestId(),
                    made.decision().choice(),
                    made.decision().by(),
                    made.decision().comment(),
                    made.decision().data() == null
                            ? null
                            : made.decision().data().toString()));
        }
    }

    private void take(WorkflowInput input) {
        accept(decider.decide(RUN, state, input, now));
    }

    private void accept(Decision<RunState, ?, RunCommand> decision) {
        state = decision.state();
        for (RunCommand command : decision.commands()) {
            if (command instanceof RunCommand.Show show) {
                view = show.view();
            } else if (command instanceof RunCommand.Call call) {
                called(call);
            } else if (command instanceof RunCommand.Ask ask) {
                people.asked(ask.request(), now);
            } else if (command instanceof RunCommand.Tell tell) {
                people.told(tell.event());
            } else if (command instanceof RunCommand.Continue next) {
                slices.add(next.slice());
            } else if (command instanceof RunCommand.StartRun start) {
                childStarted(start.start());
            }
        }
    }

    private void called(RunCommand.Call call) {
        JsonNode input = call.input() == null ? NullNode.instance : read(call.input());
        calls.add(new Outcome.Call(call.agent(), input));
        Reply reply = reply(test.agents(), "agent", call.agent(), input);
        if (reply == null) {
            return;
        }
        long at = now + reply.after().toMillis();
        AgentResult result = new AgentResult(
                id(),
                at,
                Envelope.DEFAULT_TENANT,
                call.callKey(),
                call.agent(),
                reply.error() == null ? call.agent() : null,
                reply.error() == null ? AgentResult.Status.OK : AgentResult.Status.FAILED,
                reply.output() == null ? null : reply.output().toString(),
                reply.error() == null ? null : new AgentError(reply.error(), reply.message()),
                Usage.NONE,
                0,
                1,
                false,
                0,
                reply.after().toMillis(),
                reply.after().toMillis(),
                null,
                null);
        plan(reply.after(), new AgentAnswered(RUN, result));
    }

    private void childStarted(WorkflowStart start) {
        JsonNode input = start.input() == null ? NullNode.instance : read(start.input());
        if (start.parent() == null || start.parent().token() == null) {
            return;
        }
        Reply reply = reply(test.workflows(), "workflow", start.workflow(), input);
        if (reply == null) {
            return;
        }
        boolean failed = reply.error() != null;
        plan(
                reply.after(),
                new ChildEnded(
                        envelope("child.ended"),
                        RUN,
                        start.parent().token(),
                        start.runId(),
                        failed ? RunStatus.FAILED : RunStatus.COMPLETED,
                        failed ? null : reply.output().toString(),
                        failed
                                ? new WorkflowError(
                                        "https://serverlessworkflow.io/spec/1.0.0/errors/runtime",
                                        500,
                                        reply.error().wireName(),
                                        reply.message(),
                                        null)
                                : null,
                        0));
    }

    /** The first that fits and is not used up; null when there is none, which ends the test. */
    private Reply reply(Map<String, List<Reply>> replies, String kind, String name, JsonNode input) {
        try {
            for (Reply reply : replies.getOrDefault(name, List.of())) {
                if (used.getOrDefault(reply, 0) < reply.times() && reply.fits(input)) {
                    used.merge(reply, 1, Integer::sum);
                    return reply;
                }
            }
            stuck = "the " + kind + " " + name + " is called, and no reply of the test fits its input " + input;
        } catch (ExpressionException e) {
            stuck = kind + "s." + name + ".when: " + e.getMessage();
        }
        return null;
    }

    private void plan(Duration after, WorkflowInput input) {
        ahead.add(new Planned(now + after.toMillis(), ++ids, input));
    }

    private UUID id() {
        return new UUID(0, ++ids);
    }

    private Envelope envelope(String type) {
        return new Envelope(id(), type, Instant.ofEpochMilli(now), Envelope.DEFAULT_TENANT, null, null);
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException("the engine wrote what is no JSON", e);
        }
    }
}
