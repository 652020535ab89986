package io.millrace.schema.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Keys of records that are made of several ids, {@code tenant/id}: no two have one key. */
public final class RecordKey {

    private RecordKey() {}

    public static String of(String... parts) {
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            key.append(i == 0 ? "" : "/").append(part(parts[i]));
        }
        return key.toString();
    }

    /** An id as a part of a key: {@code %2F} for a slash. */
    public static String part(String id) {
        return id.indexOf('/') < 0 && id.indexOf('%') < 0
                ? id
                : id.replace("%", "%25").replace("/", "%2F");
    }

    /** The ids that a key is made of; null when they are not so many, or one is empty. */
    public static List<String> ids(byte[] key, int count) {
        if (key == null) {
            return null;
        }
        String[] parts = new String(key, StandardCharsets.UTF_8).split("/", -1);
        return parts.length == count && Arrays.stream(parts).noneMatch(String::isEmpty)
                ? Arrays.stream(parts).map(RecordKey::id).toList()
                : null;
    }

    /** The id that a part is of. */
    public static String id(String part) {
        return part.replace("%2F", "/").replace("%25", "%");
    }
}
