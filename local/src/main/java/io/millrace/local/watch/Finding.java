package io.millrace.local.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What came out at a checkpoint.
 *
 * @param id of the checkpoint
 * @param said the values, or why there are none; for people
 */
record Finding(String id, Instant at, Outcome outcome, String said) {
    private static final int SHOWN = 4;

    enum Outcome {
        PASSED,
        FAILED,
        /** There is no value, and there should be one. */
        NO_DATA,
        /** Prometheus does not take the query, or did not answer for as long as was waited. */
        UNANSWERED
    }

    static Finding of(Checkpoint checkpoint, Instant at, List<PrometheusClient.Sample> samples) {
        if (samples.isEmpty()) {
            Outcome outcome = checkpoint.emptyPasses() ? Outcome.PASSED : Outcome.NO_DATA;
            return new Finding(checkpoint.id(), at, outcome, "no value");
        }
        List<PrometheusClient.Sample> wrong = samples.stream()
                .filter(sample -> !checkpoint.pass().holds(sample.value()))
                .toList();
        Outcome outcome = wrong.isEmpty() ? Outcome.PASSED : Outcome.FAILED;
        return new Finding(checkpoint.id(), at, outcome, text(wrong.isEmpty() ? samples : wrong));
    }

    private static String text(List<PrometheusClient.Sample> samples) {
        StringBuilder text = new StringBuilder();
        samples.stream().limit(SHOWN).forEach(sample -> text.append(text.isEmpty() ? "" : ", ")
                .append(sample.labels().isEmpty() ? "" : sample.labels() + ": ")
                .append(number(sample.value())));
        int more = samples.size() - SHOWN;
        return more > 0 ? text + " and " + more + " more" : text.toString();
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.3g", value);
    }

    boolean passed() {
        return outcome == Outcome.PASSED;
    }

    ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("at", at.toString())
                .put("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .put("said", said);
    }

    /** @throws IllegalArgumentException when it is none */
    static Finding of(JsonNode node) {
        return new Finding(
                node.path("id").asText(),
                Instant.parse(node.path("at").asText()),
                Outcome.valueOf(node.path("outcome").asText().toUpperCase(Locale.ROOT)),
                node.path("said").asText());
    }
}
