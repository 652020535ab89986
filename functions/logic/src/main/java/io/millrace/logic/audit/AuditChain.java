package io.millrace.logic.audit;

import io.millrace.schema.audit.AuditEvent;
import io.millrace.schema.lake.Column;
import io.millrace.schema.wire.Components;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The evidence in rows. A row's digest is SHA-256 (FIPS 180-4) of its salt and its columns; its link is HMAC-SHA256 (RFC
 * 2104), under a key that analysts do not have, of the link before it in the partition and its digest. Who alters, adds or
 * takes out a row would have to make all links after it anew. A digest needs salt and columns, a link only digests: so a
 * row whose columns were erased breaks no chain. Not thread-safe.
 */
public final class AuditChain {
    /** Before the first row of a partition. */
    public static final byte[] START = new byte[0];

    private static final String MAC = "HmacSHA256";
    private static final Set<String> EVIDENCE = Set.of("salt", "digest", "link");
    private static final Components<AuditEvent> COLUMNS = new Components<>(AuditEvent.class);

    private static final List<Sealed> SEALED = sealed();

    private final Mac mac;
    private final MessageDigest sha;

    /** A column that counts in the digest: the component's index, and its name in UTF-8. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Sealed(int index, byte[] name) {}

    /** @param key of at least 32 bytes */
    public AuditChain(byte[] key) {
        try {
            mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            sha = MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static List<Sealed> sealed() {
        List<Sealed> sealed = new ArrayList<>();
        for (int i = 0; i < COLUMNS.size(); i++) {
            RecordComponent component = COLUMNS.get(i);
            if (component.isAnnotationPresent(Column.class) && !EVIDENCE.contains(component.getName())) {
                sealed.add(new Sealed(i, component.getName().getBytes(StandardCharsets.UTF_8)));
            }
        }
        return List.copyOf(sealed);
    }

    /** A column that is null does not count, so a row says the same once there are more columns. */
    public byte[] digest(byte[] salt, AuditEvent row) {
        sha.reset();
        part(salt);
        for (Sealed column : SEALED) {
            Object value = COLUMNS.of(row, column.index());
            if (value != null) {
                part(column.name());
                part(bytes(value));
            }
        }
        return sha.digest();
    }

    /** @param before {@link #START} for the first one */
    public byte[] link(byte[] before, byte[] digest) {
        mac.update(before);
        return mac.doFinal(digest);
    }

    /** With its length, so that no two rows read the same. */
    private void part(byte[] bytes) {
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        sha.update(bytes);
    }

    private static byte[] bytes(Object value) {
        if (value instanceof Instant time) {
            return ByteBuffer.allocate(Long.BYTES)
                    .putLong(0, time.toEpochMilli())
                    .array();
        } else if (value instanceof Map<?, ?> map) {
            StringBuilder all = new StringBuilder();
            new TreeMap<>(map).forEach((name, text) -> lengthFirst(lengthFirst(all, name), text));
            return all.toString().getBytes(StandardCharsets.UTF_8);
        }
        return value.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static StringBuilder lengthFirst(StringBuilder all, Object text) {
        String given = String.valueOf(text);
        return all.append(given.length()).append(':').append(given);
    }
}
