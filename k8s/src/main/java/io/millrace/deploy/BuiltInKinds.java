package io.millrace.deploy;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Kubernetes' own kinds, by the models that its client has of them: unknown fields and missing ones fail. */
final class BuiltInKinds {

    @FunctionalInterface
    private interface Model {
        void validate(JsonElement element) throws IOException;
    }

    private static final Map<String, Model> MODELS = Map.of(
            "v1/ConfigMap", V1ConfigMap::validateJsonElement,
            "v1/ServiceAccount", V1ServiceAccount::validateJsonElement,
            "rbac.authorization.k8s.io/v1/Role", V1Role::validateJsonElement,
            "rbac.authorization.k8s.io/v1/RoleBinding", V1RoleBinding::validateJsonElement,
            "policy/v1/PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
            "networking.k8s.io/v1/NetworkPolicy", V1NetworkPolicy::validateJsonElement);

    private BuiltInKinds() {}

    static boolean know(Manifest manifest) {
        return MODELS.containsKey(key(manifest));
    }

    static List<Finding> check(Manifest manifest) {
        return check(manifest, MODELS.get(key(manifest)), manifest.body().toString());
    }

    /** The metadata of any object, which custom resource definitions say nothing of. */
    static List<Finding> checkMetadata(Manifest manifest) {
        return check(
                manifest,
                V1ObjectMeta::validateJsonElement,
                manifest.body().path("metadata").toString());
    }

    private static List<Finding> check(Manifest manifest, Model model, String json) {
        try {
            model.validate(JsonParser.parseString(json));
            return List.of();
        } catch (IllegalArgumentException | IOException e) {
            return List.of(new Finding(manifest.id(), e.getMessage()));
        }
    }

    private static String key(Manifest manifest) {
        return manifest.apiVersion() + "/" + manifest.kind();
    }
}
