package io.millrace.chaos.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.auditor.OffenceKind;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.testing.kafka.TopicProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Judges a job whose output follows from its log: what its rules, run in plain Java, say of the same records is on its
 * topic, and nothing else is; what is no event is a dead letter.
 */
public final class ReplayJudge implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ReplayRules rules;
    private final Predicate<String> concerns;
    private final TopicProbe probe;

    /** What is to be on the topic: {@code told} as {@link ReplayRules#told} has it, from {@code at} on. */
    public record Told(String told, Instant at) {}

    /** @param concerns which keys are judged */
    public ReplayJudge(String bootstrapServers, List<TopicSpec> topics, ReplayRules rules, Predicate<String> concerns) {
        this.rules = rules;
        this.concerns = concerns;
        this.probe = new TopicProbe(bootstrapServers, topics);
    }

    /**
     * Looks until all is there that had to be by then, else for a while.
     *
     * @return the first clean report after that time, else the last one
     */
    public Report judge(Instant until) {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            Instant read = Instant.now();
            probe.readToEnd(List.of(rules.output(), rules.deadLetters()));
            // After what follows from it: so that all of that is known.
            probe.readToEnd(List.of(rules.input()));
            Report report = report(until, Instant.now());
            if (report.isClean() && read.isAfter(until) || read.isAfter(end)) {
                return report;
            }
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> of(String topic) {
        return probe.read(topic).stream()
                .filter(record -> concerns.test(TopicProbe.key(record)))
                .toList();
    }

    private Report report(Instant until, Instant now) {
        Offences offences = new Offences();
        Map<String, Told> possible = rules.decided(of(rules.input()), now);
        Map<String, String> seen = new HashMap<>();
        long again = 0;
        long latest = 0;
        for (ConsumerRecord<byte[], byte[]> record : of(rules.output())) {
            JsonNode event = json(record.value());
            String id = event.path("event_id").asText();
            String told = rules.told(event);
            Told expected = possible.get(id);
            String before = seen.put(id, told);
            again += before == null ? 0 : 1;
            if (expected == null || !expected.told().equals(told)) {
                String why = expected == null ? "; does not follow from the log" : "; expected " + expected.told();
                offences.add(OffenceKind.WRONG, told + why);
            } else if (record.timestamp() < expected.at().toEpochMilli()) {
                offences.add(OffenceKind.EARLY, told + " at " + record.timestamp());
            } else if (before == null) {
                latest = Math.max(latest, record.timestamp() - expected.at().toEpochMilli());
            }
        }
        possible.forEach((id, told) -> {
            if (!seen.containsKey(id) && !told.at().isAfter(until)) {
                offences.add(OffenceKind.LOST, told.told());
            }
        });
        int letters = DeadLetters.require(of(rules.input()), of(rules.deadLetters()), rules::accepts, offences);
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("events", (long) of(rules.input()).size());
        counts.put("told", (long) seen.size());
        counts.put("dead_letters", (long) letters);
        String headline = "%d events, %d told".formatted(counts.get("events"), seen.size());
        String text = offences.text(headline + ", " + letters + " dead letters");
        return new Report(headline, text, Duration.ofMillis(latest), again, counts, offences.counts());
    }

    private static JsonNode json(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException("a record that is no JSON", e);
        }
    }

    @Override
    public void close() {
        probe.close();
    }
}
