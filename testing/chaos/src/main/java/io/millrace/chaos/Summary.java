package io.millrace.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.chaos.workload.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What all episodes came to, as lines for people and as JSON. An episode counts for each kind of fault that it had. */
final class Summary {
    private final ChaosOptions options;
    private final List<Outcome> outcomes;
    private final List<Report> wholes;

    /** @param wholes reports over whole histories, from the first record on; may be none */
    Summary(ChaosOptions options, List<Outcome> outcomes, List<Report> wholes) {
        this.options = options;
        this.outcomes = outcomes;
        this.wholes = wholes;
    }

    boolean isClean() {
        return outcomes.stream().allMatch(Outcome::isClean) && wholes.stream().allMatch(Report::isClean);
    }

    static String line(Outcome outcome, int episodes) {
        Report report = outcome.report();
        String counts = report == null
                ? ""
                : ", %s, %d redelivered, outage %.1f s"
                        .formatted(report.headline(), report.redelivered(), seconds(outcome.outage()));
        return "%d/%d seed %d: %s: %s%s, took %.0f s"
                .formatted(
                        outcome.number(),
                        episodes,
                        outcome.episode().seed(),
                        outcome.episode(),
                        outcome.verdict(),
                        counts,
                        seconds(outcome.took()));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        String row = "%-20s %9s %9s %12s %12s%n";
        text.append(row.formatted("fault", "episodes", "offences", "max outage", "redelivered"));
        for (FaultKind kind : FaultKind.values()) {
            List<Outcome> with = with(kind);
            if (!with.isEmpty()) {
                text.append(row(row, kind.toString(), with));
            }
        }
        text.append(row(row, "all", outcomes));
        long failed = outcomes.stream().filter(each -> !each.isClean()).count();
        text.append(
                isClean()
                        ? "Every promise was kept.%n".formatted()
                        : "%d of %d episodes failed.%n".formatted(failed, outcomes.size()));
        return text.toString();
    }

    private List<Outcome> with(FaultKind kind) {
        return outcomes.stream()
                .filter(each -> each.episode().faults().stream().anyMatch(fault -> fault.kind() == kind))
                .toList();
    }

    private static String row(String format, String name, List<Outcome> of) {
        return format.formatted(
                name, of.size(), offences(of), "%.1f s".formatted(seconds(maxOutage(of))), redelivered(of));
    }

    private static long offences(List<Outcome> of) {
        return of.stream()
                .mapToLong(each -> each.offences() + (each.trouble() == null ? 0 : 1))
                .sum();
    }

    private static Duration maxOutage(List<Outcome> of) {
        return of.stream().map(Outcome::outage).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    private static long redelivered(List<Outcome> of) {
        return of.stream().mapToLong(Outcome::redelivered).sum();
    }

    /** @throws IOException when the file can't be written */
    void writeJson(Path file) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("job", options.job().toString()).put("seed", options.seed()).put("clean", isClean());
        ObjectNode kinds = json.putObject("faults");
        for (FaultKind kind : FaultKind.values()) {
            List<Outcome> with = with(kind);
            kinds.putObject(kind.toString())
                    .put("episodes", with.size())
                    .put("offences", offences(with))
                    .put("max_outage_ms", maxOutage(with).toMillis())
                    .put("redelivered", redelivered(with));
        }
        ArrayNode episodes = json.putArray("episodes");
        outcomes.forEach(outcome -> add(episodes.addObject(), outcome));
        ArrayNode whole = json.putArray("whole");
        wholes.forEach(report -> counts(whole.addObject(), report));
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), json);
    }

    private static void add(ObjectNode json, Outcome outcome) {
        json.put("number", outcome.number())
                .put("seed", outcome.episode().seed())
                .put("clean", outcome.isClean())
                .put("trouble", outcome.trouble())
                .put("took_ms", outcome.took().toMillis())
                .put("outage_ms", outcome.outage().toMillis());
        ArrayNode faults = json.putArray("faults");
        outcome.episode().faults().forEach(fault -> faults.add(fault.toString()));
        if (outcome.report() != null) {
            counts(json, outcome.report());
        }
    }

    private static void counts(ObjectNode json, Report report) {
        report.counts().forEach(json::put);
        json.put("redelivered", report.redelivered());
        ObjectNode offences = json.putObject("offences");
        report.offences().forEach((kind, count) -> offences.put(kind.name(), count));
    }
}
