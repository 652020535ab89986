package io.millrace.deploy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All that is asked of manifests before a cluster sees them. */
public final class ManifestCheck {
    private final StrictSchemas schemas = new StrictSchemas();

    /** @return in the order of the manifests; empty when nothing is wrong */
    public List<Finding> check(List<Manifest> manifests) {
        List<Finding> findings = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Manifest manifest : manifests) {
            if (!seen.add(manifest.id())) {
                findings.add(new Finding(manifest.id(), "is there twice"));
            }
            findings.addAll(schema(manifest));
            findings.addAll(HouseRules.check(manifest));
            findings.addAll(OperatorRules.check(manifest));
            findings.addAll(FlinkKeys.check(manifest));
        }
        return findings;
    }

    private List<Finding> schema(Manifest manifest) {
        if (BuiltInKinds.know(manifest)) {
            return BuiltInKinds.check(manifest);
        }
        if (!schemas.know(manifest)) {
            return List.of(new Finding(
                    manifest.id(), manifest.apiVersion() + "/" + manifest.kind() + " is no kind with a schema here"));
        }
        List<Finding> findings = new ArrayList<>(BuiltInKinds.checkMetadata(manifest));
        findings.addAll(schemas.check(manifest));
        return findings;
    }
}
