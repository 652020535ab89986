package io.millrace.logic.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.logic.decision.Decision;
import io.millrace.logic.workflow.program.InvalidDefinitionException;
import io.millrace.logic.workflow.program.Program;
import io.millrace.logic.workflow.program.ProgramCompiler;
import io.millrace.schema.agent.AgentError;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.agent.Risk;
import io.millrace.schema.agent.Usage;
import io.millrace.schema.rollout.HealthSignal;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.workflow.AgentAnswered;
import io.millrace.schema.workflow.ApprovalDecided;
import io.millrace.schema.workflow.ApprovalRequested;
import io.millrace.schema.workflow.ChildEnded;
import io.millrace.schema.workflow.RunStarted;
import io.millrace.schema.workflow.RunStatus;
import io.millrace.schema.workflow.WorkflowCommand;
import io.millrace.schema.workflow.WorkflowControl;
import io.millrace.schema.workflow.WorkflowEmitted;
import io.millrace.schema.workflow.WorkflowError;
import io.millrace.schema.workflow.WorkflowEvent;
import io.millrace.schema.workflow.WorkflowInput;
import io.millrace.schema.workflow.WorkflowRun;
import io.millrace.schema.workflow.WorkflowSignal;
import io.millrace.schema.workflow.WorkflowStart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One run, told what comes and when, and encoded and decoded after each input. */
final class TestRun {
    static final String ID = "run-1";
    static final String DIGEST = "d".repeat(64);
    static final long START = 1_000_000;

    private static final ObjectMapper LENIENT = JsonMapper.builder()
            .enable(JsonParser.Feature.ALLOW_SINGLE_QUOTES, JsonParser.Feature.ALLOW_UNQUOTED_FIELD_NAMES)
            .build();

    private final RunDecider decider;
    private final RunStateCodec codec = new RunStateCodec();
    private final List<RunCommand> commands = new ArrayList<>();
    private final Map<String, Program> programs = new HashMap<>();
    private boolean holdsSlices;
    private boolean stays;
    private RunState state;
    private RunEffect effect;
    private long now = START;
    private long ids;

    TestRun(Program program, RunLimits limits) {
        decider = new RunDecider((tenant, digest) -> programs.get(digest), limits);
        if (program != null) {
            programs.put(DIGEST, program);
        }
    }

