package io.millrace.gateway.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.gateway.file.YamlFile;
import io.millrace.gateway.file.YamlObject;
import io.millrace.schema.wire.RecordKey;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Reads the file of keys: a list of keys, each with its name, the SHA-256 of the key, its tenant, its user and its roles.
 * The keys themselves are not in it, so that whoever reads the file can use none.
 */
final class KeyFile {
    private static final Set<String> FIELDS = Set.of("name", "sha256", "tenant", "user", "roles");

    private static final int MOST = 100_000;

    private final Map<String, Caller> callers = new HashMap<>();
    private final Set<String> names = new HashSet<>();

    private KeyFile() {}

    /**
     * The callers, by the SHA-256 of their keys in small hexadecimal digits.
     *
     * @throws IllegalArgumentException saying what is wrong with which key, and on which line
     */
    static Map<String, Caller> read(Path file) {
        KeyFile reading = new KeyFile();
        YamlObject.of(YamlFile.read(file)).objects("keys", 0, MOST).forEach(reading::add);
        return reading.callers;
    }

    private void add(YamlObject key) {
        String hash = text(key.only(FIELDS), "sha256");
        if (!hash.matches("[0-9a-f]{64}")) {
            throw key.wrong("sha256", "must be 64 small hexadecimal digits");
        }
        Set<Role> roles = roles(key);
        String user = key.has("user") ? text(key, "user") : null;
        if (user == null && (roles.contains(Role.USER) || roles.contains(Role.APPROVER))) {
            throw key.wrong("user", "the roles user and approver are of a person; name it");
        }
        String tenant = text(key, "tenant");
        String name = RecordKey.of(tenant, text(key, "name"));
        if (callers.put(hash, new Caller("key " + name, tenant, user, roles)) != null) {
            throw key.wrong("sha256", "another one has the same");
        }
        if (!names.add(name)) {
            throw key.wrong("name", "another one of the tenant has the same");
        }
    }

    private static Set<Role> roles(YamlObject key) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (JsonNode name : key.get("roles")) {
            Role role = Role.ofWireName(name.asText());
            if (role == null) {
                throw key.wrong("roles", "there is no role '" + name.asText() + "'; there are " + RoleNames.ALL);
            }
            roles.add(role);
        }
        if (roles.isEmpty()) {
            throw key.wrong("roles", "missing");
        }
        return roles;
    }

    private static String text(YamlObject key, String field) {
        String text = key.text(field);
        if (!Ids.isValid(text)) {
            throw key.wrong(field, Ids.MUST);
        }
        return text;
    }
}
