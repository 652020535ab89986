package io.millrace.local.platform;

import io.millrace.schema.wire.Uuid5;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A job of Millrace as a cluster is told of it.
 *
 * @param command what people call it on the command line: {@code tasks}
 * @param name what the dashboard calls it
 * @param module where it is built, relative to the project's root
 * @param jarPrefix the start of its jar's name, before the version
 * @param consumerGroup under which it commits what it has read
 * @param inputs the topics it reads
 * @param files what it is given of the data directory: its option, and the name in {@link JobSecrets}
 * @param settings what else it is told on the local platform, unless the environment says otherwise
 */
public record LocalJob(
        String command,
        String name,
        String module,
        String jarPrefix,
        String entryClass,
        String consumerGroup,
        List<String> inputs,
        Map<String, String> files,
        Map<String, String> settings) {

    private static final UUID JOB_IDS = UUID.fromString("7d5c2b7e-6f0c-5b60-9f0e-3c8a41b2d6e1");

    public LocalJob {
        inputs = List.copyOf(inputs);
        files = Collections.unmodifiableMap(new TreeMap<>(files));
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /**
     * The same id in every run, so that a job's checkpoints and its commits to tables carry on: 32 hexadecimal digits.
     */
    public String jobId() {
        return Uuid5.of(JOB_IDS, command).toString().replace("-", "");
    }

    /** The jar of the current build; it may not exist. */
    public Path jar(Path home, String version) {
        return home.resolve(module).resolve("target").resolve(jarPrefix + "-" + version + ".jar");
    }

    /**
     * What its {@code main} is told.
     *
     * @param dataDirectory that of the local platform; null on any other cluster, whose configuration says where files
     *     are
     * @param environment of the process
     */
    public List<String> arguments(String kafka, Path dataDirectory, Map<String, String> environment) {
        List<String> arguments = new ArrayList<>(List.of("--kafka.bootstrap-servers", kafka));
        if (dataDirectory != null) {
            files.forEach((option, name) -> {
                arguments.add("--" + option);
                arguments.add(dataDirectory.resolve(name).toString());
            });
            settings.forEach((option, value) -> {
                if (!environment.containsKey(variable(option))) {
                    arguments.add("--" + option);
                    arguments.add(value);
                }
            });
        }
        return arguments;
    }

    /** As docs/agents.md lists them. */
    private String variable(String option) {
        return ("MILLRACE_" + command + "_" + option)
                .toUpperCase(Locale.ROOT)
                .replace('.', '_')
                .replace('-', '_');
    }
}
