package io.millrace.logic.slo;

import io.millrace.logic.decision.Decision;
import io.millrace.logic.decision.Wakes;
import io.millrace.schema.slo.LagSampled;
import io.millrace.schema.slo.SloAlert;
import io.millrace.schema.slo.SloStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A group and a topic under the decider: what was decided, sample after sample. Samples are logged as they are made.
 */
final class Lag {
    private final LagDecider decider = new LagDecider();
    private final List<Objective> objectives;
    final List<LagCommand> commands = new ArrayList<>();
    LagState state;

    Lag(Objective... objectives) {
        this.objectives = List.of(objectives);
    }

    Lag take(List<LagSampled> samples) {
        samples.forEach(this::take);
        return this;
    }

    Object take(LagSampled sample) {
        return take(sample, objectives);
    }

    Object take(LagSampled sample, List<Objective> counting) {
        long time = sample.askedAt();
        LagState woken = Wakes.until(decider, Samples.KEY, state, time, commands::addAll);
        Decision<LagState, LagDecider.Effect, LagCommand> decision =
                decider.decide(Samples.KEY, woken, new LagInput(sample, counting), time);
        commands.addAll(decision.commands());
        state = decision.state();
        return decision.effect();
    }

    Lag until(long time) {
        state = Wakes.until(decider, Samples.KEY, state, time, commands::addAll);
        return this;
    }

    List<SloAlert> alerts() {
        return commands.stream().map(LagCommand::alert).filter(Objects::nonNull).toList();
    }

    SloStatus status() {
        return commands.stream()
                .map(LagCommand::status)
                .filter(Objects::nonNull)
                .reduce((first, last) -> last)
                .orElseThrow();
    }
}
