package io.millrace.chaos.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.auditor.OffenceKind;
import io.millrace.chaos.workload.Report;
import io.millrace.logic.rollout.FlagDocument;
import io.millrace.logic.rollout.FlagSeen;
import io.millrace.logic.rollout.WantedFlag;
import io.millrace.schema.rollout.HealthCounted;
import io.millrace.schema.rollout.HealthSignal;
import io.millrace.schema.rollout.RolloutCommand;
import io.millrace.schema.rollout.RolloutDefined;
import io.millrace.schema.rollout.RolloutDefined.Step;
import io.millrace.schema.rollout.RolloutDefined.Strategy;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import io.millrace.testing.jobs.ReplayAudit;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A roll-out that goes to 10 in 100 and is rolled back, and what the judge says when something of it is not as it should be. */
class RolloutChecksTest {
    private static final long START = 1_796_000_000_000L;
    private static final long END = START + 60_000;
    private static final String FLAG = "e1-f0-by_time";
    private static final String NAME = FLAG + "-v2";
    private static final String SIMPLE =
            """
            {"state":"ENABLED","variants":{"new":true,"old":false},"defaultVariant":"old"}""";

    private final Map<String, List<ConsumerRecord<byte[], byte[]>>> topics = new HashMap<>();

    @BeforeEach
    void aRollOut() throws RejectedEventException {
        RolloutDefined defined = new RolloutDefined(
                envelope("rollout.defined"),
                NAME,
                null,
                FLAG,
                "new",
                "old",
                Strategy.PROGRESSIVE,
                null,
                null,
                List.of(new Step(10, 3_600, false), new Step(100, 0, false)),
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null);
        written(START, SIMPLE);
        log(Topics.ROLLOUT_DEFINITIONS, START, NAME, defined.toJson());
        log(Topics.ROLLOUT_INBOX, START + 5, FLAG, defined.toJson());
        command(START + 100, RolloutCommand.Action.START);
        written(START + 200, wanted(1));
        command(START + 900, RolloutCommand.Action.ROLL_BACK);
        written(START + 1_000, wanted(2));
        signal(START + 1_000);
    }

    private static Envelope envelope(String type) {
        return new Envelope(UUID.randomUUID(), type, Instant.ofEpochMilli(START), Envelope.DEFAULT_TENANT, null, null);
    }

    /** The flag stands in its log, and its roll-out sees it. */
    private void written(long time, String definition) throws RejectedEventException {
        log(Topics.FLAGS, time, FLAG, definition.getBytes(StandardCharsets.UTF_8));
        List<ConsumerRecord<byte[], byte[]>> flags = of(Topics.FLAGS);
        SourceRecord last = ReplayAudit.source(flags.get(flags.size() - 1));
        log(Topics.ROLLOUT_INBOX, time + 5, FLAG, FlagSeen.read(last).observed().toJson());
    }

    private String wanted(long revision) throws RejectedEventException {
        WantedFlag wanted =
                RolloutReplay.of(of(Topics.ROLLOUT_INBOX), END).wanted.get(FLAG).get(revision);
        return FlagDocument.read(SIMPLE).with(wanted);
    }

    private void command(long time, RolloutCommand.Action action) {
        RolloutCommand command =
                new RolloutCommand(envelope("rollout.command"), NAME, action, "ann", "as agreed", FLAG);
        log(Topics.ROLLOUT_COMMANDS, time, NAME, command.toJson());
        log(Topics.ROLLOUT_INBOX, time + 5, FLAG, command.toJson());
    }

    private void signal(long time) {
        HealthSignal signal = new HealthSignal(
                envelope("health.signal"), FLAG, "new", "service", 25L, 0, null, List.of(), Map.of(), null);
        log(Topics.HEALTH_SIGNALS, time, FLAG, signal.toJson());
    }

    private static HealthCounted counted(long requests) {
        return new HealthCounted(
                envelope("health.counted"),
                FLAG,
                "service",
                Instant.ofEpochMilli(START + 1_000),
                1_000,
                List.of(new HealthCounted.Variant("new", requests, 0, List.of(), Map.of(), 0, 0, 0, 0)),
                0);
    }

