package io.millrace.gateway.flag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.openfeature.contrib.providers.ofrep.OfrepProvider;
import dev.openfeature.contrib.providers.ofrep.OfrepProviderOptions;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Value;
import io.millrace.testing.Await;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenFeature's client for Java, with its provider of OFREP, asks a gateway on a real broker. */
class OpenFeatureITCase {
    private static final EvaluationContext ANN = new ImmutableContext("ann");
    private static final EvaluationContext GOLD = new ImmutableContext("ann", Map.of("plan", new Value("gold")));

    @TempDir
    Path directory;

    @Test
    void aFlagThatChangesOnTheTopicChangesForTheClient() throws Exception {
        OpenFeatureAPI openFeature = OpenFeatureAPI.getInstance();
        try (FlagGateway gateway = new FlagGateway(directory)) {
            gateway.publish(
                    "disabled", "{\"state\":\"DISABLED\",\"variants\":{\"on\":true},\"defaultVariant\":\"on\"}");
            gateway.publish("checkout", 0);
            openFeature.setProviderAndWait(OfrepProvider.constructProvider(
                    OfrepProviderOptions.builder().baseUrl(gateway.url()).build()));
            Client client = openFeature.getClient();

            Await.until(
                    "the flag is served",
                    () -> client.getBooleanDetails("checkout", true, ANN).getErrorCode() == null);
            FlagEvaluationDetails<Boolean> before = client.getBooleanDetails("checkout", true, ANN);
            assertThat(before.getValue()).isFalse();
            assertThat(before.getVariant()).isEqualTo("off");
            assertThat(before.getReason()).isEqualTo("TARGETING_MATCH");
            assertThat(before.getFlagMetadata().getInteger("millrace_revision")).isZero();
            assertThat(client.getBooleanValue("checkout", false, GOLD)).isTrue();

            gateway.publish("checkout", 100);
            Await.until("the change is served", () -> client.getBooleanValue("checkout", false, ANN));

            // Without a value a caller's own default holds.
            assertThat(client.getBooleanValue("disabled", false, ANN)).isFalse();
            assertThat(client.getBooleanValue("disabled", true, ANN)).isTrue();

            Await.until(
                    "it is known which flags there are",
                    () -> client.getBooleanDetails("other", true, ANN).getErrorCode() == ErrorCode.FLAG_NOT_FOUND);
            FlagEvaluationDetails<Boolean> none = client.getBooleanDetails("other", true, ANN);
            assertThat(none.getErrorCode()).as(none.getErrorMessage()).isEqualTo(ErrorCode.FLAG_NOT_FOUND);
            assertThat(none.getValue()).isTrue();
        } finally {
            openFeature.shutdown();
        }
    }
}
