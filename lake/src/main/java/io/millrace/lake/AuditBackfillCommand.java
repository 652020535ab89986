package io.millrace.lake;

import io.millrace.connectors.lakehouse.DeclaredTables;
import io.millrace.connectors.lakehouse.LakeCatalog;
import io.millrace.connectors.lakehouse.LakeRows;
import io.millrace.logic.analytics.FigureReplay;
import io.millrace.schema.analytics.FigureRow;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "backfill",
        description = {
            "Work the figures out anew from the audited events, and tell each closed row that says something else, is"
                    + " missing, or comes of no event.",
            "Exit status 1 when there is one that was not written."
        })
final class AuditBackfillCommand implements Callable<Integer> {
    private static final int SHOWN = 20;

    @Mixin
    private LakeOption lake;

    @Mixin
    private KeyOption key;

    @Option(
            names = "--write",
            description =
                    "Add what is missing or wrong to analytics.figures, as corrected rows; a row of no event stays.")
    private boolean write;

    @Option(
            names = "--lateness",
            paramLabel = "SECONDS",
            description = "lateness of the analytics job; default: that of the job.")
    private Long lateness;

    @Option(
            names = "--corrections",
            paramLabel = "DAYS",
            description = "corrections of the analytics job; default: that of the job.")
    private Long corrections;

    @Option(
            names = "--objective-reminder",
            paramLabel = "MS",
            description = "objective.reminder of the analytics job; default: that of the job.")
    private Long reminderObjective;

    @Option(
            names = "--objective-call",
            paramLabel = "MS",
            description = "objective.call of the analytics job; default: that of the job.")
    private Long callObjective;

    @Override
    public Integer call() throws IOException {
        FigureReplay.Settings jobs = FigureReplay.Settings.DEFAULT;
        FigureReplay.Settings settings = new FigureReplay.Settings(
                lateness == null ? jobs.lateness() : Duration.ofSeconds(lateness),
                corrections == null ? jobs.corrections() : Duration.ofDays(corrections),
                reminderObjective == null ? jobs.reminderObjective() : Duration.ofMillis(reminderObjective),
                callObjective == null ? jobs.callObjective() : Duration.ofMillis(callObjective));
        LakeCatalog catalog = lake.lake();
        FigureComparison comparison;
        try (LakeCatalog.Opened opened = catalog.open()) {
            comparison = FigureComparison.of(opened.catalog(), key.read(lake), settings);
        }
        List<FigureComparison.Difference> differences = comparison.differences();
        differences.stream().limit(SHOWN).forEach(difference -> System.out.println(difference.text()));
        if (differences.size() > SHOWN) {
            System.out.printf("and %,d more%n", differences.size() - SHOWN);
        }
        System.out.printf(
                "%s: %,d closed rows follow from %,d events up to %s%s%n",
                differences.isEmpty() ? "Clean" : differences.size() + " found",
                comparison.compared(),
                comparison.events(),
                comparison.until(),
                comparison.from().equals(Instant.EPOCH)
                        ? ""
                        : "; the audit does not have all of before " + comparison.from()
                                + ", and rows of then were left out");
        if (comparison.erased() > 0) {
            System.out.printf(
                    "%,d events were erased: what they counted for is not to be seen any more%n", comparison.erased());
        }
        List<FigureRow> rows = comparison.corrections();
        if (!write || rows.isEmpty()) {
            return differences.isEmpty() ? 0 : 1;
        }
        try (LakeCatalog.Opened opened = catalog.open()) {
            LakeRows.append(opened.catalog(), DeclaredTables.FIGURES, rows);
        }
        System.out.printf("wrote %,d rows%n", rows.size());
        return rows.size() == differences.size() ? 0 : 1;
    }
}