    /** What the job would have written. */
    private void told() {
        log(Topics.ROLLOUT_INBOX, START + 3_000, FLAG, counted(25).toJson());
        RolloutReplay replay = RolloutReplay.of(of(Topics.ROLLOUT_INBOX), END);
        replay.events.values().forEach(told -> log(Topics.ROLLOUT_EVENTS, told.at() + 10, FLAG, bytes(told.text())));
        replay.statuses.get(FLAG).forEach(told -> log(Topics.ROLLOUT_STATUS, told.at() + 10, FLAG, bytes(told.text())));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<ConsumerRecord<byte[], byte[]>> of(String topic) {
        return topics.computeIfAbsent(topic, name -> new ArrayList<>());
    }

    private void log(String topic, long time, String key, byte[] value) {
        of(topic)
                .add(new ConsumerRecord<>(
                        topic,
                        0,
                        of(topic).size(),
                        time,
                        TimestampType.LOG_APPEND_TIME,
                        key.length(),
                        value.length,
                        bytes(key),
                        value,
                        new RecordHeaders(),
                        Optional.empty()));
    }

    private ConsumerRecord<byte[], byte[]> takeAway(String topic, String part) {
        List<ConsumerRecord<byte[], byte[]>> all = of(topic);
        for (int i = 0; i < all.size(); i++) {
            if (new String(all.get(i).value(), StandardCharsets.UTF_8).contains(part)) {
                return all.remove(i);
            }
        }
        throw new AssertionError("nothing of " + topic + " has " + part);
    }

    private Report report() {
        return new RolloutChecks(this::of, "e1-").report(END, END);
    }

    @Test
    void whatFollowsFromTheLogIsClean() {
        told();

        assertThat(report().text()).endsWith("; {}\n");
        assertThat(report().counts()).containsEntry("flags", 1L).containsEntry("changes", 2L);
    }

    @Test
    void theSameAgainIsNoOffence() {
        told();
        ConsumerRecord<byte[], byte[]> last = of(Topics.ROLLOUT_EVENTS).get(2);
        log(Topics.ROLLOUT_EVENTS, START + 5_000, FLAG, last.value());

        assertThat(report().isClean()).isTrue();
        assertThat(report().redelivered()).isEqualTo(1);
    }

    @Test
    void anEventThatIsNotToldIsLost() {
        told();
        takeAway(Topics.ROLLOUT_EVENTS, "\"stepped\"");

        assertThat(report().offences()).containsKeys(OffenceKind.LOST, OffenceKind.ORDER);
    }

    @Test
    void twoThatDecideAreFound() {
        told();
        ConsumerRecord<byte[], byte[]> stepped = takeAway(Topics.ROLLOUT_EVENTS, "\"stepped\"");
        log(Topics.ROLLOUT_EVENTS, stepped.timestamp(), FLAG, stepped.value());
        String other = Records.json(stepped.value()).toString().replace("\"event_id\":\"", "\"event_id\":\"x");
        log(Topics.ROLLOUT_EVENTS, stepped.timestamp(), FLAG, bytes(other));

        assertThat(report().offences()).containsKeys(OffenceKind.TWICE, OffenceKind.WRONG);
    }

    @Test
    void anOlderRevisionAfterANewerOneIsFound() throws RejectedEventException {
        written(START + 2_000, wanted(1));
        told();

        assertThat(report().offences()).containsOnlyKeys(OffenceKind.ORDER);
    }

    @Test
    void aPercentageThatNobodyWantedIsFound() throws RejectedEventException {
        written(START + 2_000, wanted(2).replace("[\"new\",0]", "[\"new\",70]"));
        told();

        assertThat(report().offences()).containsOnlyKeys(OffenceKind.WRONG);
    }

    @Test
    void whatOthersPublishIsTheirs() throws RejectedEventException {
        written(START + 2_000, SIMPLE);
        told();
        assertThat(report().isClean()).isTrue();

        log(Topics.FLAGS, START + 5_000, FLAG, bytes(SIMPLE));
        assertThat(report().offences()).as("not observed").containsOnlyKeys(OffenceKind.LOST);
    }

    @Test
    void aFlagThatIsNotWrittenIsLost() {
        List<ConsumerRecord<byte[], byte[]>> inbox = of(Topics.ROLLOUT_INBOX);
        inbox.remove(inbox.size() - 1);
        List<ConsumerRecord<byte[], byte[]>> flags = of(Topics.FLAGS);
        flags.remove(flags.size() - 1);
        told();

        assertThat(report().offences()).containsOnlyKeys(OffenceKind.LOST);
    }

    @Test
    void aStatusThatIsNotTheLastIsFound() {
        told();
        List<ConsumerRecord<byte[], byte[]>> all = of(Topics.ROLLOUT_STATUS);
        log(Topics.ROLLOUT_STATUS, START + 5_000, FLAG, all.get(0).value());

        assertThat(report().offences()).containsOnlyKeys(OffenceKind.LOST);
    }

    @Test
    void aCommandThatCameToNobodyIsLost() {
        told();
        RolloutCommand lost =
                new RolloutCommand(envelope("rollout.command"), NAME, RolloutCommand.Action.PAUSE, "ann", null, null);
        log(Topics.ROLLOUT_COMMANDS, START + 2_000, NAME, lost.toJson());

        assertThat(report().offences()).containsOnlyKeys(OffenceKind.LOST);
    }

    @Test
    void signalsCountOnce() {
        told();
        signal(START + 2_000);
        assertThat(report().offences()).as("one is lost").containsOnlyKeys(OffenceKind.LOST);

        log(Topics.ROLLOUT_INBOX, START + 5_000, FLAG, counted(50).toJson());
        assertThat(report().offences()).as("one is counted twice").containsOnlyKeys(OffenceKind.TWICE);
    }

    @Test
    void rubbishNeedsItsDeadLetter() {
        told();
        log(Topics.ROLLOUT_COMMANDS, START + 2_000, NAME, bytes("{"));

        assertThat(report().offences()).containsOnlyKeys(OffenceKind.DLQ);
    }
}
