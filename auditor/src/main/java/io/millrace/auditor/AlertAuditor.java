package io.millrace.auditor;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Judges the topic of alerts: each alert is opened once and before anything else of it, resolved at most once and last,
 * and over before the next one of its kind is opened. What comes again after a crash has to say the same under the same
 * id. Not thread-safe.
 */
public final class AlertAuditor {
    private static final String OPENED = "opened";
    private static final String RESOLVED = "resolved";

    private final Map<String, JsonNode> byId = new HashMap<>();
    /** By what it is about, when it was opened, and number. */
    private final Map<String, Map<Instant, Map<Integer, JsonNode>>> alerts = new TreeMap<>();

    private final List<String> offences = new ArrayList<>();

    /** @param alert the value of a record */
    public void take(JsonNode alert) {
        String id = alert.path("event_id").asText();
        JsonNode before = byId.putIfAbsent(id, alert);
        if (before != null) {
            if (!before.equals(alert)) {
                offences.add(id + " says " + alert + ", and before " + before);
            }
            return;
        }
        String about = String.join(
                " ", text(alert, "objective"), text(alert, "severity"), text(alert, "group"), text(alert, "topic"));
        JsonNode other = alerts.computeIfAbsent(about, any -> new TreeMap<>())
                .computeIfAbsent(Instant.parse(text(alert, "opened_at")), any -> new TreeMap<>())
                .putIfAbsent(alert.path("number").asInt(), alert);
        if (other != null) {
            offences.add("number " + alert.path("number") + " of " + about + " has two ids: " + id + ", "
                    + text(other, "event_id"));
        }
    }

    private static String text(JsonNode alert, String field) {
        return alert.path(field).asText();
    }

    /** What was wrong with all that was taken; empty when nothing was. */
    public List<String> offences() {
        List<String> all = new ArrayList<>(offences);
        alerts.forEach((about, ofIt) -> {
            Instant free = Instant.MIN;
            for (Map.Entry<Instant, Map<Integer, JsonNode>> alert : ofIt.entrySet()) {
                if (alert.getKey().isBefore(free)) {
                    all.add(about + " was opened at " + alert.getKey() + " before the one before was resolved");
                }
                List<JsonNode> events = List.copyOf(alert.getValue().values());
                judge(about + " opened at " + alert.getKey(), events, all);
                JsonNode last = events.get(events.size() - 1);
                boolean over = text(last, "state").equals(RESOLVED);
                free = over ? Instant.parse(text(last, "occurred_at")) : Instant.MAX;
            }
        });
        return all;
    }

    private static void judge(String alert, List<JsonNode> events, List<String> offences) {
        for (int i = 0; i < events.size(); i++) {
            String state = text(events.get(i), "state");
            if (events.get(i).path("number").asInt() != i) {
                offences.add(alert + ": there is no number " + i);
                return;
            }
            if (state.equals(OPENED) != (i == 0)) {
                offences.add(alert + ": number " + i + " is " + state);
            }
            if (state.equals(RESOLVED) && i < events.size() - 1) {
                offences.add(alert + ": it goes on after it was resolved");
            }
        }
    }
}
