package io.millrace.operators.agent;

import io.millrace.logic.agent.CallRouter;
import io.millrace.logic.agent.VersionChoice;
import io.millrace.operators.deadletter.EventReader;
import io.millrace.operators.deadletter.Rejections;
import io.millrace.operators.flag.FlagsState;
import io.millrace.schema.agent.AgentCall;
import io.millrace.schema.agent.AgentCallReader;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.LogTime;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.CoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Reads calls and finds their owners, by the registry, which is the second input together with flags, which say what
 * version of an agent is asked; what can't be called goes to {@link Rejections#DEAD_LETTERS}.
 */
public final class RouteAgentCalls extends CoProcessFunction<SourceRecord, SourceRecord, AgentMessage>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    private final TenantTopics calls;
    private final String defaultReplyTopic;
    private final ArrayList<String> replyTopicPrefixes;
    private final TopicDirectory topics;
    private final TreeSet<String> transports;
    private final VersionReader versions;
    private final String flagsTopic;

    private transient RegistryState registry;
    private transient FlagsState flags;
    private transient CallRouter router;
    private transient VersionChoice choice;
    private transient Rejections rejections;

    /**
     * @param calls says which tenant's calls come on which topic
     * @param replyTopicPrefixes calls may name topics that begin with one of them, besides the default
     * @param topics knows which of them there are
     * @param transports the kinds of transport that the job has
     * @param flagsTopic where a record of the second input is a flag, not one of the registry
     */
    public RouteAgentCalls(
            TenantTopics calls,
            String defaultReplyTopic,
            List<String> replyTopicPrefixes,
            TopicDirectory topics,
            Set<String> transports,
            VersionReader versions,
            String flagsTopic) {
        this.calls = calls;
        this.defaultReplyTopic = defaultReplyTopic;
        this.replyTopicPrefixes = new ArrayList<>(replyTopicPrefixes);
        this.topics = topics;
        this.transports = new TreeSet<>(transports);
        this.versions = versions;
        this.flagsTopic = flagsTopic;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        registry = new RegistryState(context.getOperatorStateStore(), transports);
        flags = new FlagsState(
                context.getOperatorStateStore(), flag -> !flag.texts().isEmpty());
    }

    @Override
    public void open(OpenContext context) throws Exception {
        router = new CallRouter(defaultReplyTopic, replyTopicPrefixes);
        choice = new VersionChoice(versions);
        rejections = new Rejections(getRuntimeContext().getMetricGroup());
        topics.open();
    }

    @Override
    public void processElement1(SourceRecord source, Context context, Collector<AgentMessage> out) {
        AgentMessage call;
        try {
            AgentCall read = EventReader.read(AgentCallReader::read, source);
            calls.require(source.topic(), read.tenant());
            Instant now = Instant.ofEpochMilli(context.timerService().currentProcessingTime());
            AgentCall chosen = choice.of(read, registry.registry(), flags::find, now);
            call = AgentMessage.of(router.route(chosen, registry.registry(), source.timestamp()));
            requireTopic(call.call().replyTo());
        } catch (RejectedEventException e) {
            context.output(Rejections.DEAD_LETTERS, rejections.reject(source, e));
            return;
        }
        out.collect(call);
    }

    private void requireTopic(String topic) throws RejectedEventException {
        if (!topic.equals(defaultReplyTopic) && !topics.has(topic)) {
            throw new RejectedEventException(
                    ErrorCode.REPLY_TOPIC_UNKNOWN, "reply_to: there is no topic \"" + topic + "\"");
        }
    }

    @Override
    public void processElement2(SourceRecord change, Context context, Collector<AgentMessage> out) throws Exception {
        if (change.topic().equals(flagsTopic)) {
            flags.apply(change);
        } else {
            registry.apply(change, LogTime.latest(context.timerService().currentProcessingTime()));
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        registry.keep();
    }

    @Override
    public void close() throws Exception {
        topics.close();
    }
}
