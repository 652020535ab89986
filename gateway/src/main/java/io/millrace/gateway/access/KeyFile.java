package io.millrace.gateway.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.gateway.file.YamlFile;
import io.millrace.schema.wire.RecordKey;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the file of keys: a list of keys, each with its name, the SHA-256 of the key, its tenant, its user and its roles.
 * The keys themselves are not in it, so that whoever reads the file can use none.
 */
final class KeyFile {
    private static final Set<String> FIELDS = Set.of("name", "sha256", "tenant", "user", "roles");

    private final YamlFile file;
    private final Map<String, Caller> callers = new HashMap<>();
    private final Set<String> names = new HashSet<>();

    private KeyFile(YamlFile file) {
        this.file = file;
    }

    /**
     * The callers, by the SHA-256 of their keys in small hexadecimal digits.
     *
     * @throws IllegalArgumentException saying what is wrong with which key, and on which line
     */
    static Map<String, Caller> read(Path file) {
        return new KeyFile(YamlFile.read(file)).read();
    }

    private Map<String, Caller> read() {
        JsonNode keys = file.root().path("keys");
        if (!keys.isArray()) {
            throw file.wrong("/keys", "must be a list");
        }
        for (int i = 0; i < keys.size(); i++) {
            add(keys.get(i), i);
        }
        return callers;
    }

    private IllegalArgumentException wrong(int index, String field, String what) {
        return file.wrong("/keys/" + index + "/" + field, what);
    }

    private void add(JsonNode key, int index) {
        key.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                throw wrong(
                        index, name, "there is no such field; there are " + String.join(", ", new TreeSet<>(FIELDS)));
            }
        });
        String hash = text(key, "sha256", index);
        if (!hash.matches("[0-9a-f]{64}")) {
            throw wrong(index, "sha256", "must be 64 small hexadecimal digits");
        }
        Set<Role> roles = roles(key.path("roles"), index);
        String user = key.hasNonNull("user") ? text(key, "user", index) : null;
        if (user == null && (roles.contains(Role.USER) || roles.contains(Role.APPROVER))) {
            throw wrong(index, "user", "the roles user and approver are of a person; name it");
        }
        String tenant = text(key, "tenant", index);
        String name = RecordKey.of(tenant, text(key, "name", index));
        if (callers.put(hash, new Caller("key " + name, tenant, user, roles)) != null) {
            throw wrong(index, "sha256", "another one has the same");
        }
        if (!names.add(name)) {
            throw wrong(index, "name", "another one of the tenant has the same");
        }
    }

    private Set<Role> roles(JsonNode names, int index) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (JsonNode name : names) {
            Role role = Role.ofWireName(name.asText());
            if (role == null) {
                throw wrong(index, "roles", "there is no role '" + name.asText() + "'; there are " + RoleNames.ALL);
            }
            roles.add(role);
        }
        if (roles.isEmpty()) {
            throw wrong(index, "roles", "missing");
        }
        return roles;
    }

    /** What YAML takes for a number it has changed already: 010 is 8. */
    private String text(JsonNode key, String field, int index) {
        if (!key.hasNonNull(field)) {
            throw wrong(index, field, "missing");
        }
        if (!key.path(field).isTextual()) {
            throw wrong(index, field, "must be a text; put it in quotes");
        }
        String text = key.path(field).asText();
        if (!Ids.isValid(text)) {
            throw wrong(index, field, "must have 1 to " + Ids.MAX + " characters, and no control characters");
        }
        return text;
    }
}
