package io.millrace.logic.agent;

import io.millrace.logic.dedup.RecentIds;
import io.millrace.schema.agent.AgentError;
import io.millrace.schema.agent.AgentOutcomeCodec;
import io.millrace.schema.agent.Usage;
import io.millrace.schema.wire.Binary;
import io.millrace.schema.wire.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/**
 * The encoding of {@link CallState} in state. It begins with a version; to change it, write the new version and keep
 * reading the old ones. A test compares it with bytes that earlier versions wrote.
 */
public final class CallStateCodec implements Codec<CallState> {
    private static final int VERSION = 3;

    private static final int HAS_KEPT = 1;
    private static final int HAS_FLIGHT = 1 << 1;
    private static final int NO_ENDING = -1;

    private static final RoutedCallCodec CALL = new RoutedCallCodec();
    private static final AgentOutcomeCodec OUTCOME = new AgentOutcomeCodec();

    @Override
    public Class<CallState> type() {
        return CallState.class;
    }

    @Override
    public void write(CallState state, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeByte((state.kept() != null ? HAS_KEPT : 0) | (state.flight() != null ? HAS_FLIGHT : 0));
        out.writeLong(state.clock());
        if (state.kept() != null) {
            writeKept(state.kept(), out);
        }
        if (state.flight() != null) {
            writeFlight(state.flight(), out);
        }
        Binary.writeList(out, state.waiters(), (o, waiter) -> writeWaiter(waiter, o));
        Binary.writeList(out, state.pending(), (o, call) -> {
            CALL.write(call.call(), o);
            Binary.writeUuid(o, call.key());
            o.writeLong(call.until());
            o.writeLong(call.nextLook());
        });
        RecentIds finished = state.finished();
        Binary.writeSize(out, finished.size());
        for (int i = 0; i < finished.size(); i++) {
            Binary.writeUuid(out, finished.id(i));
            Binary.writeSigned(out, state.clock() - finished.time(i));
        }
        Binary.writeList(out, state.early(), (o, early) -> {
            OUTCOME.write(early.outcome(), o);
            o.writeLong(early.loggedAt());
        });
    }

