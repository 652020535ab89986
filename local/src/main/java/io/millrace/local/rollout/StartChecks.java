package io.millrace.local.rollout;

import io.millrace.local.safety.Switch;
import io.millrace.local.safety.Switches;
import io.millrace.local.slo.Statuses;
import io.millrace.local.terminal.Figures;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.topic.SourceRecords;
import io.millrace.local.topic.TopicScan;
import io.millrace.local.watch.PrometheusClient;
import io.millrace.local.watch.PrometheusException;
import io.millrace.logic.rollout.Readiness;
import io.millrace.logic.rollout.Readiness.Answer;
import io.millrace.schema.event.EventType;
import io.millrace.schema.rollout.HealthCounted;
import io.millrace.schema.rollout.RolloutDefined;
import io.millrace.schema.rollout.RolloutInput;
import io.millrace.schema.rollout.RolloutStatus;
import io.millrace.schema.rollout.SafetyFlag;
import io.millrace.schema.slo.SloStatus;
import io.millrace.schema.slo.SloStatus.Objective;
import io.millrace.schema.slo.Verdict;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.Topics;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is asked before a roll-out begins, of the topics and of what watches the platform. Nothing is written. */
public final class StartChecks {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** Longer than the longest intervals there are, so many as are looked back. */
    private static final Duration SIGNALS = Duration.ofMinutes(40);
    /** Of each group and topic something is told each minute. */
    private static final Duration SILENCE = Duration.ofMinutes(3);

    private static final int NAMED = 3;

    /** What is asked of groups. */
    static final List<String> GROUPS = List.of("lag", "budgets", "alerts");

    /** What is asked beside {@link Readiness#CHECKS}. */
    public static final List<String> CHECKS = Stream.of(List.of("safety"), GROUPS, List.of("firing"))
            .flatMap(List::stream)
            .toList();

    private StartChecks() {}

    /**
     * Whether the roll-out itself may begin.
     *
     * @throws RejectedEventException when the definition does not fit together
     */
    public static List<Answer> ofRollout(KafkaConnection kafka, RolloutDefined defined, Instant now)
            throws RejectedEventException {
        RolloutStatus status = Rollouts.statuses(kafka).stream()
                .filter(each -> each.flag().equals(defined.flag()))
                .findFirst()
                .orElse(null);
        return Readiness.of(new Readiness.Known(
                defined, status, Flags.read(kafka), counted(kafka, defined.flag(), now), now.toEpochMilli()));
    }

    private static List<HealthCounted> counted(KafkaConnection kafka, String flag, Instant now) {
        List<HealthCounted> counted = new ArrayList<>();
        byte[] key = flag.getBytes(StandardCharsets.UTF_8);
        TopicScan.read(kafka, List.of(Topics.ROLLOUT_INBOX), now.minus(SIGNALS), LIMIT, record -> {
            if (Arrays.equals(record.key(), key)) {
                try {
                    if (RolloutInput.read(SourceRecords.of(record)) instanceof HealthCounted told) {
                        counted.add(told);
                    }
                } catch (RejectedEventException e) {
                    // It is none of the job's.
                    return;
                }
            }
        });
        return counted;
    }

    /** Whether somebody has stopped the platform, or a part of it. */
    public static Answer ofSafety(KafkaConnection kafka) {
        Map<SafetyFlag, Switch> switches = Switches.read(kafka);
        String on = switches.entrySet().stream()
                .filter(each -> each.getValue().isOn())
                .map(each -> each.getKey().shortName() + " is on"
                        + (each.getValue().by() == null
                                ? ""
                                : ", by " + each.getValue().by()))
                .collect(Collectors.joining("; "));
        return on.isEmpty() ? Answer.go("safety", "nothing is stopped") : Answer.noGo("safety", on);
    }

