package io.millrace.testing.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The configuration directory of a cluster, and the flags of its processes. */
final class FlinkSettings {
    // Flink's own start script adds these to every process.
    private static final List<String> OPENS = List.of(
            "java.lang",
            "java.lang.invoke",
            "java.lang.reflect",
            "java.net",
            "java.io",
            "java.nio",
            "java.text",
            "java.time",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "java.util.concurrent.locks",
            "sun.nio.ch");

    private static final int FRAMEWORK_HEAP_MB = 96;
    private static final int FRAMEWORK_OFF_HEAP_MB = 96;
    private static final int NETWORK_MB = 64;
    private static final int METASPACE_MB = 256;
    private static final int OVERHEAD_MB = 128;

    private FlinkSettings() {}

    /** Writes {@code config.yaml} and a logging configuration. */
    static void write(Path directory, Map<String, String> settings) {
        StringBuilder yaml = new StringBuilder();
        new TreeMap<>(settings).forEach((key, value) -> yaml.append(key)
                .append(": '")
                .append(value.replace("'", "''"))
                .append("'\n"));
        String logging =
                """
                status = error
                appender.console.type = Console
                appender.console.name = console
                appender.console.layout.type = PatternLayout
                appender.console.layout.pattern = %d{HH:mm:ss.SSS} %-5p %c{1} - %m%n%ex
                rootLogger.level = info
                rootLogger.appenderRef.console.ref = console
                """;
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("config.yaml"), yaml, StandardCharsets.UTF_8);
            Files.writeString(directory.resolve("log4j2.properties"), logging, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The flags of every process, without those of memory. */
    static List<String> jvm(Path configuration) {
        List<String> flags = new ArrayList<>();
        for (String name : OPENS) {
            flags.add("--add-opens=java.base/" + name + "=ALL-UNNAMED");
        }
        flags.add("-Dlog4j2.configurationFile=" + configuration.resolve("log4j2.properties"));
        flags.add("-XX:+UseSerialGC");
        flags.add("-XX:TieredStopAtLevel=1");
        return flags;
    }

    static List<String> taskManagerJvm(int heapMb) {
        return List.of(
                "-Xmx" + (heapMb + FRAMEWORK_HEAP_MB) + "m",
                "-XX:MaxDirectMemorySize=" + (FRAMEWORK_OFF_HEAP_MB + NETWORK_MB) + "m",
                "-XX:MaxMetaspaceSize=" + METASPACE_MB + "m");
    }

    /**
     * The memory of a TaskManager. Its main class does not work it out from a total, as the start script of a
     * distribution does: every part must be given.
     */
    static List<String> taskManagerArguments(int slots, int heapMb, int managedMb) {
        List<String> arguments = new ArrayList<>();
        Map<String, String> parts = new TreeMap<>();
        parts.put("taskmanager.numberOfTaskSlots", Integer.toString(slots));
        parts.put("taskmanager.cpu.cores", Integer.toString(slots));
        parts.put("taskmanager.memory.task.heap.size", heapMb + "mb");
        parts.put("taskmanager.memory.task.off-heap.size", "0mb");
        parts.put("taskmanager.memory.managed.size", managedMb + "mb");
        parts.put("taskmanager.memory.network.min", NETWORK_MB + "mb");
        parts.put("taskmanager.memory.network.max", NETWORK_MB + "mb");
        parts.put("taskmanager.memory.framework.heap.size", FRAMEWORK_HEAP_MB + "mb");
        parts.put("taskmanager.memory.framework.off-heap.size", FRAMEWORK_OFF_HEAP_MB + "mb");
        parts.put("taskmanager.memory.jvm-metaspace.size", METASPACE_MB + "mb");
        parts.put("taskmanager.memory.jvm-overhead.min", OVERHEAD_MB + "mb");
        parts.put("taskmanager.memory.jvm-overhead.max", OVERHEAD_MB + "mb");
        parts.forEach((key, value) -> {
            arguments.add("-D");
            arguments.add(key + "=" + value);
        });
        return arguments;
    }
}
