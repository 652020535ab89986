package io.millrace.jobs.agents.trace;

import io.millrace.connectors.agents.TransportSettings.Llm;
import io.millrace.connectors.agents.TransportSettings.LlmApi;
import io.millrace.connectors.agents.llm.LlmAgent;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.wire.RejectedEventException;
import io.opentelemetry.api.trace.SpanKind;

/**
 * What an attempt asks for, in the words of OpenTelemetry's semantic conventions for generative AI.
 *
 * @param name {@code gen_ai.operation.name}
 * @param model who is asked, {@code gen_ai.request.model}; may be null
 * @param provider {@code gen_ai.provider.name}; null when that is not a model's
 */
record Operation(String name, String model, String provider, SpanKind kind) {
    static final String INVOKE_AGENT = "invoke_agent";

    static Operation of(AgentAttempt attempt, Llm service) {
        return switch (attempt.transport().kind()) {
            case "llm" -> llm(attempt, service);
            case "in-process" -> new Operation(INVOKE_AGENT, attempt.model(), null, SpanKind.INTERNAL);
            default -> new Operation(INVOKE_AGENT, attempt.model(), null, SpanKind.CLIENT);
        };
    }

    private static Operation llm(AgentAttempt attempt, Llm service) {
        String name = "chat";
        String deployment = service.deployment();
        try {
            LlmAgent agent = LlmAgent.read(attempt.transport().settings());
            name = agent.operation() == LlmAgent.Operation.EMBEDDINGS ? "embeddings" : name;
            deployment = agent.deployment() == null ? deployment : agent.deployment();
        } catch (RejectedEventException e) {
            // The transport answers that its settings are wrong; the span tells the code of that answer.
            deployment = null;
        }
        String model = attempt.model() == null ? deployment : attempt.model();
        String provider = service.api() == LlmApi.AZURE ? "azure.ai.openai" : "openai";
        return new Operation(name, model, provider, SpanKind.CLIENT);
    }

    String spanName(String agent) {
        return name + " " + (name.equals(INVOKE_AGENT) || model == null ? agent : model);
    }
}
