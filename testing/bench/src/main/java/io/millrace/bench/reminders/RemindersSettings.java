package io.millrace.bench.reminders;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * What to measure and how much of it.
 *
 * @param burst reminders due in one second, for the tasks job
 * @param databaseBurst the same for contestants on the database
 * @param perSecond the steady rate of the tasks job
 * @param databasePerSecond that of contestants on the database; 0 for half of what db-scheduler reached in its burst
 * @param steady for how long
 * @param pending reminders that wait meanwhile, due in a month
 * @param herd overdue reminders at a restore
 * @param warmUp reminders before each measurement
 * @param threads of db-scheduler
 * @param pollEvery the interval of the poll
 * @param slots parallelism of the tasks job
 * @param checkpoints their interval
 * @param flink settings of Flink's
 */
public record RemindersSettings(
        Set<ContestantName> contestants,
        int burst,
        int databaseBurst,
        double perSecond,
        double databasePerSecond,
        Duration steady,
        int pending,
        int herd,
        int warmUp,
        int threads,
        Duration pollEvery,
        int slots,
        Duration checkpoints,
        Map<String, String> flink) {

    public RemindersSettings {
        contestants = Set.copyOf(contestants);
        flink = Map.copyOf(flink);
    }

    boolean has(ContestantName name) {
        return contestants.contains(name);
    }

    boolean needsPostgres() {
        return has(ContestantName.DB_SCHEDULER) || has(ContestantName.CRON);
    }
}
