package io.millrace.chaos.conversation;

import io.millrace.chaos.conversation.Talk.Said;
import io.millrace.logic.pii.Tokens;
import io.millrace.schema.wire.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What tokens stand for, and whether a customer may read it. The same event is on one topic in the clear and on the inbox
 * with tokens; that says it, whatever the vault's rules are.
 */
final class Restored {
    private static final List<String> MARKS = List.of("[…]", "[removed]", "[supprimé]", "[eliminado]");

    /** By conversation and token. */
    private final Map<String, Map<String, String>> values = new HashMap<>();
    /** What came to a conversation, of each id the first. */
    private final Map<String, List<Said>> inboxes;
    /** When a conversation was to be erased first, by the log of events. */
    private final Map<String, Long> erasures = new HashMap<>();

    Restored(Talk talk) {
        inboxes = talk.inboxes();
        Map<String, Said> inTheClear = new HashMap<>();
        for (Said said : talk.once(Topics.CONVERSATION_EVENTS)) {
            inTheClear.put(said.tenant() + "/" + said.id(), said);
            if (said.type().equals("conversation.erased")) {
                erasures.merge(said.conversation(), said.time(), Math::min);
            }
        }
        inboxes.forEach((conversation, inbox) -> inbox.forEach(said -> {
            Said clear = inTheClear.get(said.tenant() + "/" + said.id());
            if (clear != null) {
                learn(conversation, said.text("text"), clear.text("text"));
                learn(conversation, said.text("comment"), clear.text("comment"));
            }
        }));
    }

    private void learn(String conversation, String concealed, String clear) {
        int from = 0;
        int inClear = 0;
        for (int token = Tokens.next(concealed, 0); token < concealed.length(); token = Tokens.next(concealed, from)) {
            inClear += token - from;
            from = token + Tokens.LENGTH;
            String behind = concealed.substring(from, Tokens.next(concealed, from));
            int end = behind.isEmpty() ? clear.length() : clear.indexOf(behind, inClear);
            if (end < inClear || inClear > clear.length()) {
                return;
            }
            values.computeIfAbsent(conversation, of -> new HashMap<>())
                    .put(concealed.substring(token, from), clear.substring(inClear, end));
            inClear = end;
        }
    }

    /**
     * What is wrong with the text of a reply.
     *
     * @param tokens as it was decided
     * @param at when that was, milliseconds since the epoch
     * @param told as the customer reads it
     * @param time of its record
     * @return null when nothing is
     */
    String wrongIn(String conversation, String tokens, long at, String told, long time) {
        Map<String, String> known = values.getOrDefault(conversation, Map.of());
        Set<String> alive = aliveAt(conversation, at);
        boolean mayBeGone = erasures.getOrDefault(conversation, Long.MAX_VALUE) <= time;
        int from = 0;
        int inTold = 0;
        for (int token = Tokens.next(tokens, 0); token < tokens.length(); token = Tokens.next(tokens, from)) {
            String before = tokens.substring(from, token);
            if (!told.startsWith(before, inTold)) {
                return "something else at " + inTold;
            }
            inTold += before.length();
            from = token + Tokens.LENGTH;
            String name = tokens.substring(token, from);
            String value = known.get(name);
            if (value != null && told.startsWith(value, inTold)) {
                if (!alive.contains(name)) {
                    return value + " is of before it was erased";
                }
                inTold += value.length();
                continue;
            }
            int end = inTold;
            String mark = MARKS.stream()
                    .filter(each -> told.startsWith(each, end))
                    .findFirst()
                    .orElse(null);
            if (mark == null) {
                return "neither a value of this conversation nor a mark at " + inTold;
            }
            if (alive.contains(name) && !mayBeGone) {
                return value + " is missing at " + inTold;
            }
            inTold += mark.length();
        }
        return told.substring(Math.min(inTold, told.length())).equals(tokens.substring(from))
                ? null
                : "something else at the end";
    }

    /** What was said to the conversation, and not erased since, at a time. */
    private Set<String> aliveAt(String conversation, long at) {
        Set<String> alive = new HashSet<>();
        for (Said said : inboxes.getOrDefault(conversation, List.of())) {
            if (said.type().equals("conversation.erased") && said.time() < at) {
                alive.clear();
            } else if (said.time() <= at) {
                alive.addAll(tokensIn(said.text("text")));
                alive.addAll(tokensIn(said.text("comment")));
            }
        }
        return alive;
    }

    private static List<String> tokensIn(String text) {
        List<String> tokens = new ArrayList<>();
        for (int at = Tokens.next(text, 0); at < text.length(); at = Tokens.next(text, at + 1)) {
            tokens.add(text.substring(at, at + Tokens.LENGTH));
        }
        return tokens;
    }
}
