package io.millrace.jobs.conversations;

import static io.millrace.jobs.runtime.JobPipeline.OUTBOUND;

import io.millrace.azure.KeyVault;
import io.millrace.connectors.kafka.KafkaConnection.Delivery;
import io.millrace.connectors.kafka.KafkaOptions;
import io.millrace.connectors.kafka.WholeTopic;
import io.millrace.jobs.runtime.Input;
import io.millrace.jobs.runtime.Job;
import io.millrace.jobs.runtime.JobPipeline;
import io.millrace.jobs.runtime.Output;
import io.millrace.logic.conversation.ConversationCommand;
import io.millrace.logic.conversation.ConversationDecider;
import io.millrace.logic.conversation.ConversationEffect;
import io.millrace.logic.conversation.ConversationSettings;
import io.millrace.logic.conversation.ConversationState;
import io.millrace.logic.conversation.ConversationStateCodec;
import io.millrace.logic.customer.CustomerInput;
import io.millrace.logic.customer.CustomerInputCodec;
import io.millrace.logic.vault.VaultSettings;
import io.millrace.operators.codec.CodecTypeInfo;
import io.millrace.operators.conversation.ConversationTopics;
import io.millrace.operators.conversation.Customers;
import io.millrace.operators.conversation.KeyFile;
import io.millrace.operators.conversation.MasterKeyFile;
import io.millrace.operators.conversation.TurnEnds;
import io.millrace.operators.conversation.VaultKeys;
import io.millrace.operators.conversation.VaultOperator;
import io.millrace.operators.decision.DecisionOperator;
import io.millrace.schema.conversation.ConversationEvent;
import io.millrace.schema.conversation.ConversationEventCodec;
import io.millrace.schema.conversation.ConversationInput;
import io.millrace.schema.conversation.ConversationInputCodec;
import io.millrace.schema.wire.AddressedRecord;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The conversations job: what customers write goes through the vault, which leaves tokens of personal data, to the inbox
 * of the conversation, and from there to runs of a workflow; replies go back through the vault. docs/conversations.md
 * lists its settings.
 */
public final class ConversationsJob {
    /** What is in the clear has to be read by then, by this job and by the audit. */
    private static final Duration IN_THE_CLEAR = Duration.ofDays(1);
    /** Customers wait for it. */
    private static final Duration LINGER = Duration.ofMillis(1);
    /** For how long the topic of keys may give nothing. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Input EVENTS = Input.of(Topics.CONVERSATION_EVENTS, "What channels and desks tell.")
            .keptFor(IN_THE_CLEAR);
    private static final Input INBOX = Input.of(Topics.CONVERSATION_INBOX, "What conversations decide by, out and in.");
    private static final Input RUNS =
            Input.of(Topics.WORKFLOW_RUNS, "How runs of workflows are, in.").keepingLatest();

    private static final Input KEYS_IN =
            Input.erasable(Topics.CONVERSATION_KEYS, "Keys of conversations, wrapped, out and in.");

    private static final Output INBOX_OUT =
            Output.backTo(INBOX).withUid("conversation-inbox-sink").lingering(LINGER);
    private static final Output ERASURES = Output.backTo(EVENTS).withUid("conversation-erasures");
    private static final Output REPLIES = Output.to(Topics.CONVERSATION_REPLIES, "Replies out.")
            .keptFor(IN_THE_CLEAR)
            .lingering(LINGER);
    private static final Output KEYS = Output.backTo(KEYS_IN).erasable();
    private static final Output UPDATES = Output.to(Topics.CONVERSATION_UPDATES, "How conversations are, out.")
            .compacted()
            .lingering(LINGER);
    private static final Output ESCALATIONS =
            Output.to(Topics.ESCALATIONS, "What people have to answer, out.").besides(UPDATES);
    private static final Output COMMANDS = Output.to(Topics.WORKFLOW_COMMANDS, "Turns out, as runs of a workflow.")
            .besides(UPDATES);

    /** Its uids, state and settings: what others depend on. */
    public static final Job JOB = new Job(
            "conversations",
            List.of(EVENTS, INBOX, RUNS, KEYS_IN),
            List.of(INBOX_OUT, ERASURES, REPLIES, KEYS, UPDATES, ESCALATIONS, COMMANDS),
            ConversationOptions.ALL,
            Map.of(
                    ConversationOptions.TOKEN_KEY_FILE.key(), "${data}/audit.key",
                    ConversationOptions.MASTER_KEY_FILE.key(), "${data}/vault.key"),
            ConversationsJob::build);

