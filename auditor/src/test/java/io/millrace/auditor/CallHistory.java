package io.millrace.auditor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.wire.Uuid5;
import io.millrace.schema.wire.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;

/** The topics of a small run of an agents job, written by hand or at random. Times are milliseconds after the start. */
final class CallHistory {
    static final long COST = 10;
    private static final UUID CALLS = Uuid5.of(new UUID(0, 0), "agent.call");

    final List<History.Entry> registry = new ArrayList<>();
    final List<History.Entry> calls = new ArrayList<>();
    final List<History.Entry> outcomes = new ArrayList<>();
    final List<History.Entry> results = new ArrayList<>();
    final List<History.Entry> deadLetters = new ArrayList<>();

    private int ids;

    static UUID keyOf(String callKey) {
        return Uuid5.of(CALLS, "default\u001f" + callKey);
    }

    private ObjectNode event(String type, long at) {
        return History.MAPPER
                .createObjectNode()
                .put("schema_version", 1)
                .put("event_id", Uuid5.of(new UUID(0, 0), "event " + ids++).toString())
                .put("event_type", type)
                .put("occurred_at", History.time(at));
    }

    private static History.Entry add(List<History.Entry> topic, long at, ObjectNode json) {
        History.Entry entry = new History.Entry(at, new byte[0]);
        entry.json(json);
        topic.add(entry);
        return entry;
    }

    /** Whose version a flag says. */
    void registeredChoice(String agent) {
        ObjectNode json = event("agent.registered", 0)
                .put("agent", agent)
                .put("version", 1)
                .put("type", "OTHER");
        json.putObject("transport").put("kind", "flag").put("flag", agent);
        add(registry, 0, json);
    }

    /** @param dayMicros of its budget; 0 for none */
    void registered(String agent, long dayMicros) {
        ObjectNode json = event("agent.registered", 0)
                .put("agent", agent)
                .put("version", 1)
                .put("type", "OTHER")
                .put("timeout_ms", 1_000);
        json.putObject("transport").put("kind", "in-process");
        json.putObject("retry").put("max_attempts", 2).put("initial_ms", 100);
        if (dayMicros > 0) {
            json.putObject("budget").put("day_micros", dayMicros);
        }
        add(registry, 0, json);
    }

    ObjectNode call(String key, String agent, long at) {
        ObjectNode json = event("agent.call", at).put("call_key", key).put("agent", agent);
        json.putObject("input").put("text", "input of " + key);
        return json.put("tenant", "default");
    }

    /** A call that shares no answer. */
    History.Entry called(long at, String key, String agent) {
        return add(calls, at, call(key, agent, at).put("cache", "off"));
    }

    History.Entry called(long at, ObjectNode call) {
        return add(calls, at, call);
    }

    History.Entry outcome(long at, String key, String fallback, int number, String agent, String status) {
        String attempt = keyOf(key) + (fallback == null ? "" : "@" + fallback) + "#" + number + ".0123abcd";
        return add(
                outcomes,
                at,
                event("agent.outcome", at)
                        .put("tenant", "default")
                        .put("attempt_id", attempt)
                        .put("owner", "default\u001f" + key)
                        .put("agent", agent)
                        .put("status", status)
                        .put("started_at", History.time(at - 1))
                        .put("cost_micros", COST));
    }

    /** @param error null for none */
    History.Entry result(long at, String key, String agent, String status, String error, int attempts) {
        ObjectNode json = event("agent.result", at)
                .put("event_id", Uuid5.of(keyOf(key), "result").toString())
                .put("tenant", "default")
                .put("call_key", key)
                .put("agent", agent)
                .put("status", status)
                .put("attempts", attempts)
                .put("cost_micros", attempts * COST)
                .put("cached", false);
        if (status.equals("OK")) {
            json.put("answered_by", agent);
        }
        if (status.equals("OK") || status.equals("DEGRADED")) {
            json.put("output", "answer to " + key);
        }
        if (error != null) {
            json.putObject("error").put("code", error).put("message", "because");
        }
        return add(results, at, json);
    }

    History.Entry deadLetter(long at, int offset, String code) {
        History.Entry letter = calls.get(offset).copy();
        letter.at = at;
        History.header(letter, WireHeaders.ERROR_CODE, code);
        History.header(letter, WireHeaders.ERROR_MESSAGE, "because");
        History.header(letter, WireHeaders.SOURCE_TOPIC, Topics.AGENT_CALLS);
        History.header(letter, WireHeaders.SOURCE_PARTITION, "0");
        History.header(letter, WireHeaders.SOURCE_OFFSET, Integer.toString(offset));
        History.header(letter, WireHeaders.FIRST_SEEN, History.time(at));
        deadLetters.add(letter);
        return letter;
    }

