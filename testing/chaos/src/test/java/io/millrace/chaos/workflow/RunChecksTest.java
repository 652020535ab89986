package io.millrace.chaos.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.auditor.OffenceKind;
import io.millrace.chaos.workload.Report;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.workflow.RunStarted;
import io.millrace.schema.workflow.WorkflowControl;
import io.millrace.schema.workflow.WorkflowDefined;
import io.millrace.schema.workflow.WorkflowStart;
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

/** A run that waits for a signal and is cancelled, and what the judge says when something of it is not as it should be. */
class RunChecksTest {
    private static final long START = 1_796_000_000_000L;
    private static final long END = START + 60_000;
    private static final String RUN = "e1-r0";
    private static final String SHAPE = "listening";
    private static final String DIGEST = WorkflowDefined.digestOf(Shapes.text(SHAPE));

    private final Map<String, List<ConsumerRecord<byte[], byte[]>>> topics = new HashMap<>();
    private final WorkflowControl cancel =
            new WorkflowControl(envelope("workflow.control"), RUN, WorkflowControl.Action.CANCEL, "ada", null, null);

    @BeforeEach
    void aRun() {
        WorkflowStart start =
                new WorkflowStart(envelope("workflow.start"), RUN, SHAPE, "1.0.0", "{\"n\":1}", Map.of(), null);
        RunStarted started = new RunStarted(
                envelope("run.started"), RUN, SHAPE, "1.0.0", DIGEST, "{\"n\":1}", Map.of(), List.of(), null, null);
        log(Topics.WORKFLOW_COMMANDS, START, start.toJson());
        log(Topics.WORKFLOW_INBOX, START + 5, started.toJson());
    }

    private void cancelled() {
        log(Topics.WORKFLOW_COMMANDS, START + 900, cancel.toJson());
        log(Topics.WORKFLOW_INBOX, START + 905, cancel.toJson());
    }

    /** What the job would have written. */
    private void told(long until) {
        RunReplay.of(of(Topics.WORKFLOW_INBOX), Shapes.programs(), until)
                .forEach((key, told) ->
                        log(key.topic(), told.at() + 10, told.text().getBytes(StandardCharsets.UTF_8)));
    }

    private static Envelope envelope(String type) {
        return new Envelope(UUID.randomUUID(), type, Instant.ofEpochMilli(START), "e1", null, null);
    }

    private List<ConsumerRecord<byte[], byte[]>> of(String topic) {
        return topics.computeIfAbsent(topic, name -> new ArrayList<>());
    }

    private void log(String topic, long time, byte[] value) {
        of(topic)
                .add(new ConsumerRecord<>(
                        topic,
                        0,
                        of(topic).size(),
                        time,
                        TimestampType.LOG_APPEND_TIME,
                        RUN.length(),
                        value.length,
                        RUN.getBytes(StandardCharsets.UTF_8),
                        value,
                        new RecordHeaders(),
                        Optional.empty()));
    }

    private Report judge(long until) {
        return new RunChecks(this::of, "e1").report(until, until);
    }

    @Test
    void whatFollowsFromTheLogIsClean() {
        cancelled();
        told(END);

        Report report = judge(END);

        assertThat(report.offences()).as(report.text()).isEmpty();
        assertThat(report.counts()).containsEntry("runs", 1L).containsEntry("inputs", 2L);
    }

    @Test
    void whateverIsMissingIsLost() {
        cancelled();
        told(END);
        for (String topic : List.of(Topics.WORKFLOW_EVENTS, Topics.WORKFLOW_RUNS)) {
            List<ConsumerRecord<byte[], byte[]>> records = of(topic);
            for (int i = 0; i < records.size(); i++) {
                ConsumerRecord<byte[], byte[]> removed = records.remove(i);

                assertThat(judge(END).offences()).containsKey(OffenceKind.LOST);
                records.add(i, removed);
            }
        }
        assertThat(judge(END).isClean()).isTrue();
    }

    @Test
    void whatSaysSomethingElseOrDoesNotFollowIsWrong() {
        cancelled();
        told(END);
        String event = new String(of(Topics.WORKFLOW_EVENTS).get(0).value(), StandardCharsets.UTF_8);
        log(
                Topics.WORKFLOW_EVENTS,
                END,
                event.replace("run_started", "run_resumed").getBytes(StandardCharsets.UTF_8));
        log(
                Topics.WORKFLOW_RUNS,
                END,
                event.replaceFirst("\"event_id\":\"[^\"]*", "\"event_id\":\"" + UUID.randomUUID())
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(judge(END).offences()).containsEntry(OffenceKind.WRONG, 2L);
    }

    @Test
    void whatComesBeforeItWasDecidedIsEarly() {
        cancelled();
        told(END);
        byte[] last = of(Topics.WORKFLOW_EVENTS)
                .remove(of(Topics.WORKFLOW_EVENTS).size() - 1)
                .value();
        log(Topics.WORKFLOW_EVENTS, START + 100, last);

        assertThat(judge(END).offences()).containsOnlyKeys(OffenceKind.EARLY);
    }

    @Test
    void whatComesAgainIsCountedAndNoOffence() {
        cancelled();
        told(END);
        log(Topics.WORKFLOW_EVENTS, END, of(Topics.WORKFLOW_EVENTS).get(0).value());

        assertThat(judge(END).isClean()).isTrue();
        assertThat(judge(END).redelivered()).isEqualTo(1);
    }

    @Test
    void aCommandThatIsNotInTheInboxIsLost() {
        log(Topics.WORKFLOW_COMMANDS, START + 900, cancel.toJson());
        told(START + 1_000);

        assertThat(judge(START + 1_000).text()).contains("LOST not in the inbox");
    }

    @Test
    void aRunThatDoesNotEndIsLost() {
        told(START + 1_000);

        assertThat(judge(START + 1_000).text()).contains("LOST e1/" + RUN + " did not end");
    }

    @Test
    void aBadRecordHasADeadLetter() {
        cancelled();
        told(END);
        log(Topics.WORKFLOW_COMMANDS, END, "{\0x".getBytes(StandardCharsets.UTF_8));

        assertThat(judge(END).offences()).containsOnlyKeys(OffenceKind.DLQ);
    }
}
