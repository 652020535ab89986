package io.millrace.gateway.hooks;

import io.millrace.gateway.file.WatchedFile;
import io.millrace.gateway.file.YamlFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** The senders that the gateway knows. */
public final class Hooks {
    private final WatchedFile<Map<String, HookSource>> file;

    /** @param file null for no senders */
    private Hooks(WatchedFile<Map<String, HookSource>> file) {
        this.file = file;
    }

    public static Hooks none() {
        return new Hooks(null);
    }

    /**
     * Those of a file, which is looked at again every few seconds.
     *
     * @param types events that a sender may send
     * @param environment where secrets may be
     * @throws IllegalArgumentException saying what is wrong with it, by line and field
     */
    public static Hooks of(Path file, Set<String> types, Map<String, String> environment) {
        return new Hooks(
                new WatchedFile<>(file, "hooks", (path, named) -> HookFile.read(path, types, environment, named)));
    }

    /**
     * Those of a file as it is now, by their names, without their secrets: for those who try its rules.
     *
     * @param types events that a sender may send
     * @throws IllegalArgumentException saying what is wrong with it, by line and field
     */
    public static Map<String, HookSource> tried(Path file, Set<String> types) {
        return HookFile.read(YamlFile.read(file), types, SecretPlaces.none());
    }

    /** Null when there is none of that name. */
    public HookSource source(String name) {
        return file == null ? null : file.get().get(name);
    }
}
