package io.millrace.logic.rollout;

import io.millrace.logic.rollout.RolloutLifecycle.Move;
import io.millrace.schema.event.EventType;
import io.millrace.schema.rollout.HealthCounted;
import io.millrace.schema.rollout.RolloutDefined;
import io.millrace.schema.rollout.RolloutDefined.Source;
import io.millrace.schema.rollout.RolloutPhase;
import io.millrace.schema.rollout.RolloutStatus;
import io.millrace.schema.wire.RejectedEventException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether a roll-out may begin, before somebody begins it: what the job would refuse, or would let it wait for, and whether
 * those tell of it whose word counts.
 */
public final class Readiness {
    /** What is asked, in the order of the answers. */
    public static final List<String> CHECKS = List.of("phase", "flag", "frozen", "windows", "after", "signals");

    /** An interval is told of a little after its end. */
    private static final long TOLD_WITHIN_MILLIS = 10_000;

    /** What is known of one thing that is asked. */
    public enum Verdict {
        GO,
        NO_GO,
        /** Nobody knows: no reason to begin. */
        UNKNOWN
    }

    /**
     * An answer.
     *
     * @param check what was asked, in a word
     * @param detail why, for people
     */
    public record Answer(String check, Verdict verdict, String detail) {
        public static Answer go(String check, String detail) {
            return new Answer(check, Verdict.GO, detail);
        }

        public static Answer noGo(String check, String detail) {
            return new Answer(check, Verdict.NO_GO, detail);
        }

        public static Answer unknown(String check, String detail) {
            return new Answer(check, Verdict.UNKNOWN, detail);
        }
    }

    /**
     * What is known.
     *
     * @param status of the flag; null when the job has told none
     * @param flags by key, as they stand on their topic
     * @param counted what was told of the flag lately, in any order
     * @param now milliseconds since the epoch
     */
    public record Known(
            RolloutDefined defined,
            RolloutStatus status,
            Map<String, String> flags,
            List<HealthCounted> counted,
            long now) {}

    private final Known known;
    private final Plan plan;

    private Readiness(Known known) throws RejectedEventException {
        this.known = known;
        this.plan = Plan.of(known.defined());
    }

    /** @throws RejectedEventException when the definition does not fit together, naming the field */
    public static List<Answer> of(Known known) throws RejectedEventException {
        Readiness readiness = new Readiness(known);
        List<Answer> answers = new ArrayList<>();
        answers.add(readiness.phase());
        answers.add(readiness.flag());
        answers.add(readiness.frozen());
        answers.add(readiness.windows());
        answers.add(readiness.after());
        answers.add(readiness.signals());
        return answers;
    }

    private Answer phase() {
        RolloutStatus status = known.status();
        if (status == null) {
            return Answer.unknown("phase", "the job rollout has told nothing of it; does it run? ./millrace jobs");
        }
        String phase = EventType.wireName(status.phase()).replace('_', ' ');
        if (!status.rollout().equals(known.defined().name())) {
            String other = "\"" + status.rollout() + "\" of the same flag is " + phase;
            return RolloutLifecycle.isActive(status.phase()) ? Answer.noGo("phase", other) : Answer.go("phase", other);
        }
        boolean starts = RolloutLifecycle.answer(status.phase(), Move.START).next() == RolloutPhase.RUNNING;
        return starts ? Answer.go("phase", phase) : Answer.noGo("phase", "it is " + phase);
    }

    private Answer flag() {
        String key = known.defined().flag();
        String definition = known.flags().get(key);
        if (definition == null) {
            return Answer.noGo("flag", "there is no flag \"" + key + "\"");
        }
        try {
            FlagDocument flag = FlagDocument.read(definition);
            String unfit = flag.unfit(known.defined());
            if (unfit != null) {
                return Answer.noGo("flag", unfit);
            }
            return Answer.go(
                    "flag",
                    flag.serves() == null
                            ? "serves several variants"
                            : "serves \"" + flag.serves() + "\" to everybody");
        } catch (RejectedEventException e) {
            return Answer.noGo("flag", e.getMessage());
        }
    }

    private Answer frozen() {
        if (known.status() == null) {
            return Answer.unknown("frozen", "the job rollout has not told");
        }
        return known.status().frozen() ? Answer.noGo("frozen", "it is frozen") : Answer.go("frozen", "no");
    }

    private Answer windows() {
        long open = plan.open(known.now());
        return open > known.now()
                ? Answer.noGo("windows", "it may go forward again at " + Instant.ofEpochMilli(open))
                : Answer.go("windows", known.defined().windows() == null ? "at any time" : "open");
    }

    private Answer after() {
        String unserved = plan.unserved(this::serves);
        if (unserved != null) {
            return Answer.noGo("after", unserved);
        }
        return Answer.go("after", known.defined().after().isEmpty() ? "no other flag" : "all of them serve it");
    }

    private String serves(String flag) {
        String definition = known.flags().get(flag);
        try {
            return definition == null ? null : FlagDocument.read(definition).serves();
        } catch (RejectedEventException e) {
            return null;
        }
    }

    /** Who says nothing of the old variant will say nothing of the new one: it would wait in its first step. */
    private Answer signals() {
        if (!plan.isWatched()) {
            return Answer.go("signals", "none are asked for: it goes by time alone");
        }
        List<String> told = new ArrayList<>();
        for (Source source : known.defined().health().sources()) {
            long requests = requests(source.name());
            if (requests == 0) {
                return Answer.noGo(
                        "signals",
                        source.name() + " has told of no request with \""
                                + known.defined().from() + "\" in the last " + RolloutTurn.FRESH_INTERVALS
                                + " intervals");
            }
            told.add(source.name() + " told of " + requests + " requests");
        }
        return Answer.go(
                "signals", String.join(", ", told) + " in the last " + RolloutTurn.FRESH_INTERVALS + " intervals");
    }

    private long requests(String source) {
        return known.counted().stream()
                .filter(counted -> counted.source().equals(source))
                .filter(counted -> counted.flag().equals(known.defined().flag()))
                .filter(counted -> known.now() - counted.from().toEpochMilli()
                        <= (RolloutTurn.FRESH_INTERVALS + 1) * counted.millis() + TOLD_WITHIN_MILLIS)
                .flatMap(counted -> counted.variants().stream())
                .filter(variant -> variant.variant().equals(known.defined().from()))
                .mapToLong(HealthCounted.Variant::requests)
                .sum();
    }
}
