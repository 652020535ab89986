package io.millrace.logic.rollout;

import io.millrace.logic.rollout.Position.Obstacle;
import io.millrace.logic.rollout.RolloutDecider.Effect;
import io.millrace.logic.rollout.RolloutLifecycle.Answer;
import io.millrace.logic.rollout.RolloutLifecycle.Move;
import io.millrace.schema.event.EventType;
import io.millrace.schema.rollout.FlagObserved;
import io.millrace.schema.rollout.HealthCounted;
import io.millrace.schema.rollout.RolloutCommand;
import io.millrace.schema.rollout.RolloutDefined;
import io.millrace.schema.rollout.RolloutDefined.Step;
import io.millrace.schema.rollout.RolloutEvent;
import io.millrace.schema.rollout.RolloutEvent.Kind;
import io.millrace.schema.rollout.RolloutPhase;
import io.millrace.schema.rollout.RolloutStatus;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.Uuid5;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/** One decision about a flag while it is made: the state as it becomes, and what is to be told. */
final class RolloutTurn {
    private static final UUID EVENTS = UUID.fromString("0e7d2f0a-3d0b-5a55-9f8e-6b1d0c7a4e21");
    private static final UUID STATUSES = UUID.fromString("6a1c9b52-64f3-5d0c-8a7e-2f4b8d9e0c33");
    private static final int MAX_SEEN = 50;
    private static final int MAX_REASON = 1_000;
    /** Signals that are older, in intervals and at least in milliseconds, say nothing of now. */
    static final int FRESH_INTERVALS = 5;

    private static final long FRESH_MILLIS = 30_000;

    private final RolloutState before;
    private final long time;
    private final List<RolloutNews> news = new ArrayList<>();
    private final List<String> seen;
    private final Map<String, String> serves;

    private Plan plan;
    private Position position;
    private boolean frozen;
    private long revision;
    private long number;
    private FlagView view;
    private FlagDocument document;
    private Watch watch;
    private boolean forgotten;

    RolloutTurn(RolloutState before, long time) {
        this.before = before;
        this.time = time;
        this.seen = new ArrayList<>(before.seen());
        this.serves = new TreeMap<>(before.serves());
        this.position = before.position();
        this.frozen = before.frozen();
        this.revision = before.revision();
        this.number = before.number();
        this.watch = before.watch();
        this.plan = before.defined() == null ? null : planned(before.defined());
        this.view = before.view();
    }

    private static Plan planned(RolloutDefined defined) {
        try {
            return Plan.of(defined);
        } catch (RejectedEventException e) {
            throw new IllegalStateException("it was accepted when it was bound: " + e.getMessage(), e);
        }
    }

    /** The flag as it is known; null when there is none, or it can't be read. */
    private FlagDocument document() {
        if (document == null && view != null && view.definition() != null) {
            try {
                document = FlagDocument.read(view.definition());
            } catch (RejectedEventException e) {
                // The reader of the topic lets none of these through; whoever else writes the inbox may.
                view = new FlagView(null, view.loggedAt(), view.offset());
            }
        }
        return document;
    }

    /** Null when there is no roll-out. */
    Plan plan() {
        return plan;
    }

    String name() {
        return plan.defined().name();
    }

    RolloutPhase phase() {
        return position.phase();
    }

    /** Whether a definition or a command has not come before. It is remembered from now on. */
    boolean isNew(UUID id) {
        if (seen.contains(id.toString())) {
            return false;
        }
        if (seen.size() == MAX_SEEN) {
            seen.remove(0);
        }
        seen.add(id.toString());
        return true;
    }

    /** Takes a definition, unless the flag is in the hands of a roll-out. */
    boolean bind(RolloutDefined defined) {
        if (plan != null && RolloutLifecycle.isActive(phase())) {
            String why = defined.name().equals(name())
                    ? "it is " + EventType.wireName(phase()) + ": by what it is judged does not change under way"
                    : "the flag is in the hands of roll-out \"" + name() + "\", which is "
                            + EventType.wireName(phase());
            tell(defined.name(), Kind.REFUSED, why, null, null);
            return false;
        }
        try {
            plan = Plan.of(defined);
        } catch (RejectedEventException e) {
            tell(defined.name(), Kind.REFUSED, e.getMessage(), null, null);
            return false;
        }
        position = Position.planned(time);
        watch = Watch.begin(plan, watch);
        serves.keySet().removeIf(flag -> defined.after().stream()
                .noneMatch(dependency -> dependency.flag().equals(flag)));
        tell(Kind.DEFINED, "it has " + plan.steps().size() + " steps", null);
        FlagDocument known = document();
        boolean isUnderWay = known != null && name().equals(known.rollout()) && known.isUnderWay();
        if (before.defined() == null && isUnderWay) {
            // Nothing is remembered of what the flag says is under way: the job began without state.
            find(known);
        }
        return true;
    }

