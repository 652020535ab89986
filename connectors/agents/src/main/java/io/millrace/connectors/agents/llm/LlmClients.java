package io.millrace.connectors.agents.llm;

import com.azure.ai.openai.OpenAIAsyncClient;
import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.policy.BearerTokenAuthenticationPolicy;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import io.millrace.connectors.agents.TransportSettings.Llm;
import io.millrace.connectors.agents.TransportSettings.LlmApi;
import io.millrace.connectors.agents.TransportSettings.LlmCredential;
import io.millrace.connectors.agents.http.HttpCalls;
import io.millrace.schema.agent.AgentOutcome;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes Azure's client. It has a pipeline of ours: without retries, which are the job's, and without a log, which might
 * show payloads. The client itself has two opinions that are not ours: it speaks OpenAI's form of the API to one
 * endpoint only, and it sends no credentials to this machine itself over http. So it is given an endpoint that it
 * likes, in place of which {@link LlmHttpClient} puts the one that is meant; that was checked when the settings were
 * made.
 */
final class LlmClients {
    private static final String OPENAI = "https://api.openai.com/v1";

    private static final String SCOPE = "https://cognitiveservices.azure.com/.default";
    /** Room for an output with all its characters escaped, and for what is around it. */
    private static final int MAX_RESPONSE_BYTES = 8 * AgentOutcome.MAX_OUTPUT_BYTES;

    private LlmClients() {}

    static OpenAIAsyncClient make(Llm service, HttpCalls calls, String userAgent) {
        String endpoint = service.endpoint().replaceAll("/+$", "");
        String meant = service.api() == LlmApi.OPENAI ? OPENAI : endpoint.replaceFirst("^http:", "https:");
        HttpClient client = new LlmHttpClient(
                calls,
                url -> url.startsWith(meant) ? endpoint + url.substring(meant.length()) : url,
                MAX_RESPONSE_BYTES);
        return new OpenAIClientBuilder()
                .endpoint(meant)
                .pipeline(pipeline(service, client, userAgent))
                .buildAsyncClient();
    }

    private static HttpPipeline pipeline(Llm service, HttpClient client, String userAgent) {
        List<HttpPipelinePolicy> policies = new ArrayList<>();
        policies.add((context, next) -> {
            context.getHttpRequest().setHeader(HttpHeaderName.USER_AGENT, userAgent);
            return next.process();
        });
        if (service.credential() == LlmCredential.MANAGED_IDENTITY) {
            TokenCredential identity = new ManagedIdentityCredentialBuilder()
                    .clientId(service.identityClientId())
                    .httpClient(client)
                    .build();
            policies.add(new BearerTokenAuthenticationPolicy(identity, SCOPE));
        }
        return new HttpPipelineBuilder()
                .policies(policies.toArray(HttpPipelinePolicy[]::new))
                .httpClient(client)
                .build();
    }
}
