package io.millrace.logic.rollout;

import io.millrace.schema.rollout.RolloutEvent;
import io.millrace.schema.rollout.RolloutStatus;

/**
 * What a roll-out has to tell: one of these, or that there is nothing left to be told of the flag.
 *
 * @param event null when it is none, as the others
 * @param figures of the status
 */
public record RolloutNews(
        String flag, RolloutEvent event, RolloutStatus status, WantedFlag wanted, RolloutFigures figures) {

    static RolloutNews of(RolloutEvent event) {
        return new RolloutNews(event.flag(), event, null, null, null);
    }

    static RolloutNews of(RolloutStatus status, RolloutFigures figures) {
        return new RolloutNews(status.flag(), null, status, null, figures);
    }

    static RolloutNews of(WantedFlag wanted) {
        return new RolloutNews(wanted.flag(), null, null, wanted, null);
    }

    static RolloutNews gone(String flag) {
        return new RolloutNews(flag, null, null, null, null);
    }
}
