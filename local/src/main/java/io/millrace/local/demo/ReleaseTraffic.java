package io.millrace.local.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.topic.SourceRecords;
import io.millrace.schema.agent.AgentCall;
import io.millrace.schema.rollout.RolloutCommand;
import io.millrace.schema.rollout.RolloutEvent;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.wire.VisibleText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two new versions of an agent that is called all the time: the first is worse, and is taken back by what its calls show; then the
 * second goes to everybody.
 */
public final class ReleaseTraffic implements LiveTraffic.Part {
    private static final Logger LOG = LoggerFactory.getLogger(ReleaseTraffic.class);
    private static final Duration BETWEEN_CALLS = Duration.ofMillis(100);
    private static final String AGENT = "triage";
    private static final String FLAG = "triage-version";

    private static final String FLAG_DEFINITION =
            """
            {"state":"ENABLED","variants":{"v1":"triage-v1","v2":"triage-v2","v3":"triage-v3"},"defaultVariant":"v1"}""";

    private static final String CHOICE =
            """
            {"version":1,"type":"ANALYSIS","transport":{"kind":"flag","flag":"triage-version","otherwise":"triage-v1"}}""";

    /** An answer without a team is none. */
    private static final String VERSION =
            """
            {"version":1,"type":"ANALYSIS","timeout_ms":5000,"retry":{"max_attempts":1},
             "output_schema":{"type":"object","properties":{"team":{"type":"string"}},"required":["team"]}}""";

    private static final String ROLLOUT =
            """
            {"flag":"triage-version","from":"v1","strategy":"progressive",
             "steps":[{"percent":20,"hold_seconds":20},{"percent":50,"hold_seconds":20},{"percent":100}],
             "health":{"sources":[{"name":"agents"}],"min_requests":20,"warm_up_seconds":5}}""";

    private final TriageService service;
    private final Consumer<String> said;
    private final Random random = new Random();
    private boolean begun;
    private Instant next = Instant.EPOCH;

    private ReleaseTraffic(TriageService service, Consumer<String> said) {
        this.service = service;
        this.said = said;
    }

    /** @param said is given a line for people when a version is taken back, or has gone to everybody */
    public static LiveTraffic start(KafkaConnection kafka, Consumer<String> said) {
        return new LiveTraffic(kafka, "release-traffic", new ReleaseTraffic(TriageService.start(), said));
    }

    @Override
    public List<String> topics() {
        return List.of(Topics.ROLLOUT_EVENTS);
    }

    @Override
    public void act(LiveTraffic out) {
        if (!begun) {
            begun = true;
            register(out, AGENT, SampleEvent.object(CHOICE));
            for (String version : TriageService.VERSIONS) {
                ObjectNode definition = SampleEvent.object(VERSION);
                definition.putObject("transport").put("kind", "http").put("url", service.url(version));
                register(out, AGENT + "-" + version, definition);
            }
            release(out, "v2");
        }
        Instant now = Instant.now();
        if (now.isAfter(next)) {
            next = now.plus(BETWEEN_CALLS);
            call(out);
        }
    }

    private void register(LiveTraffic out, String agent, ObjectNode definition) {
        ObjectNode event = event("agent.registered").put("agent", agent);
        event.setAll(definition);
        out.send(Topics.AGENT_REGISTRY, agent, bytes(event));
    }

    private void release(LiveTraffic out, String version) {
        String name = AGENT + "-" + version;
        out.send(Topics.FLAGS, FLAG, FLAG_DEFINITION.getBytes(StandardCharsets.UTF_8));
        ObjectNode rollout = event("rollout.defined").put("name", name).put("to", version);
        rollout.setAll(SampleEvent.object(ROLLOUT));
        out.send(Topics.ROLLOUT_DEFINITIONS, name, bytes(rollout));
        RolloutCommand start = new RolloutCommand(
                new Envelope(UUID.randomUUID(), "rollout.command", Instant.now(), Envelope.DEFAULT_TENANT, null, null),
                name,
                RolloutCommand.Action.START,
                "demo",
                "a new version",
                null);
        out.send(Topics.ROLLOUT_COMMANDS, name, start.toJson());
    }

    private void call(LiveTraffic out) {
        String key = "triage-" + UUID.randomUUID();
        ObjectNode call = event(AgentCall.TYPE)
                .put("call_key", key)
                .put("agent", AGENT)
                .put("timeout_ms", Duration.ofSeconds(20).toMillis());
        call.putObject("input")
                .put("title", Company.work(random, random.nextDouble()).title());
        out.send(Topics.AGENT_CALLS, key, bytes(call));
    }

    private ObjectNode event(String type) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("schema_version", 1)
                .put("event_id", UUID.randomUUID().toString())
                .put("event_type", type)
                .put("occurred_at", SampleEvent.utc(Instant.now()));
    }

    private static byte[] bytes(ObjectNode event) {
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void hear(ConsumerRecord<byte[], byte[]> record, LiveTraffic out) {
        RolloutEvent event;
        try {
            event = RolloutEvent.read(SourceRecords.of(record));
        } catch (RejectedEventException e) {
            LOG.warn("No event: offset {} of {}-{}", record.offset(), record.topic(), record.partition());
            return;
        }
        if (!event.flag().equals(FLAG)) {
            return;
        }
        switch (event.kind()) {
            case ROLLED_BACK -> {
                said.accept(VisibleText.of(event.rollout() + " was taken back: " + event.reason()));
                release(out, "v3");
            }
            case COMPLETED -> said.accept(VisibleText.of(event.rollout() + " is what everybody gets"));
            default -> LOG.info("{}: {}", event.rollout(), event.kind());
        }
    }

    @Override
    public void close() {
        service.close();
    }
}
