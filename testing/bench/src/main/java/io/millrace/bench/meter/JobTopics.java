package io.millrace.bench.meter;

import io.millrace.jobs.runtime.Job;
import io.millrace.jobs.runtime.JobDescriptor;
import io.millrace.operations.kafka.TopicSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The topics that jobs need. */
public final class JobTopics {
    private static final int PARTITIONS = 4;

    private JobTopics() {}

    /** Those of all of them; one may say more of a topic than the other: whoever keeps its latest records does. */
    public static List<TopicSpec> of(Job... jobs) {
        Map<String, TopicSpec> specs = new TreeMap<>();
        for (Job job : jobs) {
            job.topics()
                    .forEach(topic -> specs.merge(
                            topic.name(),
                            spec(topic),
                            (one, other) ->
                                    other.settings().size() > one.settings().size() ? other : one));
        }
        return List.copyOf(specs.values());
    }

    private static TopicSpec spec(JobDescriptor.Topic topic) {
        int partitions = topic.partitions() == 0 ? PARTITIONS : topic.partitions();
        TopicSpec spec = topic.deadLetters()
                ? TopicSpec.deadLetters(topic.name(), partitions)
                : TopicSpec.logAppended(topic.name(), partitions);
        return spec.with(topic.settings());
    }
}
