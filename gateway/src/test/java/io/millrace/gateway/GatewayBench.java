package io.millrace.gateway;

import com.sun.management.OperatingSystemMXBean;
import io.millrace.gateway.model.Batch;
import io.millrace.gateway.model.LogPartition;
import io.millrace.gateway.model.PageRequest;
import io.millrace.gateway.model.ReadModel;
import io.millrace.gateway.model.Scope;
import io.millrace.gateway.model.TaskQueries;
import io.millrace.gateway.model.TaskQuery;
import io.millrace.gateway.model.TaskSort;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Figures of the model: how fast it is made, and how long questions take about one person's thousand tasks among a million.
 * Arguments: a directory, and how many tasks there are.
 */
final class GatewayBench {
    private static final int OF_A_PERSON = 1_000;
    private static final int BATCH = 20_000;
    private static final int QUESTIONS = 2_000;
    private static final String[] WORDS = {
        "pay",
        "rent",
        "call",
        "landlord",
        "invoice",
        "order",
        "review",
        "draft",
        "meeting",
        "travel",
        "book",
        "ticket",
        "clean",
        "garden",
        "school",
        "doctor",
        "letter",
        "report",
        "budget",
        "team"
    };

    private GatewayBench() {}

    public static void main(String[] arguments) throws Exception {
        int tasks = Integer.parseInt(arguments[1]);
        Random random = new Random(1);
        try (ReadModel model = ReadModel.open(Path.of(arguments[0]))) {
            make(model, tasks, random);
            ask(new TaskQueries(model), tasks / OF_A_PERSON, random);
        }
    }

    private static void make(ReadModel model, int tasks, Random random) throws Exception {
        LogPartition partition = new LogPartition(Topics.TASK_UPDATES, 0);
        long nanos = 0;
        long worked = 0;
        for (int from = 0; from < tasks; from += BATCH) {
            List<SourceRecord> records = new ArrayList<>();
            for (int i = from; i < Math.min(tasks, from + BATCH); i++) {
                records.add(view(i, tasks / OF_A_PERSON, random));
            }
            long cpu = cpuNanos();
            long began = System.nanoTime();
            model.apply(new Batch(records, Map.of(partition, (long) from + BATCH)));
            nanos += System.nanoTime() - began;
            worked += cpuNanos() - cpu;
        }
        System.out.printf(
                Locale.ROOT,
                "made: %d views in %.1f s, %.0f each second; %.1f s of processor; %.0f MB%n",
                tasks,
                nanos / 1e9,
                tasks / (nanos / 1e9),
                worked / 1e9,
                model.bytes() / 1e6);
    }

    /** Of the process: what it took on a machine that does other things too. */
    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** People's tasks come mixed, as they do on the topic. */
    private static SourceRecord view(int index, int people, Random random) {
        StringBuilder title = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            title.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
        }
        String view = "{\"schema_version\":1,\"event_id\":\"" + uuid(random)
                + "\",\"event_type\":\"task.changed\",\"occurred_at\":\"2026-12-01T08:00:00Z\",\"tenant\":\"acme\",\"user_id\":\"u-"
                + index % people + "\",\"task_id\":\"t-" + index + "\",\"version\":1,\"status\":\""
                + (random.nextInt(3) == 0 ? "completed" : "open") + "\",\"cause\":{\"event_id\":\"" + uuid(random)
                + "\",\"event_type\":\"task.created\"},\"title\":\"" + title + "\",\"description\":\"" + title + " "
                + index
                + "\",\"priority\":\"P" + (1 + random.nextInt(4)) + "\",\"tags\":[\"" + WORDS[random.nextInt(5)]
                + "\"],\"due_at\":\"2026-12-" + String.format(Locale.ROOT, "%02d", 1 + random.nextInt(28))
                + "T09:00:00Z\",\"created_at\":\"2026-12-01T08:00:00Z\",\"updated_at\":\"2026-12-01T08:00:00Z\"}";
        return new SourceRecord(
                Topics.TASK_UPDATES, 0, index, 0, new byte[0], view.getBytes(StandardCharsets.UTF_8), List.of());
    }

    private static UUID uuid(Random random) {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private static void ask(TaskQueries queries, int people, Random random) {
        List<TaskSort> byDue =
                List.of(new TaskSort(TaskSort.Key.DUE, false), new TaskSort(TaskSort.Key.PRIORITY, false));
        List<TaskSort> byTitle = List.of(new TaskSort(TaskSort.Key.TITLE, true));
        measure("list, by due date", () -> queries.list(one(people, random), query(null, Set.of("open"), byDue)));
        measure("list, by title", () -> queries.list(one(people, random), query(null, Set.of(), byTitle)));
        measure(
                "search, a word",
                () -> queries.list(one(people, random), query(WORDS[random.nextInt(WORDS.length)], Set.of(), byDue)));
        measure(
                "search, two words",
                () -> queries.list(
                        one(people, random),
                        query(
                                WORDS[random.nextInt(WORDS.length)] + " "
                                        + WORDS[random.nextInt(WORDS.length)].substring(0, 2),
                                Set.of("open"),
                                byDue)));
        measure("tags", () -> queries.tags(one(people, random)));
    }

    private static Scope one(int people, Random random) {
        return new Scope("acme", "u-" + random.nextInt(people));
    }

    private static TaskQuery query(String text, Set<String> statuses, List<TaskSort> sort) {
        return new TaskQuery(text, statuses, Set.of(), List.of(), null, null, sort, new PageRequest(null, 50));
    }

    private static void measure(String name, Supplier<Object> question) {
        for (int i = 0; i < QUESTIONS / 4; i++) {
            ask(question);
        }
        long[] nanos = new long[QUESTIONS];
        for (int i = 0; i < QUESTIONS; i++) {
            nanos[i] = ask(question);
        }
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%s: p50 %.2f ms, p99 %.2f ms, max %.2f ms%n",
                name,
                nanos[QUESTIONS / 2] / 1e6,
                nanos[QUESTIONS * 99 / 100] / 1e6,
                nanos[QUESTIONS - 1] / 1e6);
    }

    /** How long it took, in nanoseconds. */
    private static long ask(Supplier<Object> question) {
        long began = System.nanoTime();
        Object answer = question.get();
        long took = System.nanoTime() - began;
        if (answer == null) {
            throw new IllegalStateException("no answer");
        }
        return took;
    }
}
