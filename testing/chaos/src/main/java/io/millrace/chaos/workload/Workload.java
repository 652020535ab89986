package io.millrace.chaos.workload;

import io.millrace.operations.kafka.TopicSpec;
import java.time.Duration;
import java.util.List;

/**
 * What is particular to a job under test. Of one cluster: when that does not recover, the next begins with a new one.
 */
public interface Workload extends AutoCloseable {

    /** Of the topics of a cluster. */
    int PARTITIONS = 4;

    /** The topics that the job and its clients need. */
    List<TopicSpec> topics(int partitions);

    /** What the job is started with, besides Kafka's address. */
    List<String> arguments();

    /**
     * Makes up an episode, and begins to read what the job makes of it.
     *
     * @param number of the episode, in this run: whoever is in it is named after it
     * @param seed what is published and when
     */
    Act act(String bootstrapServers, int number, long seed);

    /** Judges everything that was ever on the topics. */
    Report whole(String bootstrapServers, Duration longestOutage);

    @Override
    void close();
}
