package io.millrace.logic.rollout;

import io.millrace.schema.rollout.FlagObserved;
import io.millrace.schema.rollout.Names;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Uuid5;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * A record of the topic of flags.
 *
 * @param definition as it stands there; null when the flag was deleted
 * @param serves the variant that everybody gets; null when not everybody gets the same
 */
public record FlagSeen(String flag, String definition, String serves, long loggedAt, long offset) {
    private static final UUID OBSERVATIONS = UUID.fromString("1f6a4a0e-52d6-5b61-b0a5-3f7d2c9e8b10");

    /** @throws RejectedEventException when the record holds no flag */
    public static FlagSeen read(SourceRecord source) throws RejectedEventException {
        String key = key(source);
        if (source.value() == null) {
            return new FlagSeen(key, null, null, source.timestamp(), source.offset());
        }
        if (source.value().length > 4 * FlagDocument.MAX_LENGTH) {
            throw new RejectedEventException(ErrorCode.TOO_LARGE, "a flag has " + source.value().length + " bytes");
        }
        String definition = new String(source.value(), StandardCharsets.UTF_8);
        String serves = FlagDocument.read(definition).serves();
        return new FlagSeen(key, definition, serves, source.timestamp(), source.offset());
    }

    /** Of which flag a record is. @throws RejectedEventException when its key is that of none */
    public static String key(SourceRecord source) throws RejectedEventException {
        String key = Names.key(source);
        if (!Names.isOne(key)) {
            throw new RejectedEventException(
                    ErrorCode.INVALID_KEY,
                    "the key must be that of the flag, of 1 to " + Names.MAX
                            + " characters without control characters");
        }
        return key;
    }

    /** What a roll-out of this flag has to know of it. */
    public FlagObserved observed() {
        return of(flag, definition);
    }

    /** What a roll-out of another flag has to know of it. */
    FlagObserved observedFor(String other) {
        return of(other, null);
    }

    private FlagObserved of(String concerned, String shown) {
        UUID id = Uuid5.of(OBSERVATIONS, concerned + '\n' + flag + '\n' + loggedAt + '\n' + offset);
        Instant at = Instant.ofEpochMilli(loggedAt);
        Envelope envelope = new Envelope(id, "flag.observed", at, Envelope.DEFAULT_TENANT, null, null);
        return new FlagObserved(envelope, concerned, flag, shown, definition == null, serves, at, offset);
    }

    /** The same without what only the flag's own roll-out has to know. */
    FlagSeen brief() {
        return new FlagSeen(flag, null, serves, loggedAt, offset);
    }
}
