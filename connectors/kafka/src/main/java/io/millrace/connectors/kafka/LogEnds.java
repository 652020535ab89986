package io.millrace.connectors.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the broker where partitions end, on a thread of its own, until it answers or this is closed. */
final class LogEnds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogEnds.class);
    private static final int REQUEST_TIMEOUT_MILLIS = 5_000;
    private static final long RETRY_AFTER_MILLIS = 500;

    /** The offsets of each partition at the time of the answer. */
    record Answer(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> beginnings) {}

    private final Properties connection;
    private Thread asking;
    private volatile Answer answer;
    private volatile boolean closed;

    /** @param connection what an admin client needs to connect */
    LogEnds(Properties connection) {
        this.connection = connection;
    }

    boolean isAsked() {
        return asking != null;
    }

    void ask(Collection<TopicPartition> partitions) {
        List<TopicPartition> asked = List.copyOf(partitions);
        asking = new Thread(() -> askUntilAnswered(asked), "log-ends");
        asking.setDaemon(true);
        asking.start();
    }

    /** The answer, once. */
    Optional<Answer> takeAnswer() {
        Answer taken = answer;
        answer = null;
        return Optional.ofNullable(taken);
    }

    private void askUntilAnswered(List<TopicPartition> partitions) {
        Properties properties = new Properties();
        properties.putAll(connection);
        try (Admin admin = Admin.create(properties)) {
            while (!closed) {
                try {
                    Map<TopicPartition, Long> beginnings = offsets(admin, partitions, OffsetSpec.earliest());
                    answer = new Answer(offsets(admin, partitions, OffsetSpec.latest()), beginnings);
                    return;
                } catch (ExecutionException e) {
                    LOG.warn("The broker does not say where {} end; asking again", partitions, e.getCause());
                    Thread.sleep(RETRY_AFTER_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, List<TopicPartition> partitions, OffsetSpec spec)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> request = new HashMap<>();
        partitions.forEach(partition -> request.put(partition, spec));
        ListOffsetsOptions options = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
        options.timeoutMs(REQUEST_TIMEOUT_MILLIS);
        ListOffsetsResult result = admin.listOffsets(request, options);
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (TopicPartition partition : partitions) {
            offsets.put(partition, result.partitionResult(partition).get().offset());
        }
        return offsets;
    }

    @Override
    public void close() {
        closed = true;
        if (asking != null) {
            asking.interrupt();
        }
    }
}
