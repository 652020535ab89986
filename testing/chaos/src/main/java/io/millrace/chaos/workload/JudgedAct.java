package io.millrace.chaos.workload;

import java.time.Instant;
import java.util.List;

/**
 * An act that is judged by the log, and depends on others.
 *
 * @param publications in the order of their times
 */
public record JudgedAct(List<Publication> publications, LogJudge judge, Outsiders outsiders, boolean ownsThem)
        implements Act {

    /** @param outsiders who are there for other acts too */
    public static JudgedAct beside(Outsiders outsiders, List<Publication> publications, LogJudge judge) {
        return new JudgedAct(publications, judge, outsiders, false);
    }

    /** @param outsiders who are there for this act alone */
    public static JudgedAct with(Outsiders outsiders, List<Publication> publications, LogJudge judge) {
        return new JudgedAct(publications, judge, outsiders, true);
    }

    @Override
    public Report judge(Instant start) {
        Report report = judge.judge();
        outsiders.requireWell();
        return report;
    }

    @Override
    public void close() {
        if (ownsThem) {
            outsiders.close();
        }
        judge.close();
    }
}
