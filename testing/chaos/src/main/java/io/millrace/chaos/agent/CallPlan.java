package io.millrace.chaos.agent;

import io.millrace.chaos.workload.Event;
import io.millrace.chaos.workload.Publication;
import io.millrace.chaos.workload.Seeds;
import io.millrace.schema.wire.Topics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** What is published in an episode: agents and a random history of calls, by the seed. Times are milliseconds. */
final class CallPlan {
    static final String OWN_RESULTS = Topics.AGENT_RESULTS + "-own";
    static final String POOR = "poor";

    private static final String NO_TOPIC = Topics.AGENT_RESULTS + "-nowhere";
    private static final int LENGTH = 10_000;
    /** Agents are registered before. */
    private static final int FIRST_CALL = 300;

    private static final int CALLS = 900;
    private static final int BAD_PERCENT = 2;
    private static final int REPEATED_PERCENT = 3;
    private static final int CONTRADICTED_PERCENT = 2;
    private static final int OTHER_TOPIC_PERCENT = 5;
    private static final int SHORT_PERCENT = 4;
    private static final int SHARED_INPUTS = 20;
    private static final int LONG_TIMEOUT = 15_000;

    /** The last deadline that calls have, by their own word or by what their agents may take, if no clock is wrong. */
    static final int LAST_DUE = LENGTH + 30_000;

    private final Random random;
    private final String prefix;
    private final RecordingAgents agents;
    private final List<Publication> publications = new ArrayList<>();
    private final Map<UUID, PlannedCall> calls = new LinkedHashMap<>();

    private CallPlan(long seed, String prefix, RecordingAgents agents) {
        this.random = Seeds.random(seed + 1);
        this.prefix = prefix;
        this.agents = agents;
    }

    /** @param prefix of the names of all tenants and agents */
    static CallPlan of(long seed, String prefix, RecordingAgents agents) {
        CallPlan plan = new CallPlan(seed, prefix, agents);
        plan.register();
        for (int i = 0; i < CALLS; i++) {
            plan.call(i);
        }
        plan.repeat();
        plan.publications.sort(Comparator.comparingInt(Publication::at));
        return plan;
    }

    String prefix() {
        return prefix;
    }

    /** In the order of their times. */
    List<Publication> publications() {
        return List.copyOf(publications);
    }

    /** By their idempotency keys. */
    Map<UUID, PlannedCall> calls() {
        return calls;
    }

    private void register() {
        for (AgentKind kind : AgentKind.values()) {
            if (kind.isRegistered()) {
                add(0, Topics.AGENT_REGISTRY, registration(kind, 1));
            }
            if (kind.changes()) {
                add(4_000 + random.nextInt(2_000), Topics.AGENT_REGISTRY, registration(kind, 2));
            }
        }
        String kept = prefix + AgentKind.KEPT;
        add(7_000, Topics.AGENT_REGISTRY, Registrations.invalidation(kept, Seeds.id(random)));
        add(FIRST_CALL, Topics.AGENT_REGISTRY, Registrations.bad(prefix + "bad"));
    }

    private Event registration(AgentKind kind, int version) {
        String url = agents.url(kind, prefix + kind, version);
        return Registrations.of(kind, prefix, version, url, Seeds.id(random));
    }

    private void call(int i) {
        int at = FIRST_CALL + random.nextInt(LENGTH - FIRST_CALL);
        AgentKind kind = AgentKind.at(random.nextInt(100));
        // Of the other two tenants the keys are the same.
        String tenant = prefix + (kind == AgentKind.PRICED ? POOR : i % 2 == 0 ? "even" : "odd");
        String callKey = kind == AgentKind.PRICED ? "p-" + i : "c-" + i / 2;
        int number = kind == AgentKind.KEPT ? random.nextInt(SHARED_INPUTS) : 1_000 + i;
        Event event = event(tenant, callKey, kind, number);
        int dice = random.nextInt(100);
        if (dice < BAD_PERCENT) {
            add(at, Topics.AGENT_CALLS, BadCalls.any(random, callKey, event));
            return;
        }
        boolean certain = dice > BAD_PERCENT;
        if (!certain) {
            // Refused, unless just then nobody knows which topics there are.
            event.with("reply_to", NO_TOPIC);
        } else if (dice > 100 - OTHER_TOPIC_PERCENT) {
            event.with("reply_to", OWN_RESULTS);
        }
        boolean shares = kind == AgentKind.KEPT
                && !"off".equals(event.json().path("cache").textValue());
        PlannedCall call = new PlannedCall(tenant, callKey, kind, prefix + kind, number, shares, certain);
        if (calls.putIfAbsent(call.key(), call) != null) {
            throw new IllegalStateException("two calls are planned under one key: " + call);
        }
        add(at, Topics.AGENT_CALLS, event);
        if (certain && kind != AgentKind.KEPT && random.nextInt(100) < CONTRADICTED_PERCENT) {
            // The same key with another input: the first is the truth.
            Event other = event(tenant, callKey, kind, number + 1_000_000);
            add(at + 1 + random.nextInt(2_000), Topics.AGENT_CALLS, other);
        }
    }

    private Event event(String tenant, String callKey, AgentKind kind, int number) {
        int dice = random.nextInt(100);
        int patience = LONG_TIMEOUT + random.nextInt(LONG_TIMEOUT / 2);
        boolean byClock = dice < 25 && (kind == AgentKind.PROMPT || kind == AgentKind.SLOW);
        Event event = Event.of(
                        callKey,
                        "agent.call",
                        Seeds.id(random),
                        byClock
                                ? (json, start, now) -> json.put(
                                        "deadline", now.plusMillis(patience).toString())
                                : Event.Dates.NONE)
                .with("tenant", tenant)
                .with("call_key", callKey)
                .with("agent", prefix + kind);
        event.json().putObject("input").put("number", number);
        if (kind == AgentKind.MUTE || dice >= 100 - SHORT_PERCENT) {
            event.json().put("timeout_ms", 200 + random.nextInt(kind == AgentKind.MUTE ? 4_000 : 1_500));
        } else if (!byClock && dice < 60) {
            event.json().put("timeout_ms", patience);
        }
        if (kind == AgentKind.GUARDED && random.nextBoolean()) {
            event.json()
                    .putObject("approval")
                    .put("request_id", "r-1")
                    .put("approved_by", "nobody")
                    .put("expires_at", "2199-01-01T00:00:00Z")
                    .put("mac", "0".repeat(64));
        }
        if (kind == AgentKind.KEPT && dice < 20) {
            event.with("cache", dice < 10 ? "refresh" : "off");
        }
        return event;
    }

    /** What would come after the end is left out. */
    private void add(int at, String topic, Event event) {
        if (at < LENGTH) {
            publications.add(new Publication(at, topic, event));
        }
    }

    private void repeat() {
        for (int i = publications.size() * REPEATED_PERCENT / 100; i > 0; i--) {
            Publication again = publications.get(random.nextInt(publications.size()));
            add(again.at() + 1 + random.nextInt(3_000), again.topic(), again.event());
        }
    }
}
