package io.millrace.logic.agent;

import io.millrace.logic.flag.CompiledFlag;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.rollout.HealthSignal;
import io.millrace.schema.rollout.Names;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.Uuid5;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How calls went of agents that are variants of flags, for whoever rolls a version out. Immutable. */
public final class VersionSignals {
    /** By that name roll-outs name these signals among their sources. */
    public static final String SOURCE = "agents";

    private static final String TYPE = "health.signal";

    /** An agent is told of as a variant of so many flags at most. */
    private static final int MAX_FLAGS = 10;

    private final Map<String, List<Variant>> byAgent = new HashMap<>();

    private record Variant(String flag, String name) {}

    /** @param flags those whose variants are texts count, as far as a signal can name them: flagd allows any name */
    public VersionSignals(Collection<CompiledFlag> flags) {
        for (CompiledFlag flag : flags) {
            flag.texts().forEach((variant, agent) -> {
                if (!Names.isOne(variant)) {
                    return;
                }
                List<Variant> known = byAgent.computeIfAbsent(agent, any -> new ArrayList<>(1));
                if (known.size() < MAX_FLAGS) {
                    known.add(new Variant(flag.key(), variant));
                }
            });
        }
    }

    /** An answer that was another call's, or a call that was refused, says nothing of the version. */
    public List<HealthSignal> of(AgentResult result) {
        List<Variant> variants = byAgent.get(result.agent());
        return variants == null || result.cached() || result.status() == AgentResult.Status.REFUSED
                ? List.of()
                : variants.stream().map(variant -> signal(variant, result)).toList();
    }

    private static HealthSignal signal(Variant variant, AgentResult result) {
        Envelope envelope = new Envelope(
                Uuid5.of(result.eventId(), variant.flag() + '\n' + variant.name()),
                TYPE,
                Instant.ofEpochMilli(result.occurredAt()),
                Envelope.DEFAULT_TENANT,
                result.correlationId(),
                null);
        return new HealthSignal(
                envelope,
                variant.flag(),
                variant.name(),
                SOURCE,
                1L,
                result.status() == AgentResult.Status.OK ? 0 : 1,
                Math.min(HealthSignal.MAX_LATENCY_MS, result.agentMs()),
                List.of(),
                Map.of(),
                null);
    }
}
