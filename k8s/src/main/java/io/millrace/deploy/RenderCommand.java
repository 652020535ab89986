package io.millrace.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "render",
        description = "Print what an environment is given, or write it to a directory, a file for each object.")
final class RenderCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ENV", description = "dev, staging or production.")
    private String environment;

    @Option(names = "--to", paramLabel = "DIR", description = "Where to; *.yaml files that are there are replaced.")
    private Path directory;

    @Mixin
    private Selection selection;

    @Override
    public Integer call() {
        List<Manifest> manifests = selection.render(environment);
        if (directory == null) {
            manifests.forEach(manifest -> System.out.print(manifest.toYaml()));
        } else {
            Rendering.write(manifests, directory);
            System.out.println(manifests.size() + " objects in " + directory);
        }
        return 0;
    }
}