    /** What happens to so many calls, each as it may; all is as it should be. */
    static CallHistory random(long seed, int steps) {
        CallHistory history = new CallHistory();
        history.registered("steady", 0);
        history.registered("flaky", 0);
        Random random = new Random(seed);
        long at = 1_000;
        for (int i = 0; i < steps; i++) {
            at += 10 + random.nextInt(500);
            // Each way at least once
            history.step(at, "k-" + i, i < 10 ? i : random.nextInt(10));
        }
        return history;
    }

    private void step(long at, String key, int way) {
        switch (way) {
            case 0 -> {
                called(at, key, "steady");
                outcome(at + 3, key, null, 1, "steady", "OK");
                result(at + 4, key, "steady", "OK", null, 1);
            }
            case 1 -> {
                called(at, key, "flaky");
                outcome(at + 3, key, null, 1, "flaky", "RETRYABLE");
                outcome(at + 300, key, null, 2, "flaky", "OK");
                result(at + 301, key, "flaky", "OK", null, 2);
            }
            case 2 -> {
                called(at, call(key, "steady", at));
                History.Entry result = result(at + 2, key, "steady", "OK", null, 0);
                result.json(result.json().put("cached", true));
            }
            case 3 -> {
                ObjectNode call = call(key, "steady", at);
                call.remove("agent");
                called(at, call);
                deadLetter(at + 1, calls.size() - 1, "missing_field");
            }
            case 4 -> {
                called(at, key, "steady");
                calls.add(calls.get(calls.size() - 1).copy());
                outcome(at + 3, key, null, 1, "steady", "OK");
                result(at + 4, key, "steady", "OK", null, 1);
            }
            case 5 -> {
                called(at, call(key, "steady", at).put("cache", "off").put("timeout_ms", 1_000));
                result(at + 1_000, key, "steady", "TIMED_OUT", "deadline_passed", 1)
                        .json(last(results).json().put("cost_micros", 0));
            }
            case 6 -> {
                called(at, key, "flaky");
                outcome(at + 3, key, null, 1, "flaky", "FAILED");
                outcome(at + 6, key, "steady", 1, "steady", "OK");
                History.Entry result = result(at + 7, key, "flaky", "OK", null, 2);
                result.json(result.json().put("answered_by", "steady"));
            }
            case 7 -> {
                called(at, key, "nobody");
                result(at + 5_000, key, "nobody", "REFUSED", "unknown_agent", 0);
            }
            case 8 -> {
                called(at, key, "flaky");
                outcome(at + 3, key, null, 1, "flaky", "FAILED");
                result(at + 4, key, "flaky", "DEGRADED", "agent_failed", 1);
            }
            default -> {
                called(at, call(key, "steady", at).put("reply_to", "elsewhere"));
                deadLetter(at + 1, calls.size() - 1, "reply_topic_not_allowed");
            }
        }
    }

    static History.Entry last(List<History.Entry> entries) {
        return entries.get(entries.size() - 1);
    }

    CallAuditReport audit(CallAuditSettings settings, long now) {
        CallAuditor auditor = new CallAuditor(settings);
        records().forEach(auditor::accept);
        return auditor.finish(History.START.plusMillis(now));
    }

    /** The report of a run without crashes, long after everything. */
    CallAuditReport audit() {
        return audit(CallAuditSettings.of(AuditSettings.crashFree()), 100 * 3_600_000L);
    }

    List<ConsumerRecord<byte[], byte[]>> records() {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        topic(Topics.AGENT_RESULTS, results, records);
        topic(Topics.AGENT_REGISTRY, registry, records);
        topic(Topics.AGENT_OUTCOMES, outcomes, records);
        topic(Topics.AGENT_CALLS, calls, records);
        topic(Topics.AGENT_CALLS_DLQ, deadLetters, records);
        return records;
    }

    private static void topic(String name, List<History.Entry> entries, List<ConsumerRecord<byte[], byte[]>> records) {
        for (int i = 0; i < entries.size(); i++) {
            History.Entry entry = entries.get(i);
            records.add(new ConsumerRecord<>(
                    name,
                    0,
                    i,
                    History.START.plusMillis(entry.at).toEpochMilli(),
                    TimestampType.LOG_APPEND_TIME,
                    -1,
                    -1,
                    "key".getBytes(StandardCharsets.UTF_8),
                    entry.value,
                    entry.headers,
                    Optional.empty()));
        }
    }
}
