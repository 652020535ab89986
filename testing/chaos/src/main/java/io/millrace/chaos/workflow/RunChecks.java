package io.millrace.chaos.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.auditor.OffenceKind;
import io.millrace.chaos.workload.DeadLetters;
import io.millrace.chaos.workload.Offences;
import io.millrace.chaos.workload.Report;
import io.millrace.logic.workflow.program.Program;
import io.millrace.operators.deadletter.EventReader;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.workflow.ApprovalDecided;
import io.millrace.schema.workflow.WorkflowCommand;
import io.millrace.schema.workflow.WorkflowDefined;
import io.millrace.schema.workflow.WorkflowInput;
import io.millrace.testing.kafka.TopicProbe;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Judges runs in three ways: what the log of inboxes says, decided about in plain Java, is on the topics and nothing else
 * is; what people and clients published came to the inboxes; and, whatever the rules say, each run ended once, its
 * events are numbered without gap, and each call has one key.
 */
final class RunChecks {
    private static final Map<String, EventReader<?>> READERS = Map.of(
            Topics.WORKFLOW_DEFINITIONS, WorkflowDefined::read,
            Topics.WORKFLOW_COMMANDS, WorkflowCommand::read,
            Topics.APPROVAL_DECISIONS, ApprovalDecided::read,
            Topics.WORKFLOW_INBOX, WorkflowInput::read);
    /** A run that failed can be cancelled, so that nobody tries it again. */
    private static final Set<String> ENDS = Set.of("run_completed", "run_failed", "run_cancelled", "run_refused");

    private final Function<String, List<ConsumerRecord<byte[], byte[]>>> topics;
    private final String tenant;
    private final Map<String, Program> programs = Shapes.programs();

    /**
     * @param topics records of a topic, each partition's in order
     * @param tenant whose runs are judged; null for all
     */
    RunChecks(Function<String, List<ConsumerRecord<byte[], byte[]>>> topics, String tenant) {
        this.topics = topics;
        this.tenant = tenant;
    }

    /**
     * @param until what was due by then has to be there, milliseconds since the epoch
     * @param now what may be there follows from the log until then
     */
    Report report(long until, long now) {
        Offences offences = new Offences();
        Map<String, List<Record>> records = new HashMap<>();
        WorkflowWorkload.INPUTS.forEach(topic -> records.put(topic, accepted(topic)));
        WorkflowWorkload.TOLD.forEach(topic -> records.put(topic, read(topic)));
        Map<RunReplay.Key, RunReplay.Told> possible = RunReplay.of(of(Topics.WORKFLOW_INBOX), programs, now);
        long[] again = {0};
        long latest = requireTold(possible, records, until, offences, again);
        requireInInbox(records, offences);
        int runs = new RunLaws(records.get(Topics.WORKFLOW_EVENTS), offences).require();
        requireOneContent(records.get(Topics.AGENT_CALLS), offences);
        int letters = READERS.keySet().stream()
                .mapToInt(topic -> requireDeadLetters(topic, offences))
                .sum();
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("runs", (long) runs);
        counts.put("inputs", (long) records.get(Topics.WORKFLOW_INBOX).size());
        counts.put("events", distinct(records.get(Topics.WORKFLOW_EVENTS)));
        counts.put("calls", distinct(records.get(Topics.AGENT_CALLS)));
        counts.put("requests", distinct(records.get(Topics.APPROVAL_REQUESTS)));
        counts.put("dead_letters", (long) letters);
        String headline = "%d runs, %d inputs, %d events, %d calls, %d approvals, %d dead letters"
                .formatted(counts.values().toArray());
        return new Report(
                headline, offences.text(headline), Duration.ofMillis(latest), again[0], counts, offences.counts());
    }

