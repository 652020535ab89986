package io.millrace.bench;

import io.millrace.contestants.LoopContestant;
import io.millrace.contestants.StreamsContestant;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Who can take part in the benchmark of the tasks job, each as a process of its own. */
enum Competitor {
    /** A Flink job that only copies the topic. */
    COPY("2g"),
    /** The tasks job. */
    TASKS("2g"),
    /** The same decisions in Kafka Streams. */
    STREAMS("2g"),
    /**
     * As {@link #STREAMS}, but it stores the wake-ups of the next hour only, as the tasks job does, and has no sweep
     * that would find the others later: not a whole program, but what Kafka Streams could reach with that design.
     */
    STREAMS_NEAR("2g"),
    /** The same decisions in a plain consumer loop; all it knows is on the heap. */
    LOOP("6g");

    /** Of the project; the launcher sets it. */
    private static final String HOME = "millrace.home";

    private static final String HORIZON_MINUTES = "60";

    private final String heap;

    Competitor(String heap) {
        this.heap = heap;
    }

    /** As options, figures and topics have it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether its output are views, the same for all that decide. */
    boolean decides() {
        return this != COPY;
    }

    /** @param flinkSettings for the jobs of Flink */
    ChildJvm start(String bootstrapServers, int slots, Map<String, String> flinkSettings) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(bootstrapServers, Integer.toString(slots)));
        if (this == COPY || this == TASKS) {
            arguments.add(this == COPY ? FlinkContestant.COPY : FlinkContestant.TASKS);
            flinkSettings.forEach((key, value) -> arguments.add(key + "=" + value));
            return ChildJvm.start(
                    label(), System.getProperty("java.class.path"), heap, FlinkContestant.class.getName(), arguments);
        }
        if (this == STREAMS_NEAR) {
            arguments.add(HORIZON_MINUTES);
        }
        Class<?> main = this == LOOP ? LoopContestant.class : StreamsContestant.class;
        return ChildJvm.start(label(), withoutFlink(), heap, main.getName(), arguments);
    }

    /** RocksDB of Kafka Streams and Flink's fork have the same class names: they can't share a class path. */
    private static String withoutFlink() throws IOException {
        Path target = Path.of(System.getProperty(HOME, "."), "testing", "contestants", "target");
        try (Stream<Path> files = Files.isDirectory(target) ? Files.list(target) : Stream.empty()) {
            Path jar = files.filter(file -> file.getFileName().toString().matches("millrace-contestants-[^-]*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "no contestants in " + target.toAbsolutePath() + "; run ./millrace bench, which builds"));
            return jar + File.pathSeparator + target.resolve("lib") + File.separator + "*";
        }
    }
}
