package io.millrace.logic.vault;

import io.millrace.logic.pii.PiiType;
import io.millrace.logic.vault.VaultState.Kept;
import io.millrace.schema.wire.Binary;
import io.millrace.schema.wire.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** The binary form of {@link VaultState}: mostly bytes that are sealed, which a codec of records would not take. */
public final class VaultStateCodec implements Codec<VaultState> {
    private static final int VERSION = 1;

    @Override
    public Class<VaultState> type() {
        return VaultState.class;
    }

    @Override
    public void write(VaultState state, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        Binary.writeList(out, state.kept(), VaultStateCodec::writeKept);
        writeNullable(out, state.keyId());
        Binary.writeSigned(out, state.usedAt());
        Binary.writeList(out, state.ending(), Binary::writeUuid);
        out.writeLong(state.endAt());
        Binary.writeSize(out, state.endings());
    }

    private static void writeKept(DataOutput out, Kept kept) throws IOException {
        Binary.writeUuid(out, kept.token());
        // By its name, which is part of tokens too and never changes.
        Binary.writeString(out, kept.kind().name());
        Binary.writeUuid(out, kept.keyId());
        Binary.writeBytes(out, kept.sealed());
    }

    private static void writeNullable(DataOutput out, UUID id) throws IOException {
        out.writeBoolean(id != null);
        if (id != null) {
            Binary.writeUuid(out, id);
        }
    }

    @Override
    public VaultState read(DataInput in) throws IOException {
        int version = in.readByte();
        if (version != VERSION) {
            throw new IOException("a vault in version " + version + "; this build knows version " + VERSION);
        }
        List<Kept> kept = List.copyOf(Binary.readList(in, VaultStateCodec::readKept));
        UUID keyId = in.readBoolean() ? Binary.readUuid(in) : null;
        long usedAt = Binary.readSigned(in);
        List<UUID> ending = List.copyOf(Binary.readList(in, Binary::readUuid));
        return new VaultState(kept, keyId, usedAt, ending, in.readLong(), Binary.readSize(in));
    }

    private static Kept readKept(DataInput in) throws IOException {
        UUID token = Binary.readUuid(in);
        String kind = Binary.readString(in);
        try {
            return new Kept(token, PiiType.valueOf(kind), Binary.readUuid(in), Binary.readBytes(in));
        } catch (IllegalArgumentException e) {
            throw new IOException("a vault of a later build: it has a kind " + kind, e);
        }
    }
}
