package io.millrace.gateway.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the file of keys: a list of keys, each with its name, the SHA-256 of the key, its tenant, its user and its roles.
 * The keys themselves are not in it, so that whoever reads the file can use none.
 */
final class KeyFile {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final Set<String> FIELDS = Set.of("name", "sha256", "tenant", "user", "roles");
    private static final long MAX_BYTES = 4 << 20;

    private KeyFile() {}

    /**
     * The callers, by the SHA-256 of their keys in small hexadecimal digits.
     *
     * @throws IllegalArgumentException saying what is wrong with which key
     */
    static Map<String, Caller> read(Path file) {
        JsonNode keys;
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IllegalArgumentException(file + " is larger than " + MAX_BYTES + " bytes");
            }
            keys = YAML.readTree(Files.readAllBytes(file)).path("keys");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + " is no YAML: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " can't be read: " + e.getMessage(), e);
        }
        if (!keys.isArray()) {
            throw new IllegalArgumentException(file + ": keys: must be a list");
        }
        Map<String, Caller> callers = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            add(keys.get(i), file + ": keys[" + i + "]", callers);
        }
        return callers;
    }

    private static void add(JsonNode key, String where, Map<String, Caller> callers) {
        key.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                throw new IllegalArgumentException(where + "." + name + ": there is no such field; there are "
                        + String.join(", ", new TreeSet<>(FIELDS)));
            }
        });
        String hash = text(key, "sha256", where);
        if (!hash.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(where + ".sha256: must be 64 small hexadecimal digits");
        }
        Set<Role> roles = roles(key.path("roles"), where);
        String user = key.path("user").asText(null);
        if (user == null && (roles.contains(Role.USER) || roles.contains(Role.APPROVER))) {
            throw new IllegalArgumentException(where + ".user: the roles user and approver are of a person; name it");
        }
        Caller caller = new Caller("key " + text(key, "name", where), text(key, "tenant", where), user, roles);
        if (callers.put(hash, caller) != null) {
            throw new IllegalArgumentException(where + ".sha256: another one has the same");
        }
    }

    private static Set<Role> roles(JsonNode names, String where) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (JsonNode name : names) {
            Role role = Role.ofWireName(name.asText());
            if (role == null) {
                throw new IllegalArgumentException(
                        where + ".roles: there is no role '" + name.asText() + "'; there are " + RoleNames.ALL);
            }
            roles.add(role);
        }
        if (roles.isEmpty()) {
            throw new IllegalArgumentException(where + ".roles: missing");
        }
        return roles;
    }

    private static String text(JsonNode key, String field, String where) {
        String text = key.path(field).asText("");
        if (text.isBlank()) {
            throw new IllegalArgumentException(where + "." + field + ": missing");
        }
        return text;
    }
}
