package io.millrace.deploy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        description = {
            "Check what environments are given: strictly, against the schemas of Kubernetes and of the operators, and "
                    + "by rules.",
            "Exit status 1 when something is wrong. No cluster is asked."
        })
final class CheckCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "ENV", description = "Which one; default: each.")
    private String environment;

    @Mixin
    private Selection selection;

    @Override
    public Integer call() {
        ManifestCheck check = new ManifestCheck();
        List<String> environments = environment == null ? Selection.chart().environments() : List.of(environment);
        int wrong = 0;
        for (String one : environments) {
            List<Manifest> manifests = selection.render(one);
            List<Finding> findings = check.check(manifests);
            findings.forEach(finding -> System.out.println("FAIL  " + one + ": " + finding));
            if (findings.isEmpty()) {
                System.out.println("ok    " + one + ": " + manifests.size() + " objects, " + kinds(manifests));
            }
            wrong += findings.size();
        }
        return wrong == 0 ? 0 : 1;
    }

    private static String kinds(List<Manifest> manifests) {
        Map<String, Long> counts =
                manifests.stream().collect(Collectors.groupingBy(Manifest::kind, Collectors.counting()));
        return counts.size() + " kinds, " + counts.get("FlinkDeployment") + " jobs";
    }
}
