package io.millrace.chaos.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.auditor.OffenceKind;
import io.millrace.chaos.conversation.Talk.Said;
import io.millrace.chaos.workload.Offences;
import io.millrace.logic.conversation.ConversationDecider;
import io.millrace.operators.conversation.TurnEnds;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.Topics;
import io.millrace.testing.jobs.ReplayAudit;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What has to hold of conversations whatever the rules are, by the topics alone. */
final class TalkLaws {
    /** After which of these a run that began before answers nobody. */
    private static final Set<String> TAKEN =
            Set.of("conversation.assigned", "message.sent", "conversation.closed", "conversation.erased");

    private final Talk talk;
    private final Offences offences;
    private final Map<String, List<Said>> inboxes;
    private final Map<String, Said> replies = new HashMap<>();
    private final Map<String, Long> counts = new LinkedHashMap<>();

    TalkLaws(Talk talk, Offences offences) {
        this.talk = talk;
        this.offences = offences;
        this.inboxes = talk.inboxes();
        talk.once(Topics.CONVERSATION_REPLIES).forEach(reply -> replies.put(reply.id(), reply));
    }

    void require() {
        counts.put("conversations", (long) inboxes.size());
        counts.put("events", (long) talk.once(Topics.CONVERSATION_EVENTS).size());
        requireTurns();
        requireOneAnswerInOrder();
        requireViewsInOrder();
        requireInInbox();
        requireEndsInInbox();
        requireErasures();
        requireConcealed();
    }

    /** How much there was. */
    Map<String, Long> counts() {
        return counts;
    }

    /** Each turn that began ended once: as an answer, as an escalation, cancelled or failed. */
    private void requireTurns() {
        Set<String> cancelled = new HashSet<>();
        List<Said> starts = new ArrayList<>();
        for (Said command : talk.once(Topics.WORKFLOW_COMMANDS)) {
            if (command.type().equals("workflow.start")) {
                starts.add(command);
            } else {
                cancelled.add(command.run());
            }
        }
        long[] ends = new long[3];
        Set<String> runs = new HashSet<>();
        for (Said start : starts) {
            if (!runs.add(start.run())) {
                offences.add(OffenceKind.TWICE, "a turn began twice: " + start.json());
            }
            requireEnd(start, cancelled.contains(start.run()), ends);
        }
        counts.put("turns", (long) starts.size());
        counts.put("answered", ends[0]);
        counts.put("handed_over", ends[1]);
        counts.put("cancelled", ends[2]);
    }

    private void requireEnd(Said start, boolean isCancelled, long[] ends) {
        String conversation = start.json().at("/attributes/conversation").asText();
        List<Said> inbox = inboxes.getOrDefault(start.tenant() + "/" + conversation, List.of());
        int end = endIn(inbox, start.text("run_id"));
        Said answer = null;
        Said handover = null;
        for (UUID id : ConversationDecider.repliesOf(start.tenant(), conversation, start.text("run_id"))) {
            Said reply = replies.get(id.toString());
            if (reply != null && reply.text("kind").equals("answer")) {
                answer = reply;
            } else if (reply != null) {
                handover = reply;
            }
        }
        ends[0] += answer == null ? 0 : 1;
        ends[1] += handover == null ? 0 : 1;
        ends[2] += isCancelled ? 1 : 0;
        int outcomes = (answer == null ? 0 : 1) + (handover == null ? 0 : 1) + (isCancelled ? 1 : 0);
        if (outcomes > 1) {
            offences.add(OffenceKind.TWICE, "a turn ended in more than one way: " + start.json());
        } else if (outcomes == 0 && end < 0) {
            offences.add(OffenceKind.LOST, "a turn did not end: " + start.json());
        } else if (outcomes == 0 && saysSomething(inbox.get(end))) {
            offences.add(
                    OffenceKind.LOST, "nobody was told of " + inbox.get(end).json());
        }
        if (answer != null || handover != null) {
            requireNotTaken(start, inbox, end);
        }
    }

