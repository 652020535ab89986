package io.millrace.auditor;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.wire.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Audits an agents job by what is on its topics: every call exactly one result, under the id that follows from its key;
 * every attempt under the key of its call; no budget overspent; every bad record a dead letter. Give it the records of
 * each partition in order, from its beginning, then ask for the report; {@link CallAuditFeed} does the reading.
 *
 * <p>Not judged: whether an agent answered well, whether a cached answer was the right one, how long attempts waited,
 * which of several faults a dead letter's code names; of bad registrations only those that are no JSON object.
 *
 * <p>It takes about 600 bytes of memory per record, as {@link TaskAuditor} does, and can be given a share of the calls
 * likewise. Not thread-safe.
 */
public final class CallAuditor {
    private static final int LARGEST_REGISTRATION = 256 * 1024;

    private final CallAuditSettings settings;
    private final CallParser parser = new CallParser();
    private final OutputParser outputs = new OutputParser();
    private final ValueParser registrations = new ValueParser(LARGEST_REGISTRATION);
    private final AgentHistory agents = new AgentHistory();
    private final Map<UUID, CallLog> calls = new HashMap<>();
    private final Map<String, Long> callsByTenant = new HashMap<>();
    private final List<CallRecord> badCalls = new ArrayList<>();
    private final List<CallRecord> badRegistrations = new ArrayList<>();
    private final List<CallRecord> badOutcomes = new ArrayList<>();
    /** By the topic of the originals. */
    private final Map<String, Map<Position, List<DeadLetter>>> letters = new HashMap<>();
    /** By topic and partition. */
    private final Map<String, Map<Integer, Long>> firstOffsets = new HashMap<>();

    private final List<Offence> unreadable = new ArrayList<>();
    private long callCount;
    private long deadLetterCount;

    public CallAuditor(CallAuditSettings settings) {
        this.settings = settings;
    }

    /**
     * Takes the next record of a partition; one of another topic is passed over. Never throws for what is in a record.
     */
    public void accept(ConsumerRecord<byte[], byte[]> record) {
        firstOffsets
                .computeIfAbsent(record.topic(), topic -> new HashMap<>())
                .putIfAbsent(record.partition(), record.offset());
        switch (record.topic()) {
            case Topics.AGENT_CALLS -> call(record);
            case Topics.AGENT_REGISTRY -> registration(record);
            case Topics.AGENT_OUTCOMES -> outcome(record);
            case Topics.AGENT_CALLS_DLQ, Topics.AGENT_REGISTRY_DLQ, Topics.AGENT_OUTCOMES_DLQ -> deadLetter(record);
            default -> {
                if (settings.resultTopics().contains(record.topic())) {
                    result(record);
                }
            }
        }
    }

    /** The first record of that partition has this offset: dead letters of earlier ones are passed over. */
    void startAt(String topic, int partition, long offset) {
        firstOffsets.computeIfAbsent(topic, t -> new HashMap<>()).put(partition, offset);
    }

    private void call(ConsumerRecord<byte[], byte[]> record) {
        CallRecord call = parser.parse(record);
        if (!call.isBad()) {
            call = call.counted(callsByTenant.merge(call.tenant(), 1L, Long::sum));
        }
        if (!covers(call)) {
            return;
        }
        callCount++;
        if (call.isBad()) {
            badCalls.add(call);
        } else {
            log(call.tenant(), call.callKey()).calls().add(call);
        }
    }

    private void registration(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        Verdict verdict = new Verdict();
        JsonNode json = registrations.json(record.value(), verdict);
        if (json != null) {
            agents.accept(json);
        } else {
            bad(record, verdict, badRegistrations);
        }
    }

    private void outcome(ConsumerRecord<byte[], byte[]> record) {
        try {
            OutcomeRecord outcome = AnswerParser.outcome(outputs.json(record), record, where(record));
            if (settings.covers(outcome.tenant(), outcome.key())) {
                calls.computeIfAbsent(outcome.key(), key -> new CallLog())
                        .outcomes()
                        .add(outcome);
            }
        } catch (OutputParser.Unreadable e) {
            Verdict verdict = new Verdict();
            verdict.bad(e.getMessage());
            bad(record, verdict, badOutcomes);
        }
    }

    private void bad(ConsumerRecord<byte[], byte[]> record, Verdict verdict, List<CallRecord> to) {
        Position position = new Position(record.partition(), record.offset());
        CallRecord bad = CallRecord.bad(position, record.timestamp(), Fingerprint.of(record), verdict);
        if (covers(bad)) {
            to.add(bad);
        }
    }