    /** A record that is an event. */
    record Record(JsonNode json, long time) {
        String text(String field) {
            return json.path(field).asText();
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> of(String topic) {
        return topics.apply(topic).stream().filter(this::concerns).toList();
    }

    /** What is no event has a key that begins as all run ids do. */
    private boolean concerns(ConsumerRecord<byte[], byte[]> record) {
        if (tenant == null) {
            return true;
        }
        String key = TopicProbe.key(record);
        if (key != null && key.startsWith(tenant + "-")) {
            return true;
        }
        try {
            return record.value() != null
                    && RunReplay.read(record.value()).path("tenant").asText().equals(tenant);
        } catch (RuntimeException e) {
            return false;
        }
    }

    private List<Record> read(String topic) {
        return of(topic).stream()
                .map(record -> new Record(RunReplay.read(record.value()), record.timestamp()))
                .toList();
    }

    private List<Record> accepted(String topic) {
        return of(topic).stream()
                .filter(record -> DeadLetters.isAccepted(READERS.get(topic), record))
                .map(record -> new Record(RunReplay.read(record.value()), record.timestamp()))
                .toList();
    }

    private static long distinct(List<Record> records) {
        return records.stream()
                .map(record -> record.text("event_id"))
                .distinct()
                .count();
    }

    /** @return how late the latest answer was, milliseconds */
    private static long requireTold(
            Map<RunReplay.Key, RunReplay.Told> possible,
            Map<String, List<Record>> records,
            long until,
            Offences offences,
            long[] again) {
        Map<RunReplay.Key, String> seen = new HashMap<>();
        long latest = 0;
        for (Map.Entry<String, List<Record>> topic : records.entrySet()) {
            boolean isOutput = WorkflowWorkload.TOLD.contains(topic.getKey());
            for (Record record : topic.getValue()) {
                RunReplay.Key key = new RunReplay.Key(topic.getKey(), record.text("event_id"));
                RunReplay.Told expected = possible.get(key);
                if (expected == null && !isOutput) {
                    continue;
                }
                String text = RunReplay.text(topic.getKey(), record.json());
                String before = seen.put(key, text);
                again[0] += before == null ? 0 : 1;
                if (expected == null || !expected.text().equals(text)) {
                    String why = expected == null ? "; does not follow from the log" : "; expected " + expected.text();
                    offences.add(OffenceKind.WRONG, topic.getKey() + ": " + text + why);
                } else if (record.time() < expected.at()) {
                    offences.add(OffenceKind.EARLY, topic.getKey() + ": " + text + " at " + record.time());
                } else if (before == null) {
                    latest = Math.max(latest, record.time() - expected.at());
                }
            }
        }
        possible.forEach((key, told) -> {
            if (!seen.containsKey(key) && told.at() <= until) {
                offences.add(OffenceKind.LOST, key.topic() + ": " + told.text());
            }
        });
        return latest;
    }

    /** What was published for runs came to them, and starts were bound. */
    private static void requireInInbox(Map<String, List<Record>> records, Offences offences) {
        Set<String> ids = new HashSet<>();
        Map<String, Set<String>> begun = new HashMap<>();
        for (Record input : records.get(Topics.WORKFLOW_INBOX)) {
            ids.add(input.text("event_id"));
            String type = input.text("event_type");
            if (type.equals("run.started") || type.equals("run.refused")) {
                begun.computeIfAbsent(run(input), run -> new HashSet<>()).add(type);
            }
        }
        for (Record decision : records.get(Topics.APPROVAL_DECISIONS)) {
            if (!ids.contains(decision.text("event_id"))) {
                offences.add(OffenceKind.LOST, "not in the inbox: " + decision.json());
            }
        }
        for (Record command : records.get(Topics.WORKFLOW_COMMANDS)) {
            boolean isStart = command.text("event_type").equals("workflow.start");
            if (!isStart && !ids.contains(command.text("event_id"))) {
                offences.add(OffenceKind.LOST, "not in the inbox: " + command.json());
            } else if (isStart) {
                String wanted = command.text("workflow").equals(RunPlan.UNDEFINED) ? "run.refused" : "run.started";
                Set<String> had = begun.getOrDefault(run(command), Set.of());
                if (!had.equals(Set.of(wanted))) {
                    offences.add(
                            had.isEmpty() ? OffenceKind.LOST : OffenceKind.WRONG,
                            "in the inbox is " + had + ", not " + wanted + ", for " + command.json());
                }
            }
        }
    }

    static String run(Record record) {
        return record.text("tenant") + "/" + record.text("run_id");
    }

    /** Whatever the rules say: a key stands for one side effect. */
    private static void requireOneContent(List<Record> calls, Offences offences) {
        Map<String, String> contents = new HashMap<>();
        for (Record call : calls) {
            String text = RunReplay.text(Topics.AGENT_CALLS, call.json());
            String before = contents.putIfAbsent(call.text("tenant") + "/" + call.text("call_key"), text);
            if (before != null && !before.equals(text)) {
                offences.add(OffenceKind.TWICE, "one key for " + before + " and " + text);
            }
        }
    }

    private int requireDeadLetters(String topic, Offences offences) {
        return DeadLetters.require(
                of(topic),
                of(topic + Topics.DEAD_LETTER_SUFFIX),
                record -> DeadLetters.isAccepted(READERS.get(topic), record),
                offences);
    }

    /** What of the events of runs is not to be, whatever the rules are. */
    private static final class RunLaws {
        private final Map<String, Map<Long, Record>> runs = new HashMap<>();
        private final Offences offences;

        RunLaws(List<Record> events, Offences offences) {
            this.offences = offences;
            for (Record event : events) {
                Record before = runs.computeIfAbsent(run(event), run -> new HashMap<>())
                        .putIfAbsent(event.json().path("number").asLong(), event);
                if (before != null && !before.text("event_id").equals(event.text("event_id"))) {
                    offences.add(OffenceKind.TWICE, "one number for " + before.json() + " and " + event.json());
                }
            }
        }

        /** @return how many runs there are */
        int require() {
            runs.forEach(this::require);
            return runs.size();
        }

        private void require(String run, Map<Long, Record> events) {
            Set<String> taken = new HashSet<>();
            String end = null;
            boolean again = false;
            for (long number = 1; number <= events.size(); number++) {
                Record event = events.get(number);
                if (event == null) {
                    offences.add(OffenceKind.ORDER, run + " has no event " + number + " of " + events.size());
                    return;
                }
                String change = event.text("change");
                if (change.equals("run_retried")) {
                    end = null;
                } else if (ENDS.contains(change)) {
                    if (end != null && !(end.equals("run_failed") && change.equals("run_cancelled"))) {
                        offences.add(OffenceKind.TWICE, run + ": " + change + " after " + end);
                    }
                    end = change;
                }
                again |= change.equals("step_retried") || change.equals("run_retried");
                String step = change + " " + event.text("step") + " " + event.text("iteration");
                if (change.equals("step_completed") && !taken.add(step) && !again) {
                    offences.add(OffenceKind.TWICE, run + ": " + step);
                }
            }
            if (end == null) {
                offences.add(OffenceKind.LOST, run + " did not end");
            }
        }
    }
}
