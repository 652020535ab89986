package io.millrace.connectors.kafka.lag;

import io.millrace.connectors.kafka.lag.FirstUnread.Found;
import io.millrace.connectors.kafka.lag.FirstUnread.Place;
import io.millrace.connectors.kafka.lag.Questions.Answers;
import io.millrace.connectors.kafka.lag.Questions.Topic;
import io.millrace.schema.slo.LagSampled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks where all consumer groups stand: what they have committed, where logs end, what is unread. For one thread. */
final class LagLook implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LagLook.class);
    private static final long SETTINGS_EVERY_NANOS = Duration.ofMinutes(10).toNanos();
    /** Groups and topics: what a look is about at most. */
    private static final int MAX_PAIRS = 20_000;

    private final LagSettings settings;
    private final LagMetrics metrics;
    private final Questions questions;
    private final FirstUnread firstUnread;
    private final Map<String, TopicSettings> topicSettings = new HashMap<>();
    private long settingsAt = System.nanoTime();
    /** The topics of each group, as of the last look that saw them. */
    private Map<String, Set<String>> known = new HashMap<>();

    private boolean failing;

    LagLook(Properties adminProperties, LagSettings settings, LagMetrics metrics) {
        this.settings = settings;
        this.metrics = metrics;
        this.questions = new Questions(adminProperties, settings.answerWithin());
        this.firstUnread = new FirstUnread(adminProperties);
    }

    /**
     * The samples of one look. What the broker does not say is in them as well; of a look that failed as a whole that
     * is said once, until one succeeds.
     *
     * @param at when it is made, milliseconds since the epoch
     */
    List<LagSampled> look(long at) {
        SampleMaker maker = new SampleMaker(at, settings.interval().toMillis());
        try {
            List<LagSampled> samples = samples(maker);
            failing = false;
            metrics.looked(samples);
            return samples;
        } catch (KafkaException e) {
            metrics.failed();
            LOG.warn("The broker does not say where consumer groups stand: {}", e.toString());
            if (failing) {
                return List.of();
            }
            failing = true;
            List<LagSampled> unobserved = new ArrayList<>();
            known.forEach((group, topics) ->
                    topics.forEach(topic -> unobserved.add(maker.unobserved(group, topic, Questions.problem(e)))));
            return unobserved;
        }
    }

    private List<LagSampled> samples(SampleMaker maker) {
        Questions.Groups groups =
                questions.groups(name -> settings.groups().matcher(name).matches());
        Answers<String, GroupOffsets> offsets = questions.offsets(groups.groups());
        Map<String, Map<String, Map<Integer, Long>>> committed =
                byTopic(offsets.known().values());
        Set<String> names = new TreeSet<>();
        committed.values().forEach(topics -> names.addAll(topics.keySet()));
        Answers<String, Topic> topics = questions.topics(names);
        refreshSettings(topics.known().keySet());
        Logs logs = new Logs(topics, committed);

        List<LagSampled> samples = new ArrayList<>();
        Map<String, Set<String>> seen = new HashMap<>();
        committed.forEach((group, ofTopics) -> ofTopics.forEach((topic, partitions) -> {
            seen.computeIfAbsent(group, any -> new TreeSet<>()).add(topic);
            String problem = logs.problem(topic);
            if (problem != null) {
                samples.add(maker.unobserved(group, topic, problem));
            } else {
                samples.addAll(maker.observed(
                        group,
                        topic,
                        offsets.known().get(group).members(),
                        topics.known().get(topic),
                        topicSettings.get(topic),
                        logs.partitions(topic, partitions)));
            }
        }));
        missing(groups, offsets, seen, maker, samples);
        known = seen;
        return samples;
    }

    /** What was there before and is not now: gone, or nobody knows. */
    private void missing(
            Questions.Groups groups,
            Answers<String, GroupOffsets> offsets,
            Map<String, Set<String>> seen,
            SampleMaker maker,
            List<LagSampled> samples) {
        known.forEach((group, topics) -> {
            String problem = offsets.problems().get(group);
            if (problem == null && !groups.isWhole() && !groups.groups().containsKey(group)) {
                problem = "a broker does not list its groups";
            }
            for (String topic : topics) {
                if (problem != null) {
                    samples.add(maker.unobserved(group, topic, problem));
                    seen.computeIfAbsent(group, any -> new TreeSet<>()).add(topic);
                } else if (!seen.getOrDefault(group, Set.of()).contains(topic)) {
                    samples.add(maker.gone(group, topic));
                }
            }
        });
    }

    private Map<String, Map<String, Map<Integer, Long>>> byTopic(Iterable<GroupOffsets> groups) {
        Map<String, Map<String, Map<Integer, Long>>> byTopic = new TreeMap<>();
        int pairs = 0;
        for (GroupOffsets group : groups) {
            for (Map.Entry<TopicPartition, Long> offset : group.committed().entrySet()) {
                Map<String, Map<Integer, Long>> topics = byTopic.computeIfAbsent(group.group(), any -> new TreeMap<>());
                String topic = offset.getKey().topic();
                if (!topics.containsKey(topic) && ++pairs > MAX_PAIRS) {
                    LOG.warn("More than {} groups and topics; the others are not looked at", MAX_PAIRS);
                    return byTopic;
                }
                topics.computeIfAbsent(topic, any -> new TreeMap<>())
                        .put(offset.getKey().partition(), offset.getValue());
            }
        }
        return byTopic;
    }

    private void refreshSettings(Set<String> topics) {
        if (System.nanoTime() - settingsAt > SETTINGS_EVERY_NANOS) {
            settingsAt = System.nanoTime();
            topicSettings.clear();
            firstUnread.forgetRefusals();
        }
        Set<String> unknown = new HashSet<>(topics);
        unknown.removeAll(topicSettings.keySet());
        topicSettings.putAll(questions.settings(unknown));
    }

    @Override
    public void close() {
        questions.close();
        firstUnread.close();
    }

    /** Where the logs of topics begin and end, and what of them is unread. */
    private final class Logs {
        private final Answers<String, Topic> topics;
        private final Answers<TopicPartition, Long> ends;
        private final Answers<TopicPartition, Long> starts;
        private final Map<Place, Found> found;

        Logs(Answers<String, Topic> topics, Map<String, Map<String, Map<Integer, Long>>> committed) {
            this.topics = topics;
            Set<TopicPartition> all = new HashSet<>();
            topics.known().forEach((name, topic) -> {
                for (int i = 0; i < Math.min(topic.partitions(), SampleMaker.MAX_PARTITIONS); i++) {
                    all.add(new TopicPartition(name, i));
                }
            });
            ends = questions.offsets(all, OffsetSpec.latest());
            starts = questions.offsets(unread(committed), OffsetSpec.earliest());
            Set<Place> places = new HashSet<>();
            committed
                    .values()
                    .forEach(ofTopics -> ofTopics.forEach((topic, offsets) -> places(topic, offsets, places)));
            found = firstUnread.find(places, settings.answerWithin());
        }

        /** Partitions in which some group has something to read, or had what is not there any more. */
        private Set<TopicPartition> unread(Map<String, Map<String, Map<Integer, Long>>> committed) {
            Set<TopicPartition> unread = new HashSet<>();
            committed
                    .values()
                    .forEach(ofTopics -> ofTopics.forEach((topic, offsets) -> {
                        int count = topics.known().containsKey(topic) ? partitionCount(topic) : 0;
                        for (int i = 0; i < count; i++) {
                            TopicPartition partition = new TopicPartition(topic, i);
                            Long end = ends.known().get(partition);
                            if (end != null && !end.equals(offsets.get(i))) {
                                unread.add(partition);
                            }
                        }
                    }));
            return unread;
        }

        private void places(String topic, Map<Integer, Long> offsets, Set<Place> places) {
            TopicSettings of = topicSettings.get(topic);
            if (problem(topic) != null || of == null || !of.isReadable(settings.compressed())) {
                return;
            }
            for (int i = 0; i < partitionCount(topic); i++) {
                Place place = place(topic, i, offsets.get(i));
                if (place != null) {
                    places.add(place);
                }
            }
        }

        /** Where the first unread record would be; null when nothing is unread. @param committed null for nothing */
        private Place place(String topic, int number, Long committed) {
            TopicPartition partition = new TopicPartition(topic, number);
            Long start = starts.known().get(partition);
            long end = ends.known().get(partition);
            if (start == null) {
                return null;
            }
            boolean inside = committed != null && committed >= start && committed <= end;
            long offset = inside ? committed : start;
            return offset < end ? new Place(partition, offset, end) : null;
        }

        private int partitionCount(String topic) {
            return Math.min(topics.known().get(topic).partitions(), SampleMaker.MAX_PARTITIONS);
        }

        /** Why nothing can be said of a topic; null when all can. */
        String problem(String topic) {
            if (topics.problems().containsKey(topic)) {
                return topics.problems().get(topic);
            }
            for (int i = 0; i < partitionCount(topic); i++) {
                TopicPartition partition = new TopicPartition(topic, i);
                String problem = ends.problems()
                        .getOrDefault(partition, starts.problems().get(partition));
                if (problem != null) {
                    return "partition " + i + ": " + problem;
                }
            }
            return null;
        }

        List<LagSampled.Partition> partitions(String topic, Map<Integer, Long> offsets) {
            List<LagSampled.Partition> partitions = new ArrayList<>();
            for (int i = 0; i < partitionCount(topic); i++) {
                TopicPartition partition = new TopicPartition(topic, i);
                Place place = place(topic, i, offsets.get(i));
                partitions.add(SampleMaker.partition(
                        i,
                        offsets.get(i),
                        starts.known().get(partition),
                        ends.known().get(partition),
                        place == null ? null : found.get(place)));
            }
            return partitions;
        }
    }
}