    void refuse(RolloutCommand command, String why) {
        tell(command.rollout(), Kind.REFUSED, EventType.wireName(command.action()) + ": " + why, command, null);
    }

    Effect freeze(RolloutCommand command, boolean on) {
        if (frozen == on) {
            refuse(command, on ? "it is frozen already" : "it is not frozen");
            return Effect.REFUSED;
        }
        frozen = on;
        tell(on ? Kind.FROZEN : Kind.UNFROZEN, said(command), command);
        return Effect.APPLIED;
    }

    Effect forget(RolloutCommand command) {
        if (RolloutLifecycle.isActive(phase())) {
            refuse(command, "it is " + EventType.wireName(phase()) + "; roll it back or promote it first");
            return Effect.REFUSED;
        }
        tell(Kind.FORGOTTEN, said(command), command);
        forgotten = true;
        return Effect.APPLIED;
    }

    Effect command(RolloutCommand command, Move move) {
        Answer answer = RolloutLifecycle.answer(phase(), move);
        boolean goesForward = move == Move.START || move == Move.STEP || move == Move.PROMOTE;
        if (!answer.applies()) {
            refuse(
                    command,
                    "it is " + EventType.wireName(phase()) + (answer.refused() ? "" : ", so there is nothing to do"));
            return Effect.REFUSED;
        }
        if (goesForward && frozen) {
            refuse(command, "it is frozen");
            return Effect.REFUSED;
        }
        String unfit = goesForward && move != Move.START ? unfit() : null;
        if (unfit != null) {
            refuse(command, unfit);
            return Effect.REFUSED;
        }
        switch (move) {
            case START -> start(answer.next(), command);
            case PAUSE -> enter(answer.next(), Kind.PAUSED, said(command), command);
            case RESUME -> resume(answer.next(), command);
            case STEP -> stepOrFinish(said(command), command);
            case PROMOTE -> promote(answer.next(), command);
            case ROLL_BACK -> back(answer.next(), Kind.ROLLED_BACK, said(command), command);
            case EMERGENCY_STOP -> back(answer.next(), Kind.STOPPED, said(command), command);
            default -> throw new IllegalStateException(move + " is nobody's wish");
        }
        return Effect.APPLIED;
    }

    private static String said(RolloutCommand command) {
        return command.reason() == null || command.reason().isBlank() ? "no reason was given" : command.reason();
    }

    private void start(RolloutPhase next, RolloutCommand command) {
        watch = Watch.begin(plan, watch);
        position = new Position(next, 0, position.percent(), false, time, time, time, null, null, time, 0);
        tell(Kind.STARTED, said(command), command);
    }

    private void enter(RolloutPhase next, Kind kind, String reason, RolloutCommand command) {
        position = position.in(next, time);
        tell(kind, reason, command);
    }

    /** What is due meanwhile is looked at, whatever the flag was set to by hand. */
    private void resume(RolloutPhase next, RolloutCommand command) {
        enter(next, Kind.RESUMED, said(command), command);
        if (next == RolloutPhase.RUNNING) {
            if (position.step() > 0) {
                want();
            }
            position = position.wakingAt(Math.max(time, position.dueAt()));
        }
    }

    private void promote(RolloutPhase next, RolloutCommand command) {
        int last = plan.steps().size();
        int percentBefore = position.percent();
        position = position.at(last, plan.step(last).percent(), false, time, 0).in(next, time);
        want();
        tell(name(), Kind.COMPLETED, said(command), command, percentBefore);
    }

