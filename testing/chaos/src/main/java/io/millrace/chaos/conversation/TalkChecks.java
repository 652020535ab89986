package io.millrace.chaos.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.auditor.OffenceKind;
import io.millrace.chaos.conversation.Talk.Said;
import io.millrace.chaos.workload.DeadLetters;
import io.millrace.chaos.workload.Offences;
import io.millrace.chaos.workload.Report;
import io.millrace.schema.wire.Topics;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Judges conversations in two ways: what the log of inboxes says, decided about in plain Java, is on the topics and nothing
 * else is, with what tokens stand for where the customer may read it; and {@link TalkLaws}, whatever the rules say.
 */
final class TalkChecks {
    private final Talk talk;
    private final Offences offences = new Offences();
    private long again;
    private long latest;

    /**
     * @param topics records of a topic, each partition's in order
     * @param tenant whose conversations are judged; null for all
     */
    TalkChecks(Function<String, List<ConsumerRecord<byte[], byte[]>>> topics, String tenant) {
        this.talk = new Talk(topics, tenant);
    }

    /**
     * @param until what was due by then has to be there, milliseconds since the epoch
     * @param now what may be there follows from the log until then
     */
    Report report(long until, long now) {
        Map<TalkReplay.Key, TalkReplay.Told> possible =
                TalkReplay.of(talk.records(Topics.CONVERSATION_INBOX), ConversationWorkload.SETTINGS, now);
        Restored restored = new Restored(talk);
        Set<TalkReplay.Key> seen = new HashSet<>();
        for (String topic : TalkTopics.TOLD) {
            talk.of(topic).forEach(said -> compare(topic, said, possible, restored, seen));
        }
        possible.forEach((key, told) -> {
            if (!seen.contains(key) && told.at() <= until) {
                offences.add(OffenceKind.LOST, key.topic() + ": " + told.json());
            }
        });
        TalkLaws laws = new TalkLaws(talk, offences);
        laws.require();
        int letters = 0;
        for (String topic : TalkTopics.INPUTS) {
            letters += DeadLetters.require(
                    talk.records(topic),
                    talk.records(topic + Topics.DEAD_LETTER_SUFFIX),
                    record -> DeadLetters.isAccepted(TalkTopics.READERS.get(topic), record),
                    offences);
        }
        Map<String, Long> counts = new LinkedHashMap<>(laws.counts());
        counts.put("dead_letters", (long) letters);
        String headline =
                "%d conversations, %d events, %d turns: %d answered, %d handed over, %d cancelled; %d erased, %d dead letters"
                        .formatted(counts.values().toArray());
        return new Report(
                headline, offences.text(headline), Duration.ofMillis(latest), again, counts, offences.counts());
    }

    private void compare(
            String topic,
            Said said,
            Map<TalkReplay.Key, TalkReplay.Told> possible,
            Restored restored,
            Set<TalkReplay.Key> seen) {
        TalkReplay.Key key = new TalkReplay.Key(topic, said.id());
        TalkReplay.Told expected = possible.get(key);
        boolean isNew = seen.add(key);
        again += isNew ? 0 : 1;
        if (expected == null) {
            offences.add(OffenceKind.WRONG, topic + ": " + said.json() + "; does not follow from the log");
            return;
        }
        String wrong = topic.equals(Topics.CONVERSATION_REPLIES)
                ? wrongIn(said, expected, restored)
                : said.json().equals(expected.json()) ? null : "expected " + expected.json();
        if (wrong != null) {
            offences.add(OffenceKind.WRONG, topic + ": " + said.json() + "; " + wrong);
        } else if (said.time() < expected.at()) {
            offences.add(OffenceKind.EARLY, topic + ": " + said.json() + " at " + said.time());
        } else if (isNew) {
            latest = Math.max(latest, said.time() - expected.at());
        }
    }

    private static String wrongIn(Said reply, TalkReplay.Told expected, Restored restored) {
        ObjectNode rest = reply.json().deepCopy();
        rest.set("text", expected.json().path("text"));
        if (!rest.equals(expected.json())) {
            return "expected " + expected.json();
        }
        return restored.wrongIn(
                reply.conversation(),
                expected.json().path("text").asText(),
                expected.at(),
                reply.text("text"),
                reply.time());
    }
}
