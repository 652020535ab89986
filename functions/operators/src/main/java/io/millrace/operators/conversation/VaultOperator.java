package io.millrace.operators.conversation;

import io.millrace.logic.decision.Decider;
import io.millrace.logic.vault.Entropy;
import io.millrace.logic.vault.HeldKeys;
import io.millrace.logic.vault.VaultCommand;
import io.millrace.logic.vault.VaultDecider;
import io.millrace.logic.vault.VaultInput;
import io.millrace.logic.vault.VaultOwner;
import io.millrace.logic.vault.VaultSettings;
import io.millrace.logic.vault.VaultState;
import io.millrace.logic.vault.VaultStateCodec;
import io.millrace.operators.codec.CodecTypeInfo;
import io.millrace.operators.decision.DeciderOperator;
import io.millrace.schema.conversation.ConversationEvent;
import io.millrace.schema.conversation.ConversationInput;
import io.millrace.schema.conversation.ConversationReply;
import io.millrace.schema.conversation.ConversationReplyCodec;
import io.millrace.schema.wire.OutboundRecord;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * The vault, by conversation: events come in the clear and go on to the inbox with tokens; replies come with tokens and go
 * to their customer with values. Both inputs are keyed by {@link #keyOf}.
 *
 * <p>Its state holds values sealed, and no key. Keys go to a topic ({@link #KEYS}), which a checkpoint that holds what was
 * sealed with one makes sure of, and come from there when it opens; so a key that is deleted there is gone, whatever
 * checkpoints are kept.
 */
public final class VaultOperator
        extends DeciderOperator<
                VaultState,
                VaultInput<ConversationEvent, ConversationReply>,
                VaultCommand<ConversationEvent, ConversationReply>,
                OutboundRecord>
        implements TwoInputStreamOperator<ConversationEvent, ConversationReply, OutboundRecord> {
    private static final long serialVersionUID = 1L;

    /** Replies with values, keyed by conversation. */
    public static final OutputTag<OutboundRecord> REPLIES =
            new OutputTag<>("vault-replies", TypeInformation.of(OutboundRecord.class));
    /** Keys, and what deletes them. To be written at least once to a compacted topic. */
    public static final OutputTag<OutboundRecord> KEYS =
            new OutputTag<>("vault-keys", TypeInformation.of(OutboundRecord.class));

    private static final ConversationTexts TEXTS = new ConversationTexts();
    /** How often it is looked whether replies that wait may go on. */
    private static final long LOOK_MILLIS = 10;

    private final VaultKeys parts;
    private final VaultSettings settings;
    private final ListStateDescriptor<ConversationReply> repliesOfKey =
            new ListStateDescriptor<>("held-replies", CodecTypeInfo.by(ConversationReplyCodec.class));

    private transient VaultMetrics metrics;
    private transient ListState<ConversationReply> heldReplies;
    private transient long startedAt;
    private transient boolean holdsReplies;

    public VaultOperator(VaultKeys parts, VaultSettings settings) {
        super(
                new ValueStateDescriptor<>("vault", CodecTypeInfo.by(VaultStateCodec.class)),
                new ListStateDescriptor<>("remembered-vaults", Types.LONG),
                VaultDecider.Effect.class);
        this.parts = parts;
        this.settings = settings;
    }

    /** The key of an event; one that is about all of a customer has none here. */
    public static String keyOf(ConversationEvent event) {
        return TEXTS.ownerOf(event).key();
    }

    public static String keyOf(ConversationReply reply) {
        return TEXTS.ownerOfReply(reply).key();
    }

    @Override
    protected Decider<
                    VaultState,
                    VaultInput<ConversationEvent, ConversationReply>,
                    VaultCommand<ConversationEvent, ConversationReply>>
            makeDecider() throws Exception {
        SecureRandom random = new SecureRandom();
        Entropy entropy = count -> {
            byte[] bytes = new byte[count];
            random.nextBytes(bytes);
            return bytes;
        };
        byte[] tokenKey = parts.tokenKey();
        HeldKeys keys = ReadKeys.read(parts, entropy, isOurs(), getMetricGroup().counter(VaultMetrics.KEYS_UNREADABLE));
        metrics = new VaultMetrics(getMetricGroup(), keys);
        return new VaultDecider<>(TEXTS, settings, keys, entropy, tokenKey, ConversationInput.MAX_REPLY);
    }

    /** Whether a conversation is of one of this subtask's key groups. */
    private Predicate<VaultOwner> isOurs() {
        TaskInfo task = getRuntimeContext().getTaskInfo();
        int all = task.getMaxNumberOfParallelSubtasks();
        KeyGroupRange groups = KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
                all, task.getNumberOfParallelSubtasks(), task.getIndexOfThisSubtask());
        return owner -> groups.contains(KeyGroupRangeAssignment.assignToKeyGroup(owner.key(), all));
    }

    @Override
    public void open() throws Exception {
        super.open();
        heldReplies = getRuntimeContext().getListState(repliesOfKey);
        startedAt = wallClock();
        holdsReplies = true;
        lookLater();
    }

    private void lookLater() {
        getProcessingTimeService().registerTimer(wallClock() + LOOK_MILLIS, time -> {
            if (!mayAnswer()) {
                lookLater();
            }
        });
    }

    /**
     * Whether replies need not wait. What an inbox has is decided about as soon as it is read, and after a start it has
     * what the vault is yet to read again: a reply to that would find no values. So replies wait until all is read that
     * was logged before the start.
     */
    private boolean mayAnswer() throws Exception {
        if (holdsReplies && hasRead(startedAt)) {
            holdsReplies = false;
            this.<String>getKeyedStateBackend()
                    .applyToAllKeys(
                            VoidNamespace.INSTANCE,
                            VoidNamespaceSerializer.INSTANCE,
                            repliesOfKey,
                            (key, replies) -> release(replies));
        }
        return !holdsReplies;
    }

    private void release(ListState<ConversationReply> replies) throws Exception {
        List<ConversationReply> held = new ArrayList<>();
        replies.get().forEach(held::add);
        replies.clear();
        for (ConversationReply reply : held) {
            // It was made at the log time of what it answers.
            take(new StreamRecord<>(
                    VaultInput.reply(reply), reply.envelope().occurredAt().toEpochMilli()));
        }
    }

    @Override
    public void processElement1(StreamRecord<ConversationEvent> element) throws Exception {
        take(new StreamRecord<>(VaultInput.event(element.getValue()), timeOf(element)));
    }

    @Override
    public void processElement2(StreamRecord<ConversationReply> element) throws Exception {
        Object key = getCurrentKey();
        if (!mayAnswer()) {
            heldReplies.add(element.getValue());
            return;
        }
        // Others may have been let go.
        setCurrentKey(key);
        take(new StreamRecord<>(VaultInput.reply(element.getValue()), timeOf(element)));
    }

    private long timeOf(StreamRecord<?> element) {
        return element.hasTimestamp() ? element.getTimestamp() : wallClock();
    }

    @Override
    protected void carryOut(VaultCommand<ConversationEvent, ConversationReply> command, long causedAt) {
        if (command instanceof VaultCommand.SendOn<ConversationEvent, ConversationReply> on) {
            output.collect(new StreamRecord<>(VaultRecords.ofEvent(on.event()), causedAt));
        } else if (command instanceof VaultCommand.Answer<ConversationEvent, ConversationReply> answer) {
            metrics.count(answer.tokens());
            output.collect(REPLIES, new StreamRecord<>(VaultRecords.ofReply(answer.reply()), causedAt));
        } else if (command instanceof VaultCommand.WriteKey<ConversationEvent, ConversationReply> write) {
            output.collect(
                    KEYS,
                    new StreamRecord<>(
                            VaultRecords.ofKey(write.owner(), write.keyId(), write.wrapped(), causedAt), causedAt));
        } else if (command instanceof VaultCommand.DeleteKey<ConversationEvent, ConversationReply> delete) {
            output.collect(KEYS, new StreamRecord<>(VaultRecords.deletionOf(delete.owner(), delete.keyId()), causedAt));
        } else {
            throw new IllegalArgumentException("no output for " + command);
        }
    }
}
