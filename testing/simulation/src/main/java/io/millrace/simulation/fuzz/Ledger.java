package io.millrace.simulation.fuzz;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.logic.task.TaskCommand;
import io.millrace.logic.task.TaskSettings;
import io.millrace.schema.wire.RecordHeader;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.wire.WireHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** What must have become of each input, by the log, and what has, by the topics the job writes. */
final class Ledger {
    private static final TaskSettings SETTINGS =
            new TaskSettings(Duration.ofHours(24), Duration.ofHours(24), Duration.ofHours(2));
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Before it, classes are loaded and code is compiled. */
    private static final long WARM_UP_MILLIS = 15_000;

    private static final long IN_TIME_MILLIS = 1_000;
    private static final int MOST_PROBLEMS = 20;

    /**
     * @param bytes hash of key and value
     * @param waited for its task, and was refused when that came: not as soon as it was read
     */
    private record Letter(String code, int bytes, long loggedAt, boolean waited) {}

    private final Map<String, Letter> letters = new HashMap<>();
    private final Set<String> views = new HashSet<>();
    private final Map<String, Integer> byCode = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private long problemCount;
    private final List<Integer> latencies = new ArrayList<>();
    private long inputs;
    private SourceRecord judged;
    private long firstLogged = Long.MAX_VALUE;
    private int lettersFound;
    private int viewsFound;

    private Ledger() {}

    /** Reads the log back and has each input judged in this process. */
    static Ledger of(String bootstrapServers, FuzzPublisher publisher) throws IOException {
        Ledger ledger = new Ledger();
        Judge judge = new Judge(SETTINGS, ledger::expect);
        try (TopicReader log = new TopicReader(bootstrapServers, List.of(Topics.TASK_EVENTS))) {
            while (!log.isAtEnd()) {
                for (ConsumerRecord<byte[], byte[]> record : log.poll()) {
                    if (publisher.isOurs(record.partition(), record.offset())) {
                        ledger.inputs++;
                        ledger.firstLogged = Math.min(ledger.firstLogged, record.timestamp());
                        ledger.judged = source(record);
                        judge.judge(ledger.judged);
                    }
                }
            }
        }
        return ledger;
    }

    private static SourceRecord source(ConsumerRecord<byte[], byte[]> record) {
        List<RecordHeader> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(new RecordHeader(header.key(), header.value()));
        }
        return new SourceRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.key(),
                record.value(),
                headers);
    }

    private void expect(TaskCommand command) {
        if (command instanceof TaskCommand.Reject reject) {
            SourceRecord source = reject.source();
            boolean waited = source.partition() != judged.partition() || source.offset() != judged.offset();
            Letter letter = new Letter(
                    reject.code().wireName(), hash(source.key(), source.value()), source.timestamp(), waited);
            letters.put(source.partition() + "@" + source.offset(), letter);
        } else if (command instanceof TaskCommand.Publish publish) {
            views.add(publish.view().eventId().toString());
        }
    }

    private static int hash(byte[] key, byte[] value) {
        return 31 * Arrays.hashCode(key) + Arrays.hashCode(value);
    }

    String expectations() {
        return String.format(
                Locale.ROOT,
                "%,d inputs in the log; to come of them: %,d dead letters, %,d views",
                inputs,
                letters.size(),
                views.size());
    }

    /** Reads what the job has written until all is there; false when it does not come. */
    boolean awaitOutputs(String bootstrapServers) throws IOException {
        Set<String> seen = new HashSet<>();
        Set<String> seenViews = new HashSet<>();
        try (TopicReader topics =
                new TopicReader(bootstrapServers, List.of(Topics.TASK_EVENTS_DLQ, Topics.TASK_UPDATES))) {
            while (lettersFound < letters.size() || viewsFound < views.size()) {
                for (ConsumerRecord<byte[], byte[]> record : topics.poll()) {
                    if (record.topic().equals(Topics.TASK_UPDATES)) {
                        view(record, seenViews);
                    } else {
                        letter(record, seen);
                    }
                }
                if (topics.isQuiet()) {
                    problem("%d of the dead letters and %d of the views do not come: %s"
                            .formatted(letters.size() - lettersFound, views.size() - viewsFound, missing(seen)));
                    return false;
                }
            }
        }
        return true;
    }

    private List<String> missing(Set<String> seen) {
        return letters.entrySet().stream()
                .filter(each -> !seen.contains(each.getKey()))
                .limit(5)
                .map(Object::toString)
                .toList();
    }

    private void view(ConsumerRecord<byte[], byte[]> record, Set<String> seen) throws IOException {
        String id = JSON.readTree(record.value()).path("event_id").asText();
        if (views.contains(id) && seen.add(UUID.fromString(id).toString())) {
            viewsFound++;
        }
    }

    private void letter(ConsumerRecord<byte[], byte[]> record, Set<String> seen) {
        String position = text(record, WireHeaders.SOURCE_PARTITION) + "@" + text(record, WireHeaders.SOURCE_OFFSET);
        String code = text(record, WireHeaders.ERROR_CODE);
        Letter expected = letters.get(position);
        if (expected == null) {
            problem("a dead letter, " + code + ", for " + position + ", which is to be accepted");
            return;
        }
        if (!seen.add(position)) {
            problem("a second dead letter for " + position);
            return;
        }
        lettersFound++;
        byCode.merge(code, 1, Integer::sum);
        if (!expected.code().equals(code)) {
            problem(position + " has the code " + code + ", expected " + expected.code());
        }
        if (expected.bytes() != hash(record.key(), record.value())) {
            problem(position + " has not its original bytes");
        }
        if (!expected.waited() && expected.loggedAt() >= firstLogged + WARM_UP_MILLIS) {
            latencies.add((int) (record.timestamp() - expected.loggedAt()));
        }
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private void problem(String what) {
        problemCount++;
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(what);
        }
    }

    boolean isClean() {
        return problemCount == 0 && percentile(0.99) <= IN_TIME_MILLIS;
    }

    private int percentile(double share) {
        int[] sorted = latencies.stream().mapToInt(Integer::intValue).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
    }

    String report() {
        StringBuilder text = new StringBuilder();
        byCode.forEach((code, count) -> text.append(String.format(Locale.ROOT, "  %-20s %,d%n", code, count)));
        problems.forEach(each -> text.append("  WRONG: ").append(each).append('\n'));
        text.append(String.format(
                Locale.ROOT,
                "%,d dead letters, %,d views; from event to dead letter p50 %d ms, p99 %d ms, max %d ms over %,d that"
                        + " were refused at once, after warm-up; %,d problems",
                lettersFound,
                viewsFound,
                percentile(0.5),
                percentile(0.99),
                percentile(1),
                latencies.size(),
                problemCount));
        return text.toString();
    }
}
