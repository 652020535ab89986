package io.millrace.deploy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The Helm chart, rendered in this process by Helm's own library. */
public final class Chart {
    static final String OVERLAY = "with-";
    private static final String EXTENSION = ".yaml";
    private static final String NAMESPACE = "millrace";
    /** The oldest version that the chart says it is for: what it renders asks for nothing newer. */
    private static final String KUBERNETES = "1.31.0";

    private final Path directory;

    private Chart(Path directory) {
        this.directory = directory;
    }

    /** @param home the root of the project */
    public static Chart in(Path home) {
        return new Chart(home.resolve("k8s").resolve("chart").toAbsolutePath().normalize());
    }

    Path directory() {
        return directory;
    }

    /** The names that {@link #render} takes, sorted: {@code production}. */
    public List<String> environments() {
        return values().filter(name -> !name.startsWith(OVERLAY)).toList();
    }

    /** What can be laid over an environment, sorted: {@code with-s3}. */
    public List<String> overlays() {
        return values().filter(name -> name.startsWith(OVERLAY)).toList();
    }

    private Stream<String> values() {
        try (Stream<Path> files = Files.list(directory.resolve("values"))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(EXTENSION))
                    .map(name -> name.substring(0, name.length() - EXTENSION.length()))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new DeployException("there is no chart at " + directory + " (" + e + ")", e);
        }
    }

    /**
     * What Helm would apply.
     *
     * @param files names of environments and overlays; a later one wins
     * @param commit the images' tag; null when it is among the settings, or missing
     * @param settings single values, by their paths, as Helm's {@code --set} takes them
     * @throws DeployException with Helm's own message when it does not render
     */
    public List<Manifest> render(List<String> files, String commit, Map<String, String> settings) {
        Path copy = copy();
        try {
            return render(copy, files, commit, settings);
        } finally {
            delete(copy);
        }
    }

    private List<Manifest> render(Path chart, List<String> files, String commit, Map<String, String> settings) {
        TemplateCommand command = new Helm(chart)
                .template()
                .withName("millrace")
                .withNamespace(NAMESPACE)
                .withKubeVersion(KUBERNETES);
        for (String file : files) {
            command.withValuesFile(valuesFile(file));
        }
        if (commit != null) {
            command.withValuesFile(tag(chart, commit));
        }
        settings.forEach(command::set);
        try {
            return Manifest.parse(command.call());
        } catch (IllegalStateException e) {
            throw new DeployException(String.join(" with ", files) + " does not render: " + e.getMessage(), e);
        }
    }

    /** As a file: {@code --set} takes a commit of digits alone for a number. */
    private static Path tag(Path chart, String commit) {
        try {
            return Files.writeString(chart.resolve("tag.yaml"), "image: {tag: \"" + commit.replace("\"", "") + "\"}\n");
        } catch (IOException e) {
            throw new DeployException("can't write to " + chart + " (" + e + ")", e);
        }
    }

    private Path valuesFile(String name) {
        Path file = directory.resolve("values").resolve(name + EXTENSION);
        if (values().noneMatch(name::equals)) {
            throw new DeployException("there is no '" + name + "'; there are the environments "
                    + String.join(", ", environments()) + ", and to lay over them " + String.join(", ", overlays()));
        }
        return file;
    }

    /** Without links: Helm follows those to what other parts of the project own, but not without a word for each. */
    private Path copy() {
        try (Stream<Path> files = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
            Path copy = Files.createTempDirectory("millrace-chart-");
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(directory.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
            return copy;
        } catch (IOException e) {
            throw new DeployException("the chart at " + directory + " can't be copied (" + e + ")", e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new DeployException("can't remove " + directory + " (" + e + ")", e);
        }
    }
}
