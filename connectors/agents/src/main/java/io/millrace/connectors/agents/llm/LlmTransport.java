package io.millrace.connectors.agents.llm;

import com.azure.ai.openai.OpenAIAsyncClient;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.rest.RequestOptions;
import com.azure.core.http.rest.Response;
import com.azure.core.util.BinaryData;
import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.AgentTransport;
import io.millrace.connectors.agents.AnswerFuture;
import io.millrace.connectors.agents.CallHeaders;
import io.millrace.connectors.agents.RetryAfter;
import io.millrace.connectors.agents.Secrets;
import io.millrace.connectors.agents.SettingsCache;
import io.millrace.connectors.agents.TransportContext;
import io.millrace.connectors.agents.TransportSettings.Llm;
import io.millrace.connectors.agents.TransportSettings.LlmApi;
import io.millrace.connectors.agents.TransportSettings.LlmCredential;
import io.millrace.connectors.agents.http.Egress;
import io.millrace.connectors.agents.http.HttpCalls;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentErrorCode;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Models behind the API of Azure OpenAI or of OpenAI: chats that are answered in JSON, and embeddings. */
public final class LlmTransport implements AgentTransport {
    private static final HttpHeaderName AZURE_KEY = HttpHeaderName.fromString("api-key");

    private final SettingsCache<LlmAgent> agents = new SettingsCache<>(LlmAgent::read);
    private final Llm service;
    private final Secrets secrets;
    private final HttpCalls calls;
    private final OpenAIAsyncClient client;

    /** @throws IllegalStateException when there is no secret of the key's name */
    public LlmTransport(TransportContext context) {
        service = context.settings().llm();
        secrets = context.secrets();
        if (service.credential() == LlmCredential.KEY && secrets.find(service.keySecret()) == null) {
            throw new IllegalStateException(
                    "there is no secret \"" + service.keySecret() + "\", the LLM service's key");
        }
        calls = isConfigured() ? new HttpCalls("agents-llm", Egress.ANYWHERE) : null;
        client = isConfigured()
                ? LlmClients.make(service, calls, context.settings().userAgent())
                : null;
    }

    @Override
    public boolean isConfigured() {
        return service.endpoint() != null;
    }

    @Override
    public AnswerFuture call(AgentAttempt attempt) {
        return agents.call(attempt, agent -> call(attempt, agent));
    }

    private AnswerFuture call(AgentAttempt attempt, LlmAgent agent) {
        if (!isConfigured()) {
            return failed(AgentErrorCode.AGENT_FAILED, "the job's configuration names no LLM service");
        }
        String deployment = agent.deployment() == null ? service.deployment() : agent.deployment();
        if (deployment == null) {
            return failed(
                    AgentErrorCode.AGENT_FAILED,
                    "transport.deployment: missing, and the job's configuration names none");
        }
        boolean chat = agent.operation() == LlmAgent.Operation.CHAT;
        String body = chat ? LlmRequests.chat(attempt, agent) : LlmRequests.embeddings(attempt);
        if (body == null) {
            return failed(AgentErrorCode.AGENT_REJECTED, "input: must be a text or a list of texts");
        }
        RequestOptions options = options(attempt);
        if (options == null) {
            return failed(AgentErrorCode.UNAUTHORIZED, "there is no secret \"" + service.keySecret() + "\" any longer");
        }
        AnswerFuture answer = new AnswerFuture();
        options.setContext(LlmHttpClient.telling(answer::asked));
        BinaryData data = BinaryData.fromString(body);
        Mono<Response<BinaryData>> response = chat
                ? client.getChatCompletionsWithResponse(deployment, data, options)
                : client.getEmbeddingsWithResponse(deployment, data, options);
        answer.then(
                response.toFuture(),
                ok -> answer.complete(LlmResponses.answer(
                        ok.getValue().toBytes(),
                        agent.operation(),
                        RetryAfter.millis(
                                name -> Optional.ofNullable(ok.getHeaders().getValue(HttpHeaderName.fromString(name))),
                                System.currentTimeMillis()))),
                failure -> failure(answer, failure));
        return answer;
    }

    private static AnswerFuture failed(AgentErrorCode code, String message) {
        return AnswerFuture.of(AgentAnswer.failed(code, message));
    }

    /** Null when there is no key. */
    private RequestOptions options(AgentAttempt attempt) {
        RequestOptions options = new RequestOptions();
        CallHeaders.of(attempt, System.currentTimeMillis())
                .forEach((name, value) -> options.setHeader(HttpHeaderName.fromString(name), value));
        options.setHeader(HttpHeaderName.X_MS_CLIENT_REQUEST_ID, attempt.attemptId());
        if (service.credential() == LlmCredential.KEY) {
            String key = secrets.find(service.keySecret());
            if (key == null) {
                return null;
            }
            if (service.api() == LlmApi.AZURE) {
                options.setHeader(AZURE_KEY, key);
            } else {
                options.setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + key);
            }
        }
        return options;
    }

    private static AgentAnswer failure(AnswerFuture answer, Throwable failure) {
        if (failure instanceof HttpResponseException refused
                && refused.getResponse() instanceof LlmHttpResponse response) {
            return LlmResponses.refusal(response.reply());
        }
        if (failure instanceof ClientAuthenticationException) {
            // What the machine's own service says of it is not known here; it may have been busy.
            return AgentAnswer.retryable(AgentErrorCode.UNAUTHORIZED, "there is no token for the managed identity");
        }
        return answer.withoutReply(
                failure instanceof LlmHttpClient.BodyTooLargeException
                        ? AgentAnswer.tooLarge()
                        : HttpCalls.failure(failure));
    }

    @Override
    public void close() {
        if (calls != null) {
            calls.close();
        }
    }
}