    @Override
    public CallState read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version < 1 || version > VERSION) {
            throw new IOException(
                    "state of a call in version " + version + "; this build reads versions 1 to " + VERSION);
        }
        int has = in.readUnsignedByte();
        long clock = in.readLong();
        CachedAnswer kept = (has & HAS_KEPT) != 0 ? readKept(in) : null;
        Flight flight = (has & HAS_FLIGHT) != 0 ? readFlight(in, version) : null;
        boolean hasReplyKeys = version >= 3;
        List<Waiter> waiters = Binary.readList(in, i -> readWaiter(i, hasReplyKeys));
        List<Pending> pending = Binary.readList(
                in, i -> new Pending(CALL.read(i, hasReplyKeys), Binary.readUuid(i), i.readLong(), i.readLong()));
        long[] finished = new long[3 * Binary.readSize(in)];
        for (int i = 0; i < finished.length; i += 3) {
            finished[i] = in.readLong();
            finished[i + 1] = in.readLong();
            finished[i + 2] = clock - Binary.readSigned(in);
        }
        List<EarlyOutcome> early = Binary.readList(in, i -> new EarlyOutcome(OUTCOME.read(i), i.readLong()));
        return new CallState(clock, kept, flight, waiters, pending, new RecentIds(finished), early);
    }

    private static void writeKept(CachedAnswer kept, DataOutput out) throws IOException {
        Binary.writeString(out, kept.output());
        Binary.writeString(out, kept.version());
        Binary.writeList(out, kept.dependencies(), Binary::writeString);
        out.writeLong(kept.askedAt());
        out.writeLong(kept.keptAt());
        out.writeLong(kept.expiresAt());
    }

    private static CachedAnswer readKept(DataInput in) throws IOException {
        return new CachedAnswer(
                Binary.readString(in),
                Binary.readString(in),
                Binary.readList(in, Binary::readString),
                in.readLong(),
                in.readLong(),
                in.readLong());
    }

    private static void writeFlight(Flight flight, DataOutput out) throws IOException {
        Binary.writeUuid(out, flight.key());
        Binary.writeString(out, flight.id());
        Binary.writeString(out, flight.approved());
        Binary.writeString(out, flight.tenant());
        Binary.writeString(out, flight.agent());
        Binary.writeString(out, flight.input());
        Binary.writeString(out, flight.version());
        Binary.writeList(out, flight.dependencies(), Binary::writeString);
        Binary.writeList(out, flight.chain(), Binary::writeString);
        Binary.writeSize(out, flight.at());
        Binary.writeSize(out, flight.number());
        Binary.writeSize(out, flight.repeats());
        out.writeLong(flight.retryAt());
        Binary.writeString(out, flight.previousError());
        out.writeByte(flight.ending() == null ? NO_ENDING : flight.ending().ordinal());
        AgentError.encode(out, flight.error());
        out.writeLong(flight.startedAt());
        writeSpent(flight.spent(), out);
        Binary.writeString(out, flight.correlationId());
        Binary.writeString(out, flight.traceparent());
    }

    private static Flight readFlight(DataInput in, int version) throws IOException {
        return new Flight(
                Binary.readUuid(in),
                Binary.readString(in),
                readApproved(in, version),
                Binary.readString(in),
                Binary.readString(in),
                Binary.readString(in),
                Binary.readString(in),
                Binary.readList(in, Binary::readString),
                Binary.readList(in, Binary::readString),
                Binary.readSize(in),
                Binary.readSize(in),
                Binary.readSize(in),
                in.readLong(),
                Binary.readString(in),
                readEnding(in),
                AgentError.decode(in),
                in.readLong(),
                readSpent(in),
                Binary.readString(in),
                Binary.readString(in));
    }

    /** Version 1 says that there was an approval, and not of which definition: it is good for no further attempt. */
    private static String readApproved(DataInput in, int version) throws IOException {
        if (version == 1) {
            in.readBoolean();
            return null;
        }
        return Binary.readString(in);
    }

    private static Ending readEnding(DataInput in) throws IOException {
        int ordinal = in.readByte();
        return ordinal == NO_ENDING ? null : Ending.ofOrdinal(ordinal);
    }

    private static void writeSpent(Spent spent, DataOutput out) throws IOException {
        Binary.writeSize(out, spent.attempts());
        Usage.encode(out, spent.usage());
        Binary.writeSigned(out, spent.costMicros());
        Binary.writeSigned(out, spent.queuedMs());
        Binary.writeSigned(out, spent.agentMs());
    }

    private static Spent readSpent(DataInput in) throws IOException {
        return new Spent(
                Binary.readSize(in),
                Usage.decode(in),
                Binary.readSigned(in),
                Binary.readSigned(in),
                Binary.readSigned(in));
    }

    private static void writeWaiter(Waiter waiter, DataOutput out) throws IOException {
        Binary.writeUuid(out, waiter.key());
        Binary.writeString(out, waiter.callKey());
        Binary.writeString(out, waiter.replyTo());
        out.writeLong(waiter.loggedAt());
        out.writeLong(waiter.deadline());
        Binary.writeString(out, waiter.correlationId());
        Binary.writeString(out, waiter.traceparent());
        Binary.writeString(out, waiter.replyKey());
    }

    private static Waiter readWaiter(DataInput in, boolean hasReplyKey) throws IOException {
        UUID key = Binary.readUuid(in);
        return new Waiter(
                key,
                Binary.readString(in),
                Binary.readString(in),
                in.readLong(),
                in.readLong(),
                Binary.readString(in),
                Binary.readString(in),
                hasReplyKey ? Binary.readString(in) : null);
    }
}
