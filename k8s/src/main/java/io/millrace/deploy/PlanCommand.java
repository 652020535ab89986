package io.millrace.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "plan",
        description = "Say what would change against what was rendered before, and what the operator would do to each "
                + "job.")
final class PlanCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ENV", description = "dev, staging or production.")
    private String environment;

    @Option(
            names = "--against",
            required = true,
            paramLabel = "DIR",
            description = "What is applied: where ./millrace deploy render ENV --to DIR wrote it.")
    private Path directory;

    @Mixin
    private Selection selection;

    @Override
    public Integer call() {
        List<Manifest> after = selection.render(environment);
        List<String> lines = Difference.between(Rendering.read(directory), after);
        lines.forEach(System.out::println);
        if (lines.isEmpty()) {
            System.out.println("nothing changes");
        }
        List<Finding> findings = new ManifestCheck().check(after);
        findings.forEach(finding -> System.out.println("FAIL  " + finding));
        return findings.isEmpty() ? 0 : 1;
    }
}
