package io.millrace.local.platform;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The jobs of a project's current build, in the order in which they start: as their jars describe them. */
public final class LocalJobs {
    /** A setting of a cluster, not one of Flink's: which jobs it runs, separated by commas, for whoever asks how they are. */
    public static final String SETTING = "millrace.jobs";

    /** What people see first comes from it. */
    private static final String FIRST = "tasks";

    /** They take longest to start, as they read every topic, and nobody waits for them. */
    private static final Set<String> LAST = Set.of("analytics", "audit");

    private final List<LocalJob> all;

    private LocalJobs(List<LocalJob> all) {
        this.all = List.copyOf(all);
    }

    /**
     * The jobs that are built.
     *
     * @param home the root of the project
     * @throws PlatformException when none is built, or a jar can't be read
     */
    public static LocalJobs in(Path home) {
        List<LocalJob> found = new ArrayList<>();
        Path jobs = home.resolve("jobs");
        String version = BuildVersion.current();
        try (DirectoryStream<Path> modules = Files.newDirectoryStream(jobs, Files::isDirectory)) {
            for (Path module : modules) {
                Path jar =
                        module.resolve("target").resolve("millrace-" + module.getFileName() + "-" + version + ".jar");
                if (Files.isRegularFile(jar)) {
                    LocalJob.in(jar).ifPresent(found::add);
                }
            }
        } catch (IOException e) {
            throw new PlatformException("there are no jobs at " + jobs + " (" + e + ")", e);
        }
        if (found.isEmpty()) {
            throw new PlatformException("no job is built at " + jobs + "; build them with: mvn -Dbuild-only package");
        }
        found.sort(Comparator.comparing((LocalJob job) -> !job.name().equals(FIRST))
                .thenComparing(job -> LAST.contains(job.name()))
                .thenComparing(LocalJob::name));
        return new LocalJobs(found);
    }

    public List<LocalJob> all() {
        return all;
    }

    /** The job people call so. */
    public Optional<LocalJob> find(String name) {
        return all.stream().filter(job -> job.name().equals(name)).findFirst();
    }

    /**
     * The jobs of these names, in the order in which they start.
     *
     * @throws PlatformException when there is none of a name
     */
    public List<LocalJob> named(Collection<String> names) {
        for (String name : names) {
            if (find(name).isEmpty()) {
                throw new PlatformException("there is no job '" + name + "'; there are: " + names());
            }
        }
        return all.stream().filter(job -> names.contains(job.name())).toList();
    }

    /** What {@link #find} knows, for messages. */
    public String names() {
        return all.stream().map(LocalJob::name).collect(Collectors.joining(", "));
    }
}