    private void result(ConsumerRecord<byte[], byte[]> record) {
        try {
            JsonNode json = outputs.json(record);
            if (isOfAnotherKind(record, json)) {
                return;
            }
            AnswerParser.Owner owner = AnswerParser.owner(json);
            UUID key = CallAudit.keyOf(owner.tenant(), owner.callKey());
            if (settings.covers(owner.tenant(), key)) {
                ResultRecord result = AnswerParser.result(json, record, where(record));
                log(owner.tenant(), owner.callKey()).results().add(result);
            }
        } catch (OutputParser.Unreadable e) {
            if (settings.run().covers(Long.hashCode(Fingerprint.of(record).low()))) {
                unreadable.add(new Offence(OffenceKind.WRONG, "record " + where(record), e.getMessage()));
            }
        }
    }

    /** To the inbox of runs of workflows come other events too. */
    private static boolean isOfAnotherKind(ConsumerRecord<byte[], byte[]> record, JsonNode json) {
        return record.topic().equals(Topics.WORKFLOW_INBOX)
                && !json.path("event_type").asText().equals(AgentResult.TYPE);
    }

    private void deadLetter(ConsumerRecord<byte[], byte[]> record) {
        String topic = record.topic().substring(0, record.topic().length() - Topics.DEAD_LETTER_SUFFIX.length());
        // Of the same share as its original, unless the bytes were changed: an offence in either.
        boolean covered = topic.equals(Topics.AGENT_CALLS)
                ? covers(parser.parse(record))
                : settings.run().covers(Long.hashCode(Fingerprint.of(record).low()));
        if (!covered) {
            return;
        }
        deadLetterCount++;
        DeadLetter letter = DeadLetter.of(record, where(record), topic);
        if (letter.source() == null) {
            unreadable.add(
                    new Offence(OffenceKind.DLQ, "record " + where(record), letter + " does not say where it is from"));
        } else {
            letters.computeIfAbsent(topic, t -> new HashMap<>())
                    .computeIfAbsent(letter.source(), p -> new ArrayList<>(1))
                    .add(letter);
        }
    }

    private boolean covers(CallRecord call) {
        return call.isBad()
                ? settings.run().covers(Long.hashCode(call.fingerprint().low()))
                : settings.covers(call.tenant(), CallAudit.keyOf(call.tenant(), call.callKey()));
    }

    private CallLog log(String tenant, String callKey) {
        return calls.computeIfAbsent(CallAudit.keyOf(tenant, callKey), key -> new CallLog())
                .named(tenant, callKey);
    }

    private static String where(ConsumerRecord<byte[], byte[]> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }

    /**
     * Judges what was accepted so far. More may be accepted afterwards, and judged again.
     *
     * @param now until when the topics were read, by the broker's clock: what is due later may be missing
     */
    public CallAuditReport finish(Instant now) {
        return finish(now, settings.run().longestOutage());
    }

    /**
     * As {@link #finish(Instant)}, when it is known only now for how long the job was down.
     *
     * @param longestOutage the longest time for which the job did not run, or not read
     */
    public CallAuditReport finish(Instant now, Duration longestOutage) {
        CallAuditSettings judged = settings.with(settings.run().down(longestOutage));
        Findings general = new Findings(judged.run(), now.toEpochMilli());
        DeadLetters callLetters = lettersOf(Topics.AGENT_CALLS, general);
        CallFindings found = new CallFindings(judged, general, callLetters, agents);
        unreadable.forEach(offence -> general.add(offence.kind(), offence.subject(), offence.detail()));
        badCalls.forEach(call -> callLetters.expect(call, DeadLetters.ANY, call.logTime()));
        calls.forEach((key, log) -> new CallAudit(key, log, found).run());
        callLetters.unmatched(firstOffsets.getOrDefault(Topics.AGENT_CALLS, Map.of()));

        DeadLetters outcomeLetters = lettersOf(Topics.AGENT_OUTCOMES, general);
        badOutcomes.forEach(bad -> outcomeLetters.expect(bad, DeadLetters.ANY, bad.logTime()));
        outcomeLetters.unmatched(firstOffsets.getOrDefault(Topics.AGENT_OUTCOMES, Map.of()));
        // The topic is compacted: the originals of its dead letters may be gone.
        DeadLetters registryLetters = lettersOf(Topics.AGENT_REGISTRY, general);
        badRegistrations.forEach(bad -> registryLetters.expect(bad, DeadLetters.ANY, bad.logTime()));

        found.spending.limit(judged, agents);
        CallAuditReport.Counts counts = new CallAuditReport.Counts(
                callCount,
                found.accepted,
                found.duplicates,
                found.cached,
                found.attempts,
                general.redelivered,
                deadLetterCount);
        return new CallAuditReport(counts, found.results, found.spending, general.counts(), general.offences());
    }

    private DeadLetters lettersOf(String topic, Findings general) {
        return new DeadLetters(letters.getOrDefault(topic, Map.of()), general);
    }
}
