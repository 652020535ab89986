package io.millrace.logic.agent.registry;

import io.millrace.logic.agent.schema.JsonSchemaCheck;
import io.millrace.logic.agent.schema.SchemaCheck;
import io.millrace.schema.agent.AgentDefinition;
import io.millrace.schema.agent.AgentDefinition.Fallback;
import io.millrace.schema.agent.AgentRegistryEvent;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pcollections.TreePMap;

/** The agents there are, as of one point of the log. Immutable. */
public final class AgentRegistry {
    /** Answers are kept no longer, so that older invalidations concern none. */
    private static final long MAX_TTL_MS = 30L * 86_400_000;

    private static final int MAX_INVALIDATIONS = 200;
    static final int MAX_INVALIDATED_AGENTS = 1_000;
    /** Stands for every agent; none can have that name. */
    private static final String ALL_AGENTS = "*";

    private static final int MAX_CHAIN = 20;
    static final int MAX_AGENTS = 50_000;
    /** Every task that asks for agents holds all of them. */
    static final int MAX_WEIGHT = 16 << 20;

    private final Set<String> transports;
    private final TreePMap<String, RegisteredAgent> agents;
    private final int weight;
    private final Map<String, List<Invalidation>> invalidations;

    private AgentRegistry(
            Set<String> transports,
            TreePMap<String, RegisteredAgent> agents,
            int weight,
            Map<String, List<Invalidation>> invalidations) {
        this.transports = transports;
        this.agents = agents;
        this.weight = weight;
        this.invalidations = invalidations;
    }

    /** @param transports the kinds of transport that the job has */
    public static AgentRegistry empty(Set<String> transports) {
        return new AgentRegistry(Set.copyOf(transports), TreePMap.empty(), 0, Map.of());
    }

    /** The definition of that name, or null. */
    public AgentDefinition definition(String agent) {
        RegisteredAgent registered = agents.get(agent);
        return registered == null ? null : registered.definition();
    }

    /** All definitions, by name. */
    public List<AgentDefinition> definitions() {
        return agents.values().stream().map(RegisteredAgent::definition).toList();
    }

    public RegisteredAgent find(String agent) {
        return agents.get(agent);
    }

    List<Invalidation> invalidations() {
        return invalidations.values().stream().flatMap(List::stream).toList();
    }

    /**
     * The registry after an event.
     *
     * @param logTime of the event, milliseconds since the epoch
     * @return this very registry when the event changes nothing
     * @throws RejectedEventException when the definition can't be followed
     */
    public AgentRegistry with(AgentRegistryEvent event, long logTime) throws RejectedEventException {
        return switch (event.kind()) {
            case REGISTERED -> withAgent(event.definition());
            case REMOVED -> without(event.agent());
            case CACHE_INVALIDATED ->
                with(new Invalidation(event.agent(), event.version(), event.dependency(), logTime));
        };
    }

    AgentRegistry withAgent(AgentDefinition definition) throws RejectedEventException {
        RegisteredAgent before = agents.get(definition.agent());
        if (before != null && before.definition().equals(definition)) {
            return this;
        }
        if (!transports.contains(definition.transport().kind())) {
            throw new RejectedEventException(
                    ErrorCode.UNKNOWN_TRANSPORT,
                    "transport.kind: \"" + definition.transport().kind() + "\" is none of "
                            + String.join(", ", transports.stream().sorted().toList()));
        }
        int newWeight = weight - (before == null ? 0 : before.weight()) + RegisteredAgent.weight(definition);
        requireRoom(before == null, newWeight);
        SchemaCheck input = JsonSchemaCheck.of("input_schema", definition.inputSchema());
        SchemaCheck output = JsonSchemaCheck.of("output_schema", definition.outputSchema());
        Fallback fallback = definition.fallback();
        String problem = fallback.degradedOutput() == null ? null : output.problem(fallback.degradedOutput());
        if (problem != null) {
            throw new RejectedEventException(
                    ErrorCode.INVALID_SCHEMA, "fallback.degraded_output: not what output_schema asks for: " + problem);
        }
        RegisteredAgent registered = RegisteredAgent.of(definition, input, output);
        AgentRegistry after =
                new AgentRegistry(transports, agents.plus(definition.agent(), registered), newWeight, invalidations);
        after.requireNoLoop(definition.agent());
        return after;
    }

    private void requireRoom(boolean another, int newWeight) throws RejectedEventException {
        if (another && agents.size() >= MAX_AGENTS) {
            throw new RejectedEventException(
                    ErrorCode.INVALID_VALUE,
                    "agent: there are " + MAX_AGENTS + " agents already; remove those that are not called any more");
        }
        if (newWeight > Math.max(weight, MAX_WEIGHT)) {
            throw new RejectedEventException(
                    ErrorCode.INVALID_VALUE,
                    "the definitions of all agents are " + MAX_WEIGHT + " bytes at most, schemas counting "
                            + RegisteredAgent.WEIGHT_OF_SCHEMAS
                            + " times, and would be more; make them shorter, or remove agents");
        }
    }