    private void back(RolloutPhase next, Kind kind, String reason, RolloutCommand command) {
        int percentBefore = position.percent();
        boolean wasTouched = position.step() > 0 || percentBefore > 0;
        position = position.at(position.step(), 0, false, time, 0).in(next, time);
        if (wasTouched) {
            want();
        }
        tell(name(), kind, reason, command, percentBefore);
    }

    /** What a source told of an interval; false when that is known. */
    boolean count(HealthCounted counted) {
        if (watch.knows(counted)) {
            return false;
        }
        boolean wasOff = watch.isRatioOff();
        long evidenceFrom = position.confirmed() ? position.confirmedAt() + plan.warmUpMillis() : Long.MAX_VALUE;
        double share = plan.audience() == null ? position.percent() / 100.0 : 0;
        watch = watch.with(plan, counted, evidenceFrom, share);
        if (!wasOff && watch.isRatioOff()) {
            tell(
                    Kind.SAMPLE_RATIO,
                    "of the requests, not " + position.percent()
                            + " in 100 have the new variant: not everybody gets the"
                            + " variant that the flag says, or not everybody tells of it",
                    null);
        }
        String verdict = position.step() == 0 ? null : watch.verdict(plan);
        Answer answer = RolloutLifecycle.answer(phase(), Move.VERDICT);
        if (verdict != null && answer.applies()) {
            back(answer.next(), Kind.ROLLED_BACK, verdict, null);
        }
        return true;
    }

    /** What a flag serves on which this roll-out depends. */
    boolean depends(FlagObserved observed) {
        if (plan == null || Objects.equals(observed.serves(), serves.get(observed.observed()))) {
            return false;
        }
        if (observed.serves() == null) {
            serves.remove(observed.observed());
        } else if (plan.defined().after().stream()
                .anyMatch(dependency -> dependency.flag().equals(observed.observed()))) {
            serves.put(observed.observed(), observed.serves());
        }
        return true;
    }

    /** What stands in the topic of flags; false when it is not newer than what is known. */
    boolean see(FlagObserved observed) {
        if (view != null && view.isNotBefore(observed)) {
            return false;
        }
        view = FlagView.of(observed);
        document = null;
        FlagDocument known = document();
        if (plan == null) {
            revision = Math.max(revision, known == null ? 0 : known.revision());
            return true;
        }
        if (known == null) {
            Answer answer = RolloutLifecycle.answer(phase(), Move.FLAG_GONE);
            if (answer.applies()) {
                // Nobody gets anything by a flag that there is not; when it is made again, it begins again.
                int percentBefore = position.percent();
                position = position.at(position.step(), 0, false, time, 0).in(answer.next(), time);
                tell(name(), Kind.ABORTED, "the flag was deleted", null, percentBefore);
            }
            return true;
        }
        boolean isOurs = name().equals(known.rollout());
        if (known.revision() > revision) {
            revision = known.revision();
            if (isOurs && known.phase() != null) {
                find(known);
            }
            return true;
        }
        boolean isAsWanted = Objects.equals(known.percent(plan.defined()), position.percent());
        if (isOurs && known.revision() == revision && isAsWanted) {
            position = position.seen(time);
        } else if (position.confirmed() && position.step() > 0 && !isAsWanted) {
            changedByHand();
        }
        return true;
    }

    /** The log of flags is ahead of what is remembered, as after a restore: the log is right. */
    private void find(FlagDocument found) {
        Integer percent = found.percent(plan.defined());
        int at = percent == null ? position.percent() : percent;
        int step = 0;
        for (int i = 1; i <= plan.steps().size() && plan.step(i).percent() <= at; i++) {
            step = i;
        }
        int percentBefore = position.percent();
        long due = step == 0 ? time : time + plan.step(step).holdSeconds() * 1_000;
        position = position.at(step, at, position.audienceOn(), time, due).in(found.phase(), time);
        if (phase() == RolloutPhase.RUNNING) {
            position = position.wakingAt(Math.max(time, due));
        }
        position = position.seen(time);
        tell(
                name(),
                Kind.FOUND,
                "so it stands in the log of flags, which is ahead of what is remembered",
                null,
                percentBefore);
    }

    private void changedByHand() {
        Answer answer = RolloutLifecycle.answer(phase(), Move.FLAG_CHANGED);
        if (answer.applies()) {
            enter(
                    answer.next(),
                    Kind.PAUSED,
                    "somebody else has changed the flag, which gave " + position.percent()
                            + " in 100 the new variant: resume to have it so again",
                    null);
        }
    }

