package io.millrace.logic.workflow.bind;

import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The definitions that are known. A version stays what it is: the first one by offset is the truth. */
public final class DefinitionBook {
    /** Of all tenants together. */
    public static final int MAX_DEFINITIONS = 20_000;

    /** Of their texts together, as every task has them all on its heap. */
    public static final long MAX_CHARACTERS = 64L << 20;

    private final Map<String, TreeMap<SemanticVersion, KnownDefinition>> byName = new HashMap<>();
    private int size;
    private long characters;

    public int size() {
        return size;
    }

    /**
     * @return whether it was not known yet
     * @throws RejectedEventException when the version is another text already, or there is no room; nothing changes then
     */
    public boolean put(KnownDefinition definition) throws RejectedEventException {
        Map<SemanticVersion, KnownDefinition> versions = versions(definition.tenant(), definition.workflow());
        SemanticVersion version = new SemanticVersion(definition.version());
        KnownDefinition known = versions.get(version);
        if (known != null) {
            requireSame(known, definition);
            return false;
        }
        if (size == MAX_DEFINITIONS || characters + definition.characters() > MAX_CHARACTERS) {
            throw new RejectedEventException(
                    ErrorCode.TOO_LARGE,
                    "there is no room: of all definitions there may be " + MAX_DEFINITIONS + " with " + MAX_CHARACTERS
                            + " characters, and there are " + size + " with " + characters);
        }
        byName.computeIfAbsent(name(definition.tenant(), definition.workflow()), name -> new TreeMap<>())
                .put(version, definition);
        size++;
        characters += definition.characters();
        return true;
    }

    private static void requireSame(KnownDefinition known, KnownDefinition definition) throws RejectedEventException {
        if (!known.digest().equals(definition.digest())) {
            throw new RejectedEventException(
                    ErrorCode.VERSION_EXISTS,
                    "version: " + known.workflow() + " " + known.version()
                            + " is another text already, with the digest " + known.digest()
                            + "; publish this one as a new version");
        }
    }

    /**
     * @param version null for the highest that is released; the highest of all where none is
     * @return null when there is none
     */
    public KnownDefinition find(String tenant, String workflow, String version) {
        TreeMap<SemanticVersion, KnownDefinition> versions = versions(tenant, workflow);
        if (version != null) {
            return versions.get(new SemanticVersion(version));
        }
        for (Map.Entry<SemanticVersion, KnownDefinition> entry :
                versions.descendingMap().entrySet()) {
            if (entry.getKey().label().isEmpty()) {
                return entry.getValue();
            }
        }
        return versions.isEmpty() ? null : versions.lastEntry().getValue();
    }

    private TreeMap<SemanticVersion, KnownDefinition> versions(String tenant, String workflow) {
        return byName.getOrDefault(name(tenant, workflow), new TreeMap<>());
    }

    private static String name(String tenant, String workflow) {
        return tenant + '/' + workflow;
    }
}