    /** Looks for a way from the agent back to it; there was no loop before it came. */
    private void requireNoLoop(String agent) throws RejectedEventException {
        Map<String, String> askedBy = new HashMap<>();
        Deque<String> open = new ArrayDeque<>(List.of(agent));
        while (!open.isEmpty()) {
            String asking = open.remove();
            RegisteredAgent registered = agents.get(asking);
            if (registered == null) {
                continue;
            }
            for (String next : registered.definition().fallback().agents()) {
                if (next.equals(agent)) {
                    throw new RejectedEventException(
                            ErrorCode.FALLBACK_LOOP, "fallback.agents: " + way(agent, asking, askedBy) + " is a loop");
                }
                if (askedBy.putIfAbsent(next, asking) == null) {
                    open.add(next);
                }
            }
        }
    }

    /** From the agent to the last and back, with the middle left out where that is long. */
    private static String way(String agent, String last, Map<String, String> askedBy) {
        Deque<String> way = new ArrayDeque<>(List.of(agent));
        for (String each = last; !each.equals(agent); each = askedBy.get(each)) {
            way.addFirst(each);
        }
        way.addFirst(agent);
        List<String> names = new ArrayList<>(way);
        if (names.size() > MAX_CHAIN) {
            List<String> middle = names.subList(MAX_CHAIN / 2, names.size() - MAX_CHAIN / 2);
            String left = "… " + middle.size() + " more …";
            middle.clear();
            names.add(MAX_CHAIN / 2, left);
        }
        return String.join(" → ", names);
    }

    private AgentRegistry without(String agent) {
        RegisteredAgent before = agents.get(agent);
        return before == null
                ? this
                : new AgentRegistry(transports, agents.minus(agent), weight - before.weight(), invalidations);
    }

    /**
     * Several of one scope are one, of too many of an agent one for all its answers, and of too many agents one for the
     * answers of all: what is asked for once too often does no harm.
     */
    AgentRegistry with(Invalidation invalidation) {
        Map<String, List<Invalidation>> next = since(invalidation.time() - MAX_TTL_MS);
        List<Invalidation> ofAgent = new ArrayList<>(next.getOrDefault(invalidation.agent(), List.of()));
        ofAgent.removeIf(other -> other.sameScope(invalidation));
        ofAgent.add(invalidation);
        if (ofAgent.size() > MAX_INVALIDATIONS) {
            ofAgent = List.of(new Invalidation(invalidation.agent(), null, null, invalidation.time()));
        }
        next.put(invalidation.agent(), List.copyOf(ofAgent));
        if (next.size() > MAX_INVALIDATED_AGENTS) {
            long last = next.values().stream()
                    .flatMap(List::stream)
                    .mapToLong(Invalidation::time)
                    .max()
                    .orElseThrow();
            next = Map.of(ALL_AGENTS, List.of(new Invalidation(ALL_AGENTS, null, null, last)));
        }
        return new AgentRegistry(transports, agents, weight, Collections.unmodifiableMap(next));
    }

    /** This, with the invalidations after {@code latest}, milliseconds since the epoch, as of then. */
    public AgentRegistry notAfter(long latest) {
        Map<String, List<Invalidation>> bounded = new HashMap<>();
        invalidations.forEach((agent, ofAgent) -> bounded.put(
                agent,
                ofAgent.stream()
                        .map(each -> new Invalidation(
                                each.agent(), each.version(), each.dependency(), Math.min(each.time(), latest)))
                        .toList()));
        return new AgentRegistry(transports, agents, weight, Collections.unmodifiableMap(bounded));
    }

    /** Of all agents, since one need not be registered to be named in an invalidation. */
    private Map<String, List<Invalidation>> since(long time) {
        Map<String, List<Invalidation>> recent = new HashMap<>();
        invalidations.forEach((agent, ofAgent) -> {
            List<Invalidation> rest = ofAgent.stream()
                    .filter(invalidation -> invalidation.time() >= time)
                    .toList();
            if (!rest.isEmpty()) {
                recent.put(agent, rest);
            }
        });
        return recent;
    }

    /**
     * Whether an answer is worthless.
     *
     * @param askedAt log time at which it was asked for
     */
    public boolean isInvalidated(String agent, String version, Collection<String> dependencies, long askedAt) {
        return isInvalidatedIn(agent, version, dependencies, askedAt)
                || isInvalidatedIn(ALL_AGENTS, version, dependencies, askedAt);
    }

    private boolean isInvalidatedIn(String scope, String version, Collection<String> dependencies, long askedAt) {
        for (Invalidation invalidation : invalidations.getOrDefault(scope, List.of())) {
            if (askedAt <= invalidation.time() && invalidation.concerns(version, dependencies)) {
                return true;
            }
        }
        return false;
    }

    /** The agent and, in turn, who is asked when it has no answer: each fallback followed by its own, nobody twice. */
    public List<String> chain(String agent) {
        List<String> chain = new ArrayList<>();
        extend(chain, agent);
        return List.copyOf(chain);
    }

    private void extend(List<String> chain, String agent) {
        if (chain.size() == MAX_CHAIN || chain.contains(agent)) {
            return;
        }
        chain.add(agent);
        RegisteredAgent registered = agents.get(agent);
        if (registered != null) {
            registered.definition().fallback().agents().forEach(next -> extend(chain, next));
        }
    }
}
