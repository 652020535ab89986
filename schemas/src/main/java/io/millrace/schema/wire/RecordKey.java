package io.millrace.schema.wire;

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

    /** The id that a part is of. */
    public static String id(String part) {
        return part.replace("%2F", "/").replace("%25", "%");
    }
}
