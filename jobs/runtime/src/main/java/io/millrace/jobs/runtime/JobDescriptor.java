package io.millrace.jobs.runtime;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a platform has to know of a job before it runs it; a file in the job's jar.
 *
 * @param main the class to run
 * @param group under which it commits what it has read
 * @param inputs the topics it reads, unless told otherwise
 * @param outputs the topics it writes, those of dead letters among them, unless told otherwise; sorted
 * @param topics all that it reads and writes
 * @param local see {@link Job#local}
 * @param later see {@link Job#later}
 */
public record JobDescriptor(
        String name,
        String main,
        String group,
        List<String> inputs,
        List<String> outputs,
        List<Topic> topics,
        @JsonProperty("local_settings") SortedMap<String, String> local,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean later) {

    /** Where it is in the jar. */
    public static final String PATH = "META-INF/millrace/job.json";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    /**
     * A topic as the job wants it made.
     *
     * @param partitions 0 for as many as usual
     * @param deadLetters whether it holds dead letters, which are larger than what other topics take
     * @param settings of Kafka, beside those that all topics have
     * @param each the setting with values, each of which makes a topic {@code <value>.<name>} like it; null for none
     */
    public record Topic(
            String name,
            int partitions,
            boolean deadLetters,
            SortedMap<String, String> settings,
            @JsonInclude(JsonInclude.Include.NON_NULL) String each) {}

    /** @param main the class of its {@code main} */
    public static JobDescriptor of(Job job, Class<?> main) {
        return new JobDescriptor(
                job.name(),
                main.getName(),
                job.defaultGroup(),
                job.inputs().stream().map(input -> input.topic().defaultValue()).toList(),
                job.allOutputs().stream()
                        .map(output -> output.topic().defaultValue())
                        .distinct()
                        .sorted()
                        .toList(),
                job.topics(),
                new TreeMap<>(job.local()),
                job.later());
    }

    public String toJson() {
        try {
            return JSON.writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("it has nothing but texts", e);
        }
    }
}
