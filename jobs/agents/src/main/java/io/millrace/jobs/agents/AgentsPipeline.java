package io.millrace.jobs.agents;

import io.millrace.connectors.agents.AgentTransports;
import io.millrace.jobs.agents.trace.TraceResults;
import io.millrace.jobs.runtime.JobPipeline;
import io.millrace.operators.agent.AgentGates;
import io.millrace.operators.agent.AgentMessage;
import io.millrace.operators.agent.AgentMessageCodec;
import io.millrace.operators.agent.AgentSources;
import io.millrace.operators.agent.CallOperator;
import io.millrace.operators.agent.CallOutputs;
import io.millrace.operators.agent.GateOperator;
import io.millrace.operators.agent.Gates;
import io.millrace.operators.agent.ReadAgentRegistry;
import io.millrace.operators.agent.RedirectResults;
import io.millrace.operators.agent.RouteAgentCalls;
import io.millrace.operators.agent.TenantGates;
import io.millrace.operators.agent.TopicDirectory;
import io.millrace.operators.codec.CodecTypeInfo;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentAttemptCodec;
import io.millrace.schema.wire.AddressedRecord;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.SourceRecord;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The graph of the agents job. A call goes to its owner, which makes attempts; an attempt passes the gates of its
 * tenant and of its agent and is made; its outcome goes through a topic back to all three, so that each learns it once,
 * in the order of the log.
 */
final class AgentsPipeline {
    private static final TypeInformation<AgentMessage> MESSAGE = CodecTypeInfo.by(AgentMessageCodec.class);
    private static final TypeInformation<AgentAttempt> ATTEMPT = CodecTypeInfo.by(AgentAttemptCodec.class);

    /** Each attempt has its own. */
    private static final long NO_TIMEOUT = 0;

    /** Flink's own bound, at which it would stop to take anything, is never reached: see {@link AttemptRoom}. */
    private static final int QUEUE_TIMES_CAPACITY = 2;

    private final JobPipeline job;
    private final AgentsConfig config;
    private final TopicDirectory topics;
    private final AgentSources sources;

    private AgentsPipeline(JobPipeline job) {
        this.job = job;
        this.config = AgentsConfig.of(job.settings(), job.topic(AgentsJob.CALLS), job.topics());
        this.topics = new KafkaTopicDirectory(job.kafka().adminProperties());
        this.sources = AgentSources.of(AgentTransports.KINDS, job.topic(AgentsJob.FLAGS));
    }

    static void build(JobPipeline job) {
        new AgentsPipeline(job).build();
    }

    private void build() {
        DataStream<SourceRecord> registry = registry();
        DataStream<SourceRecord> flags = job.read(AgentsJob.FLAGS).broadcast();
        DataStream<SourceRecord> definitions = registry.union(flags);
        SingleOutputStreamOperator<AgentMessage> calls = calls(definitions);
        SingleOutputStreamOperator<AgentMessage> outcomes =
                job.read(AgentsJob.OUTCOMES, AgentMessage::readOutcome, MESSAGE);

        SingleOutputStreamOperator<AgentMessage> attempts = calls.union(outcomes)
                .keyBy(AgentMessage::owner, Types.STRING)
                .connect(definitions)
                .transform(
                        "calls",
                        MESSAGE,
                        new CallOperator(config.callSettings(), config.costs().prices(), config.approvalKey(), sources))
                .uid(AgentsUids.CALLS);
        results(attempts.getSideOutput(CallOutputs.RESULTS));
        job.write(attempts.getSideOutput(CallOutputs.SIGNALS), AgentsJob.SIGNALS);

        SingleOutputStreamOperator<AgentMessage> affordable = attempts.union(outcomes)
                .keyBy(AgentMessage::tenant, Types.STRING)
                .connect(flags)
                .transform("tenant-gates", MESSAGE, gate(tenantGates()))
                .uid(AgentsUids.TENANT_GATES);
        SingleOutputStreamOperator<AgentMessage> admitted = affordable
                .union(outcomes)
                .keyBy(AgentMessage::agent, Types.STRING)
                .connect(flags)
                .transform("agent-gates", MESSAGE, gate(new AgentGates(config.gates())))
                .uid(AgentsUids.AGENT_GATES);

        DataStream<OutboundRecord> made = make(admitted);
        job.write(
                made.union(
                        affordable.getSideOutput(GateOperator.OUTCOMES), admitted.getSideOutput(GateOperator.OUTCOMES)),
                AgentsJob.OUTCOMES_OUT);
    }