    /** Goes forward as far as it may by now. */
    void goOn() {
        while (!forgotten && plan != null && advances() && time >= position.dueAt()) {
            Blocked blocked = blocked();
            if (blocked != null) {
                boolean isNews = blocked.by() != position.obstacle();
                position = position.waiting(blocked.by(), blocked.why(), blocked.wakeAt(), time);
                if (isNews) {
                    tell(Kind.WAITS, blocked.why(), null);
                }
                return;
            }
            stepOrFinish(
                    position.step() == 0
                            ? "nothing hinders it"
                            : "held for " + (time - position.since()) / 1_000 + " s, and nothing speaks against it",
                    null);
        }
        if (plan != null && advances() && time < position.dueAt()) {
            position = position.wakingAt(position.dueAt());
        }
    }

    private boolean advances() {
        return RolloutLifecycle.answer(phase(), Move.ADVANCE).applies();
    }

    /** Why it can't go on. @param wakeAt when that may be over by itself, milliseconds since the epoch; 0 for never */
    private record Blocked(Obstacle by, String why, long wakeAt) {
        static Blocked by(Obstacle obstacle, String why) {
            return new Blocked(obstacle, why, 0);
        }
    }

    private Blocked blocked() {
        boolean isBegun = position.step() > 0;
        if (frozen) {
            return Blocked.by(Obstacle.FROZEN, "it is frozen");
        }
        String unfit = unfit();
        if (unfit != null) {
            return Blocked.by(Obstacle.FLAG, unfit);
        }
        String unserved = plan.unserved(serves::get);
        if (unserved != null) {
            return Blocked.by(Obstacle.DEPENDENCY, unserved);
        }
        if (isBegun && plan.step(position.step()).manual()) {
            return Blocked.by(Obstacle.MANUAL, "somebody has to say that it goes on");
        }
        if (isBegun && plan.isWatched()) {
            Blocked blocked = blockedByHealth();
            if (blocked != null) {
                return blocked;
            }
        }
        long open = plan.open(time);
        return open > time
                ? new Blocked(Obstacle.WINDOW, "it may go forward again at " + Instant.ofEpochMilli(open), open)
                : null;
    }

    /** No signal is not health. */
    private Blocked blockedByHealth() {
        boolean isForAudience = position.percent() == 0;
        int least = isForAudience ? 1 : plan.minRequests();
        if (watch.newSinceStep() < least) {
            return Blocked.by(
                    Obstacle.NO_SIGNAL,
                    (long) watch.newSinceStep() + " of " + least + " requests with the new variant were told of");
        }
        if (time - watch.newUntil() > Math.max(FRESH_MILLIS, FRESH_INTERVALS * watch.millis())) {
            return Blocked.by(
                    Obstacle.NO_SIGNAL,
                    "no signal of the new variant came since " + Instant.ofEpochMilli(watch.newUntil()));
        }
        boolean isCompared = position.percent() < 100 && !plan.metrics().isEmpty();
        if (isCompared && watch.oldSinceStep() < plan.minRequests()) {
            return Blocked.by(
                    Obstacle.NO_SIGNAL,
                    (long) watch.oldSinceStep() + " of " + plan.minRequests()
                            + " requests with the old variant were told of, with which it is compared");
        }
        if (watch.isRatioOff()) {
            return Blocked.by(Obstacle.SAMPLE_RATIO, "the variants' shares of the requests are not what the flag says");
        }
        return watch.nearest(plan) >= 0.5
                ? Blocked.by(Obstacle.SUSPICION, "a metric is on its way to a roll-back")
                : null;
    }

    private String unfit() {
        FlagDocument known = document();
        if (known == null) {
            return view == null ? "there is no such flag" : "the flag was deleted";
        }
        return known.unfit(plan.defined());
    }

