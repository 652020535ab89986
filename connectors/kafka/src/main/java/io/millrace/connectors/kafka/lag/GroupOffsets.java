package io.millrace.connectors.kafka.lag;

import io.millrace.schema.slo.Members;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What a consumer group has committed.
 *
 * @param committed the next offset that it will read in each partition
 */
record GroupOffsets(String group, Members members, Map<TopicPartition, Long> committed) {}