    private ConversationsJob() {}

    public static void main(String[] arguments) throws Exception {
        JOB.run(arguments);
    }

    private static void build(JobPipeline job) {
        VaultSettings vault = ConversationOptions.vault(job.settings());
        SingleOutputStreamOperator<ConversationEvent> events =
                job.read(EVENTS, ConversationEvent::read, CodecTypeInfo.by(ConversationEventCodec.class));
        job.write(erasures(events, vault), ERASURES);

        SingleOutputStreamOperator<AddressedRecord> told = job.read(
                        INBOX, ConversationInput::read, CodecTypeInfo.by(ConversationInputCodec.class))
                .keyBy(ConversationDecider::key, Types.STRING)
                .transform("conversations", TypeInformation.of(AddressedRecord.class), conversations(job))
                .uid("conversations");
        job.writeAddressed(told, UPDATES, ESCALATIONS, COMMANDS);

        SingleOutputStreamOperator<OutboundRecord> concealed = events.filter(event -> event.conversationId() != null)
                .name("of-conversations")
                .uid("of-conversations")
                .keyBy(VaultOperator::keyOf, Types.STRING)
                .connect(told.getSideOutput(ConversationTopics.REPLIES).keyBy(VaultOperator::keyOf, Types.STRING))
                .transform("vault", OUTBOUND, new VaultOperator(keys(job), vault))
                .uid("vault");
        DataStream<OutboundRecord> turns = job.read(RUNS, TurnEnds::read, OUTBOUND);
        job.write(concealed.union(turns), INBOX_OUT);
        job.write(concealed.getSideOutput(VaultOperator.REPLIES), REPLIES);
        job.write(concealed.getSideOutput(VaultOperator.KEYS), KEYS);
    }

    /** What is to be forgotten with a customer. */
    private static DataStream<OutboundRecord> erasures(DataStream<ConversationEvent> events, VaultSettings vault) {
        return events.flatMap(
                        (event, out) -> {
                            CustomerInput input = Customers.inputOf(event);
                            if (input != null) {
                                out.collect(input);
                            }
                        },
                        CodecTypeInfo.by(CustomerInputCodec.class))
                .name("of-customers")
                .uid("of-customers")
                .keyBy(CustomerInput::key, Types.STRING)
                .transform("customers", OUTBOUND, Customers.operator(vault.timeToLive()))
                .uid("customers");
    }

    private static DecisionOperator<ConversationState, ConversationInput, ConversationCommand, AddressedRecord>
            conversations(JobPipeline job) {
        ConversationSettings settings = ConversationOptions.conversations(job.settings());
        ConversationTopics topics =
                new ConversationTopics(job.topic(COMMANDS), job.topic(ESCALATIONS), job.topic(UPDATES));
        return DecisionOperator.inLogOrder(
                "conversation",
                CodecTypeInfo.by(ConversationStateCodec.class),
                ConversationEffect.class,
                () -> new ConversationDecider(settings),
                topics::carryOut);
    }

    /** @throws IllegalArgumentException when keys could be lost with a transaction that times out */
    private static VaultKeys keys(JobPipeline job) {
        if (job.delivery(KEYS) != Delivery.AT_LEAST_ONCE) {
            throw new IllegalArgumentException(
                    KEYS.delivery().key() + ": must be at-least-once, whatever " + KafkaOptions.DELIVERY.key() + " is");
        }
        WholeTopic keys = new WholeTopic(job.kafka().adminProperties(), job.topic(KEYS), PATIENCE);
        return new VaultKeys(
                new KeyFile(
                        VaultKeys.TOKEN_KEY_FILE,
                        ConversationOptions.file(job.settings(), ConversationOptions.TOKEN_KEY_FILE)),
                new MasterKeyFile(
                        new KeyFile(
                                VaultKeys.MASTER_KEY_FILE,
                                ConversationOptions.file(job.settings(), ConversationOptions.MASTER_KEY_FILE)),
                        (keyId, wrapped) -> new KeyVault().unwrap(keyId, wrapped)),
                take -> keys.read(take::take),
                job.setting(ConversationOptions.ACCEPT_LOST_KEYS));
    }
}
