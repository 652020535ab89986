package io.millrace.local.workflow;

import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.topic.SourceRecords;
import io.millrace.logic.decision.Decision;
import io.millrace.logic.workflow.RunCommand;
import io.millrace.logic.workflow.RunDecider;
import io.millrace.logic.workflow.RunLimits;
import io.millrace.logic.workflow.RunState;
import io.millrace.logic.workflow.bind.Binding;
import io.millrace.logic.workflow.bind.DefinitionBook;
import io.millrace.logic.workflow.bind.DefinitionReader;
import io.millrace.logic.workflow.bind.KnownDefinition;
import io.millrace.logic.workflow.bind.VersionChoice;
import io.millrace.logic.workflow.program.Program;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.agent.Usage;
import io.millrace.schema.wire.DeadLetters;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.workflow.AgentAnswered;
import io.millrace.schema.workflow.ApprovalDecided;
import io.millrace.schema.workflow.WorkflowCommand;
import io.millrace.schema.workflow.WorkflowDefined;
import io.millrace.schema.workflow.WorkflowInput;
import io.millrace.schema.workflow.WorkflowStart;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** The workflows job without Flink, and agents that answer with their inputs: the same rules, on the same topics. */
final class StandInRuns implements AutoCloseable {
    private static final long COST_MICROS = 160;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Thread thread = new Thread(this::run, "stand-in-runs");
    private final DefinitionBook book = new DefinitionBook();
    private final Map<String, Program> programs = new HashMap<>();
    private final RunDecider decider = new RunDecider((tenant, digest) -> programs.get(digest), RunLimits.DEFAULT);
    private final Map<String, RunState> runs = new HashMap<>();
    private volatile boolean stopped;

    StandInRuns(KafkaConnection kafka) {
        consumer = kafka.consumer(null);
        producer = kafka.producer();
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : List.of(Topics.WORKFLOW_DEFINITIONS, Topics.WORKFLOW_COMMANDS, Topics.APPROVAL_DECISIONS)) {
            partitions.addAll(kafka.partitions(topic));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread.start();
    }

    private void run() {
        while (!stopped) {
            consumer.poll(Duration.ofMillis(50)).forEach(record -> take(SourceRecords.of(record)));
        }
    }

    private void take(SourceRecord source) {
        try {
            switch (source.topic()) {
                case Topics.WORKFLOW_DEFINITIONS -> define(WorkflowDefined.read(source));
                case Topics.WORKFLOW_COMMANDS -> command(WorkflowCommand.read(source), source.timestamp());
                default -> decide(ApprovalDecided.read(source), source.timestamp());
            }
        } catch (RejectedEventException e) {
            OutboundRecord letter = DeadLetters.of(source, e.code(), e.getMessage());
            ProducerRecord<byte[], byte[]> record =
                    new ProducerRecord<>(source.topic() + Topics.DEAD_LETTER_SUFFIX, letter.key(), letter.value());
            letter.headers().forEach(header -> record.headers().add(header.key(), header.value()));
            producer.send(record);
        }
    }

    private void define(WorkflowDefined defined) throws RejectedEventException {
        Program program = DefinitionReader.read(defined);
        book.put(new KnownDefinition(
                defined.envelope().tenant(),
                defined.workflow(),
                defined.version(),
                defined.digest(),
                List.copyOf(program.agents()),
                defined.text().length()));
        programs.put(defined.digest(), program);
    }

    private void command(WorkflowCommand command, long time) {
        if (command instanceof WorkflowStart start) {
            KnownDefinition definition = book.find(start.envelope().tenant(), start.workflow(), start.version());
            decide(
                    definition == null
                            ? Binding.refuse(start, Binding.named(start) + ": there is no definition of it", time)
                            : Binding.start(start, new VersionChoice(definition, null), agent -> null, time),
                    time);
        } else {
            decide((WorkflowInput) command, time);
        }
    }

    private void decide(WorkflowInput input, long time) {
        String key = input.envelope().tenant() + '/' + input.runId();
        Decision<RunState, ?, RunCommand> decision = decider.decide(key, runs.get(key), input, time);
        runs.put(key, decision.state());
        decision.commands().forEach(command -> carryOut(command, time));
    }

    private void carryOut(RunCommand command, long time) {
        if (command instanceof RunCommand.Tell tell) {
            send(Topics.WORKFLOW_EVENTS, tell.event().runId(), tell.event().toJson());
        } else if (command instanceof RunCommand.Show show) {
            send(Topics.WORKFLOW_RUNS, show.view().key(), show.view().toJson());
        } else if (command instanceof RunCommand.Ask ask) {
            send(Topics.APPROVAL_REQUESTS, ask.request().runId(), ask.request().toJson());
        } else if (command instanceof RunCommand.Call call) {
            decide(answer(call, time), time);
        }
    }

    private static AgentAnswered answer(RunCommand.Call call, long time) {
        return new AgentAnswered(
                call.runId(),
                new AgentResult(
                        UUID.randomUUID(),
                        time,
                        call.tenant(),
                        call.callKey(),
                        call.agent(),
                        call.agent(),
                        AgentResult.Status.OK,
                        call.input(),
                        null,
                        Usage.NONE,
                        COST_MICROS,
                        1,
                        false,
                        0,
                        0,
                        0,
                        null,
                        null));
    }

    private void send(String topic, String key, byte[] value) {
        producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value));
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        thread.join();
        consumer.close();
        producer.close();
    }
}
