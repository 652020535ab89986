package io.millrace.chaos.conversation;

import io.millrace.chaos.workload.Act;
import io.millrace.chaos.workload.JudgedAct;
import io.millrace.chaos.workload.LogJudge;
import io.millrace.chaos.workload.Publication;
import io.millrace.chaos.workload.Report;
import io.millrace.chaos.workload.Workload;
import io.millrace.logic.conversation.BusinessHours;
import io.millrace.logic.conversation.ConversationSettings;
import io.millrace.operations.kafka.TopicSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

/** Conversations: what customers and the desk do, and who ends the runs of turns. A tenant for each episode. */
public final class ConversationWorkload implements Workload {
    /** As {@link #arguments} says. What is told after a silence is told before the judge has done. */
    static final ConversationSettings SETTINGS = new ConversationSettings(
            "customer-turn",
            Duration.ofMillis(300),
            Duration.ofMillis(1_500),
            Duration.ofSeconds(4),
            2,
            5,
            2_000_000,
            BusinessHours.parse("always", ZoneOffset.UTC),
            Duration.ofSeconds(3),
            Duration.ofSeconds(3),
            Duration.ofSeconds(6),
            Duration.ofDays(30),
            "");

    private final Path tokenKey;
    private final Path masterKey;
    private Answerers answerers;

    private ConversationWorkload(Path tokenKey, Path masterKey) {
        this.tokenKey = tokenKey;
        this.masterKey = masterKey;
    }

    /** @param directory where the files with the keys of the vault are made */
    public static ConversationWorkload in(Path directory) {
        try {
            return new ConversationWorkload(
                    Files.writeString(directory.resolve("token.key"), "0123456789abcdef".repeat(2)),
                    Files.writeString(directory.resolve("vault.key"), "ab".repeat(32) + "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<TopicSpec> topics(int partitions) {
        return TalkTopics.of(partitions);
    }

    @Override
    public List<String> arguments() {
        return List.of(
                "--quiet-time",
                millis(SETTINGS.quiet()),
                "--patience",
                millis(SETTINGS.patience()),
                "--turn-timeout",
                millis(SETTINGS.turnTimeout()),
                "--turn-attempts",
                Integer.toString(SETTINGS.turnAttempts()),
                "--max-turns",
                Integer.toString(SETTINGS.maxTurns()),
                "--business-hours",
                "always",
                "--person-within",
                millis(SETTINGS.personWithin()),
                "--remind-after",
                millis(SETTINGS.remindAfter()),
                "--close-after",
                millis(SETTINGS.closeAfter()),
                "--vault.hmac-key-file",
                tokenKey.toString(),
                "--vault.master-key-file",
                masterKey.toString());
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + " ms";
    }

    @Override
    public Act act(String bootstrapServers, int number, long seed) {
        String tenant = "e" + number;
        List<Publication> plan = TalkPlan.of(seed, tenant);
        if (answerers == null) {
            answerers = new Answerers(bootstrapServers, topics(PARTITIONS));
        }
        LogJudge judge = judge(bootstrapServers, tenant);
        return JudgedAct.beside(answerers, plan, judge);
    }

    /** @param tenant whose conversations are judged; null for all */
    private LogJudge judge(String bootstrapServers, String tenant) {
        return new LogJudge(
                bootstrapServers,
                topics(PARTITIONS),
                TalkTopics.OUTPUTS,
                TalkTopics.INPUTS,
                (topics, until, now) -> new TalkChecks(topics, tenant).report(until, now));
    }

    @Override
    public Report whole(String bootstrapServers, Duration longestOutage) {
        try (LogJudge judge = judge(bootstrapServers, null)) {
            return judge.judge();
        }
    }

    @Override
    public void close() {
        if (answerers != null) {
            answerers.close();
        }
    }
}
