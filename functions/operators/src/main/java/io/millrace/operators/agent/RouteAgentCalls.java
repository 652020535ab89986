package io.millrace.operators.agent;

import io.millrace.logic.agent.CallRouter;
import io.millrace.operators.deadletter.EventReader;
import io.millrace.operators.deadletter.Rejections;
import io.millrace.schema.agent.AgentCall;
import io.millrace.schema.agent.AgentCallReader;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.LogTime;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.util.ArrayList;
import java.util.List;
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
    private final AgentSources sources;

    private transient KnownAgents agents;
    private transient CallRouter router;
    private transient Rejections rejections;

    /**
     * @param calls says which tenant's calls come on which topic
     * @param replyTopicPrefixes calls may name topics that begin with one of them, besides the default
     * @param topics knows which of them there are
     */
    public RouteAgentCalls(
            TenantTopics calls,
            String defaultReplyTopic,
            List<String> replyTopicPrefixes,
            TopicDirectory topics,
            AgentSources sources) {
        this.calls = calls;
        this.defaultReplyTopic = defaultReplyTopic;
        this.replyTopicPrefixes = new ArrayList<>(replyTopicPrefixes);
        this.topics = topics;
        this.sources = sources;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        agents = new KnownAgents(context.getOperatorStateStore(), sources);
    }

    @Override
    public void open(OpenContext context) throws Exception {
        router = new CallRouter(defaultReplyTopic, replyTopicPrefixes);
        rejections = new Rejections(getRuntimeContext().getMetricGroup());
        topics.open();
    }

    @Override
    public void processElement1(SourceRecord source, Context context, Collector<AgentMessage> out) {
        AgentMessage call;
        try {
            AgentCall read = EventReader.read(AgentCallReader::read, source);
            calls.require(source.topic(), read.tenant());
            AgentCall version = agents.version(read, context.timerService().currentProcessingTime());
            call = AgentMessage.of(router.route(version, agents.registry(), source.timestamp()));
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
        agents.apply(change, LogTime.latest(context.timerService().currentProcessingTime()));
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        agents.keep();
    }

    @Override
    public void close() throws Exception {
        topics.close();
    }
}