    /**
     * Whether consumer groups keep up, have budgets left, and no alert of theirs is open.
     *
     * @param groups of which it is asked; empty for all
     */
    public static List<Answer> ofGroups(KafkaConnection kafka, List<String> groups, Instant now) {
        boolean isTold = kafka.topics().contains(Topics.SLO_STATUS);
        return ofGroups(isTold ? Statuses.read(kafka) : List.of(), groups, now);
    }

    static List<Answer> ofGroups(List<SloStatus> all, List<String> groups, Instant now) {
        List<SloStatus> statuses = all.stream()
                .filter(status -> groups.isEmpty() || groups.contains(status.group()))
                .toList();
        for (String group : groups) {
            if (all.stream().noneMatch(status -> status.group().equals(group))) {
                return unknown("nothing is known of group " + group);
            }
        }
        Instant last = all.stream()
                .map(status -> status.envelope().occurredAt())
                .max(Comparator.naturalOrder())
                .orElse(null);
        if (last == null) {
            return unknown("the job slo has told nothing; does it run? ./millrace jobs");
        }
        if (Duration.between(last, now).compareTo(SILENCE) > 0) {
            return unknown("the job slo has told nothing for " + Figures.time(Duration.between(last, now))
                    + "; does it run? ./millrace jobs");
        }
        return List.of(
                lag(statuses),
                objectives(
                        "budgets", "nothing is left of ", statuses, (status, objective) -> objective.budgetLeft() <= 0),
                objectives("alerts", "an alert is open of ", statuses, (status, objective) -> !objective
                        .alerts()
                        .isEmpty()));
    }

    private static List<Answer> unknown(String detail) {
        return GROUPS.stream().map(check -> Answer.unknown(check, detail)).toList();
    }

    private static Answer lag(List<SloStatus> statuses) {
        List<String> behind = statuses.stream()
                .filter(status -> status.verdict().compareTo(Verdict.WARNING) > 0)
                .map(status -> status.group() + " is " + EventType.wireName(status.verdict()) + " in " + status.topic())
                .toList();
        return behind.isEmpty()
                ? Answer.go("lag", "all of " + Figures.count(groups(statuses), "consumer group") + " read on")
                : Answer.noGo("lag", few(behind));
    }

    private static long groups(List<SloStatus> statuses) {
        return statuses.stream().map(SloStatus::group).distinct().count();
    }

    private static Answer objectives(
            String check, String problem, List<SloStatus> statuses, BiPredicate<SloStatus, Objective> isBad) {
        List<String> bad = new ArrayList<>();
        for (SloStatus status : statuses) {
            for (Objective objective : status.objectives()) {
                if (isBad.test(status, objective)) {
                    bad.add(objective.objective() + " (" + status.group() + " in " + status.topic() + ")");
                }
            }
        }
        long objectives = statuses.stream()
                .flatMap(status -> status.objectives().stream())
                .map(Objective::objective)
                .distinct()
                .count();
        return bad.isEmpty()
                ? Answer.go(check, "all right by " + Figures.count(objectives, "objective"))
                : Answer.noGo(check, problem + few(bad));
    }

    private static String few(List<String> all) {
        String first = all.stream().limit(NAMED).collect(Collectors.joining(", "));
        return all.size() > NAMED ? first + " and " + (all.size() - NAMED) + " more" : first;
    }

    /** Whether alerts fire that Prometheus knows of. */
    public static Answer ofPrometheus(URI prometheus) throws InterruptedException {
        try {
            List<String> firing = new PrometheusClient(prometheus)
                    .query("count by (alertname) (ALERTS{alertstate=\"firing\"})").stream()
                            .map(sample -> sample.labels().replace("alertname=", ""))
                            .sorted()
                            .toList();
            return firing.isEmpty()
                    ? Answer.go("firing", "no alert at " + prometheus)
                    : Answer.noGo("firing", few(firing));
        } catch (PrometheusException e) {
            return Answer.unknown("firing", e.getMessage());
        }
    }
}
