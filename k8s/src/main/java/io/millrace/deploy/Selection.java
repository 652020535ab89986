package io.millrace.deploy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What of an environment is meant. */
final class Selection {
    /** What is checked when nobody says which commit: it is no one's. */
    private static final String NO_COMMIT = "0000000";

    @Option(
            names = "--with",
            paramLabel = "NAME",
            split = ",",
            description = "What is laid over the environment, such as with-s3; several separated by commas.")
    private List<String> overlays = List.of();

    @Option(names = "--tag", paramLabel = "COMMIT", description = "The images' tag; default: ${DEFAULT-VALUE}.")
    private String tag = NO_COMMIT;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "One value, as Helm's --set; may be given several times.")
    private Map<String, String> settings = Map.of();

    static Chart chart() {
        return Chart.in(Path.of(System.getProperty("millrace.home", ".")).toAbsolutePath());
    }

    List<Manifest> render(String environment) {
        List<String> files = new ArrayList<>(List.of(environment));
        overlays.stream()
                .map(name -> name.startsWith(Chart.OVERLAY) ? name : Chart.OVERLAY + name)
                .forEach(files::add);
        return chart().render(files, tag, settings);
    }
}
