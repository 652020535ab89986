package io.millrace.logic.conversation;

import io.millrace.schema.conversation.Utterance;
import io.millrace.schema.conversation.Utterance.Speaker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What was said, within bounds. */
final class Utterances {
    /** Of what is remembered of one message. */
    static final int MAX_REMEMBERED = 4_000;

    private Utterances() {}

    static Utterance of(Speaker from, String text, long time) {
        return new Utterance(from, text, Instant.ofEpochMilli(time));
    }

    /** Its first characters; none of them is halved. */
    static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(max - 2)) ? max - 2 : max - 1;
        return text.substring(0, end) + '…';
    }

    /** Those and one more, the oldest forgotten where they are too many. */
    static <T> List<T> plus(List<T> some, T more, int max) {
        List<T> all = new ArrayList<>(some);
        all.add(more);
        return all.size() > max ? List.copyOf(all.subList(all.size() - max, all.size())) : List.copyOf(all);
    }
}
