package io.millrace.gateway.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.TestRecords;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However often the model is killed, and wherever batches end, it holds what a fold of the log gives. */
class RebuiltModelTest {
    private static final int RECORDS = 600;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aModelThatWasKilledHoldsWhatTheLogSays(long seed) throws Exception {
        Random random = new Random(seed);
        List<SourceRecord> log = log(random);
        Map<String, List<String>> whole;
        try (ModelBed bed = new ModelBed(directory.resolve("whole"))) {
            whole = bed.tell(log).dump();
        }

        Path folder = directory.resolve("killed");
        int told = 0;
        int kills = 0;
        while (told < log.size()) {
            ModelBed bed = new ModelBed(folder);
            // What was committed is where it goes on; what it was told of before comes again when its position was not.
            told = positionOf(log, bed);
            int batches = random.nextInt(4);
            for (int i = 0; i < batches && told < log.size(); i++) {
                int end = Math.min(log.size(), told + 1 + random.nextInt(40));
                bed.tell(log.subList(told, end));
                told = end;
            }
            folder = killed(folder, kills++);
            bed.close();
        }
        try (ModelBed bed = new ModelBed(folder)) {
            assertThat(bed.dump()).isEqualTo(whole);
            assertThat(bed.dump().get("tasks")).hasSameSizeAs(foldOfTasks(log).keySet());
            assertThat(versions(bed)).isEqualTo(foldOfTasks(log));
            assertThat(runs(bed)).isEqualTo(foldOfRuns(log));
            assertThat(bed.dump().get("letters")).hasSize((int)
                    log.stream().filter(r -> r.topic().endsWith("-dlq")).count());
            assertThat(bed.model().skipped()).isZero();
        }
        assertThat(kills).isGreaterThan(3);
    }

    /** The files as they lie there while the model is open: what a killed process leaves. */
    private Path killed(Path folder, int number) throws Exception {
        Path copy = directory.resolve("killed-" + number);
        Files.createDirectories(copy);
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (!file.toString().endsWith("-shm")) {
                    Files.copy(file, copy.resolve(file.getFileName()));
                }
            }
        }
        return copy;
    }

    /** Of a log that is read in one order, how many records are told already. */
    private static int positionOf(List<SourceRecord> log, ModelBed bed) {
        Map<LogPartition, Long> positions = bed.model().progress().positions();
        int told = 0;
        while (told < log.size()) {
            SourceRecord record = log.get(told);
            if (record.offset() >= positions.getOrDefault(new LogPartition(record.topic(), 0), 0L)) {
                return told;
            }
            told++;
        }
        return told;
    }

    private static List<SourceRecord> log(Random random) {
        TestRecords records = new TestRecords();
        List<SourceRecord> log = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            String tenant = random.nextBoolean() ? "acme" : "beta";
            String user = "u-" + random.nextInt(3);
            String id = "t-" + random.nextInt(20);
            long version = 1 + random.nextInt(9);
            log.add(
                    switch (random.nextInt(16)) {
                        case 0 -> records.deleted(tenant, user, id, version);
                        case 14 ->
                            records.step(
                                    tenant,
                                    "r-" + random.nextInt(5),
                                    version,
                                    random.nextBoolean() ? "step_started" : "step_completed",
                                    "/do/" + random.nextInt(3) + "/s",
                                    event -> {});
                        case 1 ->
                            records.reminder(tenant, user, id, TestRecords.START.plusSeconds(random.nextInt(500)));
                        case 2 -> records.run(tenant, "r-" + random.nextInt(5), version, "running", run -> {});
                        case 3 ->
                            records.waitingRun(tenant, "r-" + random.nextInt(5), version, "q-" + random.nextInt(3));
                        case 4 -> records.tombstone(Topics.WORKFLOW_RUNS, tenant + "/r-" + random.nextInt(5));
                        case 5 -> records.approval(tenant, "r", "q-" + random.nextInt(3), user);
                        case 6 -> records.decision(tenant, "r", "q-" + random.nextInt(3), user);
                        case 7 -> records.conversation(tenant, "c-" + random.nextInt(4), version, "open");
                        case 8 ->
                            records.slo("g-" + random.nextInt(3), "orders", "ok", "2026-12-02T07:0" + version + ":00Z");
                        case 9 -> records.agent("a-" + random.nextInt(3), "v" + version);
                        case 10 ->
                            records.letter(
                                    Topics.AGENT_REGISTRY,
                                    TestRecords.example("agent.registered"),
                                    ErrorCode.INVALID_SCHEMA,
                                    "no",
                                    random.nextInt(20));
                        case 11 -> records.preferences(tenant, user, "https://hooks.example.com/" + version);
                        case 12 -> records.tombstone(Topics.NOTIFICATION_PREFERENCES, tenant + "/" + user);
                        case 13 ->
                            records.told(
                                    tenant,
                                    user,
                                    random.nextBoolean(),
                                    TestRecords.START.plusSeconds(random.nextInt(500)),
                                    id);
                        default ->
                            records.task(tenant, user, id, version, view -> view.put("title", "Title " + version)
                                    .put("description", "word" + random.nextInt(5)));
                    });
        }
        return log;
    }

    /** Task to version, by the rule and nothing else. */
    private static Map<String, Long> foldOfTasks(List<SourceRecord> log) {
        Map<String, Long> versions = new TreeMap<>();
        log.stream()
                .filter(record -> record.topic().equals(Topics.TASK_UPDATES))
                .map(record -> TestRecords.json(record.value()))
                .forEach(view -> versions.merge(
                        view.path("tenant").asText() + "|"
                                + view.path("user_id").asText() + "|"
                                + view.path("task_id").asText(),
                        view.path("version").asLong(),
                        Math::max));
        return versions;
    }

    private static Map<String, Long> versions(ModelBed bed) {
        return bed.dump().get("tasks").stream()
                .map(row -> row.split("\\|"))
                .collect(Collectors.toMap(
                        row -> row[0] + "|" + row[1] + "|" + row[2],
                        row -> Long.parseLong(row[4]),
                        Math::max,
                        TreeMap::new));
    }

    private static Map<String, Long> foldOfRuns(List<SourceRecord> log) {
        Map<String, Long> numbers = new TreeMap<>();
        for (SourceRecord record : log) {
            if (record.topic().equals(Topics.WORKFLOW_RUNS)) {
                String key = new String(record.key(), StandardCharsets.UTF_8).replace('/', '|');
                if (record.value() == null) {
                    numbers.remove(key);
                } else {
                    numbers.merge(
                            key, TestRecords.json(record.value()).path("number").asLong(), Math::max);
                }
            }
        }
        return numbers;
    }

    private static Map<String, Long> runs(ModelBed bed) {
        return bed.dump().get("runs").stream()
                .map(row -> row.split("\\|"))
                .collect(Collectors.toMap(
                        row -> row[0] + "|" + row[1], row -> Long.parseLong(row[3]), Math::max, TreeMap::new));
    }
}