    private void results(DataStream<AddressedRecord> answers) {
        DataStream<AddressedRecord> results = answers.map(new RedirectResults(job.topic(AgentsJob.RESULTS), topics))
                .name("redirect-results")
                .uid(AgentsUids.REDIRECT);
        if (config.tracing().isOn()) {
            results = results.map(new TraceResults(config.tracing()))
                    .name("trace-results")
                    .uid(AgentsUids.TRACE_RESULTS);
        }
        job.writeAddressed(results, AgentsJob.RESULTS);
    }

    /** What of the registry can be followed, to every task. */
    private DataStream<SourceRecord> registry() {
        SingleOutputStreamOperator<SourceRecord> accepted = job.read(AgentsJob.REGISTRY)
                .setParallelism(1)
                .process(new ReadAgentRegistry(
                        AgentTransports.KINDS,
                        AgentTransports::problem,
                        config.costs().prices()))
                .returns(TypeInformation.of(SourceRecord.class))
                .setParallelism(1)
                .name("read-agent-registry")
                .uid(AgentsUids.READ_REGISTRY);
        job.rejectedBy(accepted, AgentsJob.REGISTRY);
        return accepted.broadcast();
    }

    /** @param definitions the registry, and flags */
    private SingleOutputStreamOperator<AgentMessage> calls(DataStream<SourceRecord> definitions) {
        DataStream<SourceRecord> records = job.read(AgentsJob.CALLS);
        for (Map.Entry<String, String> ofTenant : config.tenants().bound().entrySet()) {
            records = records.union(job.read(ofTenant.getValue(), AgentsUids.callsSource(ofTenant.getKey())));
        }
        SingleOutputStreamOperator<AgentMessage> calls = records.connect(definitions)
                .process(
                        new RouteAgentCalls(
                                config.tenants(),
                                job.topic(AgentsJob.RESULTS),
                                config.replyTopicPrefixes(),
                                topics,
                                sources),
                        MESSAGE)
                .name("route-agent-calls")
                .uid(AgentsUids.ROUTE);
        job.rejectedBy(calls, AgentsJob.CALLS);
        return calls;
    }

    private DataStream<OutboundRecord> make(DataStream<AgentMessage> admitted) {
        DataStream<AgentAttempt> attempts = admitted.map(AgentMessage::attempt, ATTEMPT)
                .name("attempts")
                .uid(AgentsUids.ATTEMPTS)
                // Behind a watermark the outcomes would wait for every attempt that was begun before it.
                .assignTimestampsAndWatermarks(WatermarkStrategy.noWatermarks())
                .name("without-watermarks")
                .uid(AgentsUids.WITHOUT_WATERMARKS);
        return AsyncDataStream.unorderedWait(
                        attempts,
                        new AttemptFunction(
                                config.transports(),
                                config.costs().prices(),
                                config.tracing(),
                                config.capacity(),
                                config.gates().lines()),
                        NO_TIMEOUT,
                        TimeUnit.MILLISECONDS,
                        QUEUE_TIMES_CAPACITY * config.capacity())
                .returns(TypeInformation.of(OutboundRecord.class))
                .name("agents")
                .uid(AgentsUids.AGENTS);
    }

    private Gates tenantGates() {
        return new TenantGates(
                config.gates(), config.costs().others(), config.costs().budgets());
    }

    private static GateOperator gate(Gates gates) {
        return new GateOperator(gates);
    }
}
