package io.millrace.gateway.log;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** The log as the follower uses it, until something fails: then it is closed, and opened anew. */
interface FollowedLog extends AutoCloseable {

    /** Of no group, with nothing assigned. */
    Consumer<byte[], byte[]> consumer();

    /**
     * The partitions of the topics that the model follows.
     *
     * @throws OtherLogException when one of the topics was deleted and made again
     */
    List<TopicPartition> partitions() throws SQLException, OtherLogException;

    /** Where partitions end. One that does not answer, as one without a leader, is left out. */
    Map<TopicPartition, Long> ends(Set<TopicPartition> partitions);

    @Override
    void close();
}
