package io.millrace.logic.workflow.bind;

import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.Uuid5;
import io.millrace.schema.workflow.RunRefused;
import io.millrace.schema.workflow.RunStarted;
import io.millrace.schema.workflow.RunStarted.BoundAgent;
import io.millrace.schema.workflow.WorkflowStart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Binds starts to what they are starts of. */
public final class Binding {
    /** No id contains a control character. */
    private static final char SEPARATOR = '\u001f';

    private static final UUID RUNS = Uuid5.of(new UUID(0, 0), "workflow.run");

    private Binding() {}

    /**
     * @param version of which the definition is known
     * @param agents what is known of an agent by its name; null for one that is not registered
     * @param at milliseconds since the epoch
     */
    public static RunStarted start(
            WorkflowStart start, VersionChoice version, Function<String, KnownAgent> agents, long at) {
        KnownDefinition definition = version.definition();
        List<BoundAgent> bound = new ArrayList<>();
        for (String name : definition.agents()) {
            KnownAgent agent = agents.apply(name);
            if (agent != null && bound.size() < RunStarted.MAX_AGENTS) {
                bound.add(new BoundAgent(name, agent.risk(), agent.digest()));
            }
        }
        return new RunStarted(
                envelope(start, "run.started", "started", at),
                start.runId(),
                definition.workflow(),
                definition.version(),
                definition.digest(),
                start.input(),
                start.attributes(),
                bound,
                start.parent(),
                version.choice());
    }

    /** @param at milliseconds since the epoch */
    public static RunRefused refuse(WorkflowStart start, String reason, long at) {
        return new RunRefused(
                envelope(start, "run.refused", "refused", at),
                start.runId(),
                start.workflow(),
                start.version(),
                reason,
                start.attributes(),
                start.parent());
    }

    /** What a start names, for people. */
    public static String named(WorkflowStart start) {
        return start.workflow() + (start.version() == null ? "" : " " + start.version());
    }

    /** The id of the inbox event of a run that {@code meaning} names. */
    private static Envelope envelope(WorkflowStart start, String type, String meaning, long at) {
        Envelope of = start.envelope();
        UUID id = Uuid5.of(RUNS, String.join(String.valueOf(SEPARATOR), of.tenant(), start.runId(), meaning));
        return new Envelope(id, type, Instant.ofEpochMilli(at), of.tenant(), of.correlationId(), of.traceparent());
    }
}