    private void stepOrFinish(String reason, RolloutCommand command) {
        int percentBefore = position.percent();
        if (position.step() == plan.steps().size()) {
            position = position.in(RolloutLifecycle.answer(phase(), Move.FINISH).next(), time);
            want();
            tell(name(), Kind.COMPLETED, reason, command, percentBefore);
            return;
        }
        int next = position.step() + 1;
        Step step = plan.step(next);
        if (position.step() > 0) {
            watch = watch.nextStep();
        }
        boolean audienceOn = plan.audience() != null && step.percent() < 100;
        position = position.at(next, step.percent(), audienceOn, time, time + step.holdSeconds() * 1_000);
        want();
        tell(name(), Kind.STEPPED, reason, command, percentBefore);
    }

    private void want() {
        revision++;
        RolloutDefined defined = plan.defined();
        news.add(RolloutNews.of(new WantedFlag(
                before.flag(),
                defined.name(),
                revision,
                phase(),
                defined.to(),
                defined.from(),
                position.percent(),
                defined.audience(),
                position.audienceOn(),
                defined.bucketBy())));
        position = position.unconfirmed();
    }

    private void tell(Kind kind, String reason, RolloutCommand command) {
        tell(name(), kind, reason, command, null);
    }

    private void tell(String rollout, Kind kind, String reason, RolloutCommand command, Integer percentBefore) {
        boolean isOurs = plan != null && rollout.equals(name());
        int percent = position == null ? 0 : position.percent();
        UUID id = Uuid5.of(EVENTS, before.flag() + '\n' + number);
        news.add(RolloutNews.of(new RolloutEvent(
                envelope(id, "rollout.event", command),
                rollout,
                before.flag(),
                number,
                kind,
                position == null ? RolloutPhase.PLANNED : phase(),
                percent,
                percentBefore == null ? percent : percentBefore,
                position == null ? 0 : position.step(),
                plan == null ? 0 : plan.steps().size(),
                revision,
                reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason,
                command == null ? null : command.by(),
                command == null ? null : command.envelope().eventId(),
                isOurs && watch != null ? watch.evidence(plan) : List.of())));
        number++;
    }

    private Envelope envelope(UUID id, String type, RolloutCommand command) {
        return new Envelope(
                id,
                type,
                Instant.ofEpochMilli(time),
                Envelope.DEFAULT_TENANT,
                command == null ? null : command.envelope().correlationId(),
                null);
    }

    /** The state from now on. */
    RolloutState state() {
        if (forgotten) {
            // Revisions and numbers go on: both are in what was told of the flag.
            return new RolloutState(before.flag(), null, null, frozen, revision, number, view, Map.of(), seen, null);
        }
        return new RolloutState(
                before.flag(),
                plan == null ? null : plan.defined(),
                position,
                frozen,
                revision,
                number,
                view,
                Map.copyOf(serves),
                List.copyOf(seen),
                watch);
    }

    /** What is to be told, how the roll-out is last. */
    List<RolloutNews> news() {
        if (forgotten) {
            news.add(RolloutNews.gone(before.flag()));
        } else if (plan != null) {
            news.add(RolloutNews.of(status(), figures()));
        }
        return news;
    }

    private RolloutStatus status() {
        boolean isDue = phase() == RolloutPhase.RUNNING && position.obstacle() == null;
        return new RolloutStatus(
                envelope(
                        Uuid5.of(STATUSES, before.flag() + '\n' + time + '\n' + revision + '\n' + number),
                        "rollout.status",
                        null),
                name(),
                before.flag(),
                phase(),
                position.percent(),
                position.step(),
                plan.steps().stream().map(Step::percent).toList(),
                revision,
                Instant.ofEpochMilli(position.since()),
                isDue ? Instant.ofEpochMilli(position.dueAt()) : null,
                position.waits(),
                frozen,
                watch.isRatioOff(),
                watch.evidence(plan),
                watch.path().points());
    }

    private RolloutFigures figures() {
        boolean isSeen = position.step() > 0 && plan.isWatched() && RolloutLifecycle.isActive(phase());
        FlagDocument known = document();
        boolean isWritten =
                position.confirmed() || position.step() == 0 || known == null || known.revision() >= revision;
        return new RolloutFigures(
                before.flag(),
                phase(),
                position.percent(),
                watch.path().latest(),
                position.obstacle(),
                position.waitsSince(),
                isSeen ? Math.max(watch.newUntil(), position.since()) : 0,
                isWritten ? 0 : position.since(),
                watch.isRatioOff());
    }
}