    /** Where the run's end is in it; -1 when it is not. */
    private static int endIn(List<Said> inbox, String run) {
        for (int i = 0; i < inbox.size(); i++) {
            if (inbox.get(i).type().equals("turn.ended")
                    && inbox.get(i).text("run_id").equals(run)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean saysSomething(Said end) {
        JsonNode output = end.json().path("output");
        String action = output.path("action").asText();
        return end.text("state").equals("completed") && (action.equals("reply") || action.equals("escalate"));
    }

    /** Nobody had the conversation between the turn's beginning and its end. */
    private void requireNotTaken(Said start, List<Said> inbox, int end) {
        long began = Instant.parse(start.text("occurred_at")).toEpochMilli();
        if (end < 0) {
            offences.add(OffenceKind.WRONG, "a turn was answered that did not end: " + start.json());
            return;
        }
        for (Said before : inbox.subList(0, end)) {
            if (before.time() >= began && TAKEN.contains(before.type())) {
                offences.add(OffenceKind.WRONG, "a turn was answered after " + before.json() + ": " + start.json());
            }
        }
    }

    private void requireOneAnswerInOrder() {
        Map<String, Set<Integer>> answered = new HashMap<>();
        Map<String, Integer> last = new HashMap<>();
        for (Said reply : talk.once(Topics.CONVERSATION_REPLIES)) {
            int turn = reply.json().path("turn").asInt();
            if (!reply.text("kind").equals("answer")) {
                continue;
            }
            if (!answered.computeIfAbsent(reply.conversation(), of -> new HashSet<>())
                    .add(turn)) {
                offences.add(OffenceKind.TWICE, "a turn has two answers: " + reply.json());
            }
            Integer before = last.put(reply.conversation(), turn);
            if (before != null && before > turn) {
                offences.add(OffenceKind.ORDER, "after the answer to turn " + before + ": " + reply.json());
            }
        }
    }

    private void requireViewsInOrder() {
        Map<String, Long> versions = new HashMap<>();
        for (Said view : talk.once(Topics.CONVERSATION_UPDATES)) {
            long version = view.json().path("version").asLong();
            Long before = versions.put(view.conversation(), version);
            if (version != (before == null ? 1 : before + 1)) {
                offences.add(OffenceKind.ORDER, "after version " + before + ": " + view.json());
            }
        }
    }

    /** What was told of a conversation came to it, in the order of the log. */
    private void requireInInbox() {
        Map<String, Map<String, Integer>> places = new HashMap<>();
        inboxes.forEach((conversation, inbox) -> {
            Map<String, Integer> ofIt = new HashMap<>();
            inbox.forEach(said -> ofIt.put(said.id(), ofIt.size()));
            places.put(conversation, ofIt);
        });
        Map<String, Integer> last = new HashMap<>();
        for (Said event : talk.once(Topics.CONVERSATION_EVENTS)) {
            if (!event.json().has("conversation_id")) {
                continue;
            }
            Integer place = places.getOrDefault(event.conversation(), Map.of()).get(event.id());
            if (place == null) {
                offences.add(OffenceKind.LOST, "not in the inbox: " + event.json());
                continue;
            }
            Integer before = last.put(event.conversation(), place);
            if (before != null && before > place) {
                offences.add(OffenceKind.ORDER, "in the inbox before what was told before: " + event.json());
            }
        }
    }

    private void requireEndsInInbox() {
        Set<String> ids = new HashSet<>();
        talk.of(Topics.CONVERSATION_INBOX).forEach(said -> ids.add(said.id()));
        for (ConsumerRecord<byte[], byte[]> record : talk.records(Topics.WORKFLOW_RUNS)) {
            try {
                OutboundRecord end = TurnEnds.read(ReplayAudit.source(record));
                if (end != null
                        && !ids.contains(Talk.json(end.value()).path("event_id").asText())) {
                    offences.add(OffenceKind.LOST, "not in the inbox: the end of " + Talk.json(record.value()));
                }
            } catch (RejectedEventException e) {
                // A dead letter, which is judged as such.
                continue;
            }
        }
    }

    /** With a customer all conversations are erased that were known to be theirs, once for what they had said since. */
    private void requireErasures() {
        Set<String> erased = new HashSet<>();
        Map<String, List<Said>> byCustomer = new HashMap<>();
        List<Said> events = talk.once(Topics.CONVERSATION_EVENTS);
        for (Said event : events) {
            if (event.type().equals("conversation.erased")) {
                erased.add(event.conversation() + " " + event.text("request"));
            } else if (event.type().equals("customer.erased")) {
                byCustomer
                        .computeIfAbsent(customer(event), of -> new ArrayList<>())
                        .add(event);
            }
        }
        counts.put("erased", (long) erased.size());
        for (Said link : events) {
            if (!link.json().has("customer_id") || !link.json().has("conversation_id")) {
                continue;
            }
            List<Said> since = byCustomer.getOrDefault(customer(link), List.of()).stream()
                    .filter(erasure -> erasure.time() > link.time())
                    .toList();
            if (!since.isEmpty()
                    && since.stream().noneMatch(by -> erased.contains(link.conversation() + " " + by.id()))) {
                offences.add(
                        OffenceKind.LOST,
                        link.conversation() + " is not erased by "
                                + since.get(0).json());
            }
        }
    }

    private static String customer(Said event) {
        return event.tenant() + "/" + event.text("customer_id");
    }

    /** Addresses are on the topics of what comes and goes alone. */
    private void requireConcealed() {
        for (String topic : List.of(
                Topics.CONVERSATION_INBOX, Topics.WORKFLOW_COMMANDS, Topics.CONVERSATION_UPDATES, Topics.ESCALATIONS)) {
            for (ConsumerRecord<byte[], byte[]> record : talk.records(topic)) {
                if (record.value() != null
                        && new String(record.value(), StandardCharsets.UTF_8).contains(TalkPlan.DOMAIN)) {
                    offences.add(OffenceKind.WRONG, "in the clear on " + topic + ": " + Talk.json(record.value()));
                }
            }
        }
    }
}