    static JsonNode json(String text) {
        try {
            return LENIENT.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param steps the workflow's {@code do}, as JSON with single quotes and bare names */
    static Program program(String steps) {
        return document("{do: " + steps + "}");
    }

    static Program document(String document) {
        JsonNode json = json(document);
        ((com.fasterxml.jackson.databind.node.ObjectNode) json)
                .set("document", json("{dsl: '1.0.3', namespace: 'test', name: 'test', version: '1.0.0'}"));
        try {
            return ProgramCompiler.compile(json, new TinyFormulas());
        } catch (InvalidDefinitionException e) {
            throw new IllegalArgumentException(e.pointer() + ": " + e.getMessage(), e);
        }
    }

    static TestRun of(String steps) {
        return new TestRun(program(steps), RunLimits.DEFAULT);
    }

    static TestRun started(String steps, String input) {
        return of(steps).start(input);
    }

    /** The definition comes now. */
    TestRun defined(Program program) {
        programs.put(DIGEST, program);
        return this;
    }

    /** It is not restored after each input. */
    TestRun staying() {
        stays = true;
        return this;
    }

    /** The definition is not here any more. */
    TestRun lost() {
        programs.clear();
        return this;
    }

    /** Slices are kept back until {@link #slice} is called. */
    TestRun holdingSlices() {
        holdsSlices = true;
        return this;
    }

    private Envelope envelope(String type) {
        return new Envelope(new UUID(7, ++ids), type, Instant.ofEpochMilli(now), "acme", null, null);
    }

    TestRun start(String input) {
        return start(input, null, List.of());
    }

    TestRun start(String input, WorkflowStart.Parent parent, List<RunStarted.BoundAgent> agents) {
        return start(input, parent, agents, null);
    }

    TestRun startChosen(RunStarted.Choice choice) {
        return start(null, null, List.of(), choice);
    }

    TestRun start(
            String input, WorkflowStart.Parent parent, List<RunStarted.BoundAgent> agents, RunStarted.Choice choice) {
        return take(new RunStarted(
                envelope("run.started"),
                ID,
                "test",
                "1.0.0",
                DIGEST,
                input == null ? null : json(input).toString(),
                Map.of("customer", "acme"),
                agents,
                parent,
                choice));
    }

    static RunStarted.BoundAgent risky(String agent) {
        return new RunStarted.BoundAgent(agent, Risk.APPROVAL_REQUIRED, "a".repeat(64));
    }

    TestRun take(WorkflowInput input) {
        elapse(0);
        Decision<RunState, ?, RunCommand> decision = decider.decide(ID, state, input, now);
        effect = (RunEffect) decision.effect();
        accept(decision);
        return this;
    }

    private void accept(Decision<RunState, ?, RunCommand> decision) {
        state = recoded(decision.state());
        commands.addAll(decision.commands());
        decision.commands().forEach(TestRun::requireReadable);
        if (!holdsSlices) {
            for (RunCommand command : decision.commands()) {
                if (command instanceof RunCommand.Continue next) {
                    take(next.slice());
                }
            }
        }
    }

    /** Whoever reads what the run sends has to be able to. */
    private static void requireReadable(RunCommand command) {
        try {
            if (command instanceof RunCommand.Ask ask) {
                assertThat(ApprovalRequested.read(record(ask.request().toJson())))
                        .isEqualTo(ask.request());
            } else if (command instanceof RunCommand.StartRun start) {
                WorkflowCommand.read(record(start.start().toJson()));
            } else if (command instanceof RunCommand.CancelRun cancel) {
                WorkflowCommand.read(record(cancel.control().toJson()));
            } else if (command instanceof RunCommand.Emit emit) {
                WorkflowEmitted.read(record(emit.emitted().toJson()));
            } else if (command instanceof RunCommand.Continue next) {
                WorkflowInput.read(record(next.slice().toJson()));
            } else if (command instanceof RunCommand.Return end) {
                WorkflowInput.read(record(end.end().toJson()));
            } else if (command instanceof RunCommand.Signal told) {
                HealthSignal.read(record(told.signal().toJson()));
            } else if (command instanceof RunCommand.Tell tell) {
                WorkflowEvent.read(record(tell.event().toJson()));
            } else if (command instanceof RunCommand.Show show) {
                WorkflowRun.read(record(show.view().toJson()));
            }
        } catch (RejectedEventException e) {
            throw new AssertionError("nobody can read " + command, e);
        }
    }

    private static SourceRecord record(byte[] value) {
        return new SourceRecord("any", 0, 0, START, null, value, List.of());
    }

    private RunState recoded(RunState run) {
        if (run == null || stays) {
            return run;
        }
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            codec.write(run, new DataOutputStream(bytes));
            return codec.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** So much time passes, and does what it has to. */
    TestRun elapse(long millis) {
        long end = now + millis;
        while (state != null && decider.nextWake(state) <= end) {
            long time = decider.nextWake(state);
            now = Math.max(now, time);
            Decision<RunState, ?, RunCommand> decision = decider.wake(ID, state, time);
            accept(decision);
            if (state != null && decider.nextWake(state) == time) {
                throw new IllegalStateException("asks for " + time + " again");
            }
        }
        now = end;
        return this;
    }

    /** The next slice that is not taken yet. */
    TestRun slice() {
        List<RunCommand.Continue> slices = all(RunCommand.Continue.class);
        return take(slices.get(slices.size() - 1).slice());
    }

    TestRun answer(String agent, String output) {
        return answer(call(agent), output);
    }

    TestRun answer(RunCommand.Call call, String output) {
        return take(answered(call, AgentResult.Status.OK, json(output).toString(), null));
    }

    TestRun fails(String agent) {
        return fails(agent, AgentErrorCode.AGENT_FAILED);
    }

    TestRun fails(String agent, AgentErrorCode code) {
        return take(answered(call(agent), AgentResult.Status.FAILED, null, new AgentError(code, "it is broken")));
    }

    WorkflowInput answered(RunCommand.Call call, AgentResult.Status status, String output, AgentError error) {
        return new AgentAnswered(
                ID,
                new AgentResult(
                        new UUID(8, ++ids),
                        now,
                        "acme",
                        call.callKey(),
                        call.agent(),
                        call.agent(),
                        status,
                        output,
                        error,
                        Usage.NONE,
                        100,
                        1,
                        false,
                        0,
                        0,
                        0,
                        null,
                        null));
    }

    TestRun child(String token, RunStatus status, String output) {
        return take(new ChildEnded(
                envelope("child.ended"),
                ID,
                token,
                token,
                status,
                output,
                status == RunStatus.FAILED
                        ? new WorkflowError("https://example.com/odd", 500, null, "odd", null)
                        : null,
                50));
    }

    TestRun signal(String name, String data) {
        return take(new WorkflowSignal(envelope("workflow.signal"), ID, name, data));
    }

    TestRun control(WorkflowControl.Action action) {
        return control(action, null);
    }

    TestRun control(WorkflowControl.Action action, String input) {
        return take(new WorkflowControl(envelope("workflow.control"), ID, action, "ada", "because", input));
    }

    TestRun decide(String by, String choice) {
        return take(decision(asks().get(asks().size() - 1).requestId(), by, choice));
    }

    WorkflowInput decision(String requestId, String by, String choice) {
        return new ApprovalDecided(envelope("approval.decided"), ID, requestId, choice, by, "fine", null);
    }

    RunEffect effect() {
        return effect;
    }

    boolean isForgotten() {
        return state == null;
    }

    RunState state() {
        return state;
    }

    /** As if it were in that state. */
    TestRun with(RunState other) {
        state = other;
        return this;
    }

    byte[] encoded() {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            codec.write(state, new DataOutputStream(bytes));
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    <C extends RunCommand> List<C> all(Class<C> type) {
        return commands.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<RunCommand.Call> calls() {
        return all(RunCommand.Call.class);
    }

    /** Agents in the order in which they were called. */
    String called() {
        return calls().stream().map(RunCommand.Call::agent).collect(Collectors.joining(" "));
    }

    /** The last call of an agent. */
    RunCommand.Call call(String agent) {
        return calls().stream()
                .filter(call -> call.agent().equals(agent))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError(agent + " was not called, but " + called()));
    }

    List<ApprovalRequested> asks() {
        return all(RunCommand.Ask.class).stream().map(RunCommand.Ask::request).toList();
    }

    List<HealthSignal> signals() {
        return all(RunCommand.Signal.class).stream()
                .map(RunCommand.Signal::signal)
                .toList();
    }

    WorkflowRun view() {
        List<RunCommand.Show> views = all(RunCommand.Show.class);
        return views.get(views.size() - 1).view();
    }

    RunStatus status() {
        return view().state();
    }

    String output() {
        return view().output();
    }

    WorkflowError error() {
        return view().error();
    }

    Stream<WorkflowEvent> events() {
        return all(RunCommand.Tell.class).stream().map(RunCommand.Tell::event);
    }

    List<WorkflowEvent> events(WorkflowEvent.Change change) {
        return events().filter(event -> event.change() == change).toList();
    }

    List<RunCommand> commands() {
        return commands;
    }
}
