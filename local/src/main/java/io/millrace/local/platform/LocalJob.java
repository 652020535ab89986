package io.millrace.local.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.schema.wire.Uuid5;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A job of Millrace as its jar describes it.
 *
 * @param name what people and the dashboard call it: {@code tasks}
 * @param jar the current build
 * @param entryClass whose {@code main} defines it
 * @param consumerGroup under which it commits what it has read
 * @param inputs the topics it reads
 * @param topics all that it reads and writes, unless it is told more
 * @param topicsOfEach topics by the setting with values, each of which makes one like it, {@code <value>.<name>}
 * @param settings what it is told on the local platform, unless the environment says otherwise; {@code ${data}} stands
 *     for the data directory
 * @param later whether it starts only once the others run
 */
public record LocalJob(
        String name,
        Path jar,
        String entryClass,
        String consumerGroup,
        List<String> inputs,
        List<TopicSpec> topics,
        Map<String, TopicSpec> topicsOfEach,
        Map<String, String> settings,
        boolean later) {

    private static final String DESCRIPTOR = "META-INF/millrace/job.json";
    private static final ObjectReader JSON = new ObjectMapper().reader();
    private static final Pattern TOPIC_OF_EACH = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,248}");
    private static final UUID JOB_IDS = UUID.fromString("7d5c2b7e-6f0c-5b60-9f0e-3c8a41b2d6e1");

    public LocalJob {
        inputs = List.copyOf(inputs);
        topics = List.copyOf(topics);
        topicsOfEach = Map.copyOf(topicsOfEach);
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /**
     * The job that a jar holds.
     *
     * @return empty when it holds none
     * @throws PlatformException when it can't be read
     */
    static Optional<LocalJob> in(Path jar) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry(DESCRIPTOR);
            if (entry == null) {
                return Optional.empty();
            }
            try (InputStream in = zip.getInputStream(entry)) {
                return Optional.of(described(JSON.readTree(in), jar));
            }
        } catch (IOException e) {
            throw new PlatformException("the jar " + jar + " can't be read: " + e.getMessage(), e);
        }
    }

    /** The job of a descriptor, which jobs/runtime writes. */
    static LocalJob described(JsonNode job, Path jar) {
        List<String> inputs = new ArrayList<>();
        job.path("inputs").forEach(input -> inputs.add(input.asText()));
        List<TopicSpec> topics = new ArrayList<>();
        Map<String, TopicSpec> topicsOfEach = new TreeMap<>();
        for (JsonNode topic : job.path("topics")) {
            topics.add(topic(topic));
            if (topic.has("each")) {
                topicsOfEach.put(topic.path("each").asText(), topic(topic));
            }
        }
        Map<String, String> settings = new TreeMap<>();
        job.path("local_settings")
                .properties()
                .forEach(setting ->
                        settings.put(setting.getKey(), setting.getValue().asText()));
        return new LocalJob(
                job.path("name").asText(),
                jar,
                job.path("main").asText(),
                job.path("group").asText(),
                inputs,
                topics,
                topicsOfEach,
                settings,
                job.path("later").asBoolean());
    }

    private static TopicSpec topic(JsonNode topic) {
        String name = topic.path("name").asText();
        int given = topic.path("partitions").asInt();
        int partitions = given == 0 ? TopicAdmin.DEFAULT_PARTITIONS : given;
        Map<String, String> more = new TreeMap<>();
        topic.path("settings")
                .properties()
                .forEach(
                        setting -> more.put(setting.getKey(), setting.getValue().asText()));
        return (topic.path("dead_letters").asBoolean()
                        ? TopicSpec.deadLetters(name, partitions)
                        : TopicSpec.logAppended(name, partitions))
                .with(more);
    }

    /**
     * All topics that it reads and writes.
     *
     * @param environment of the process
     */
    public List<TopicSpec> topics(Map<String, String> environment) {
        List<TopicSpec> all = new ArrayList<>(topics);
        topicsOfEach.forEach((setting, like) -> {
            Arrays.stream(environment.getOrDefault(variable(setting), "").split(";"))
                    .map(value -> value.strip() + "." + like.name())
                    // What is none, the job refuses.
                    .filter(topic -> TOPIC_OF_EACH.matcher(topic).matches())
                    .forEach(topic -> all.add(like.named(topic)));
        });
        return all;
    }

    /**
     * The same id in every run, so that a job's checkpoints and its commits to tables carry on: 32 hexadecimal digits.
     */
    public String jobId() {
        return Uuid5.of(JOB_IDS, name).toString().replace("-", "");
    }

    /**
     * What its {@code main} is told.
     *
     * @param dataDirectory that of the local platform; null on any other cluster, whose configuration says where files
     *     are
     * @param environment of the process
     */
    public List<String> arguments(String kafka, Path dataDirectory, Map<String, String> environment) {
        List<String> arguments = new ArrayList<>(List.of("--kafka.bootstrap-servers", kafka));
        if (dataDirectory != null) {
            settings.forEach((option, value) -> {
                if (!environment.containsKey(variable(option))) {
                    arguments.add("--" + option);
                    arguments.add(value.replace("${data}", dataDirectory.toString()));
                }
            });
        }
        return arguments;
    }

    /** As the page of each job lists them. */
    private String variable(String option) {
        return ("MILLRACE_" + name + "_" + option)
                .toUpperCase(Locale.ROOT)
                .replace('.', '_')
                .replace('-', '_');
    }
}
