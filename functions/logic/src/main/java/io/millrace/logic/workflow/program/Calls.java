package io.millrace.logic.workflow.program;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.schema.workflow.ApprovalRequested;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Compiles the steps that reach out: to agents, to people, to other workflows. */
final class Calls {
    private static final int MAX_CHOICES = 10;
    private static final int MAX_NAME = 100;
    private static final int MAX_SIGNAL = 200;
    private static final Pattern AGENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern WORKFLOW = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern VERSION =
            Pattern.compile("[0-9]{1,9}\\.[0-9]{1,9}\\.[0-9]{1,9}(-[0-9A-Za-z.-]{1,50})?(\\+[0-9A-Za-z.-]{1,50})?");
    private static final int MAX_QUORUM = ApprovalRequested.MAX_APPROVERS;
    private static final List<String> CHOICES = List.of("approve", "reject");
    private static final Set<String> QUESTION = Set.of(
            "message", "choices", "approvers", "quorum", "expires_after", "on_expiry", "escalate_after", "escalate_to");

    private Calls() {}

    static Step call(Values values, StepHead head, JsonNode task, Set<String> variables)
            throws InvalidDefinitionException {
        String function = task.path("call").asText();
        JsonNode with = task.path("with");
        return switch (function) {
            case "agent" -> agent(values, head, with, variables);
            case "approval" -> new Step.Approval(head, question(values, head.pointer() + "/with", with, variables));
            default ->
                throw new InvalidDefinitionException(
                        head.pointer() + "/call",
                        "call \"" + function + "\" is not supported; there are the functions agent and approval");
        };
    }

    private static Step agent(Values values, StepHead head, JsonNode with, Set<String> variables)
            throws InvalidDefinitionException {
        String pointer = head.pointer() + "/with";
        Values.requireOnly(pointer, with, Set.of("agent", "input", "timeout"), "a call of an agent");
        String agent = values.text(pointer + "/agent", with.get("agent"));
        if (agent == null || !AGENT.matcher(agent).matches()) {
            // Whether it needs an approval is settled when a run begins.
            throw new InvalidDefinitionException(pointer + "/agent", "must be the name of an agent, as a plain text");
        }
        return new Step.Agent(
                head,
                agent,
                with.has("input") ? values.template(pointer + "/input", with.get("input"), variables) : null,
                with.has("timeout") ? values.period(pointer + "/timeout", with.get("timeout"), variables) : null);
    }

    private static Question question(Values values, String pointer, JsonNode with, Set<String> variables)
            throws InvalidDefinitionException {
        Values.requireOnly(pointer, with, QUESTION, "an approval");
        List<String> choices = with.has("choices") ? texts(pointer + "/choices", with.get("choices")) : CHOICES;
        if (choices.size() < 2 || choices.size() > MAX_CHOICES) {
            throw new InvalidDefinitionException(
                    pointer + "/choices", "must be 2 to " + MAX_CHOICES + " different texts");
        }
        int quorum = with.path("quorum").asInt(with.has("quorum") ? 0 : 1);
        if (quorum < 1 || quorum > MAX_QUORUM) {
            throw new InvalidDefinitionException(pointer + "/quorum", "must be from 1 to " + MAX_QUORUM);
        }
        String onExpiry = values.text(pointer + "/on_expiry", with.get("on_expiry"));
        if (onExpiry != null && !onExpiry.equals("fail") && !choices.contains(onExpiry)) {
            throw new InvalidDefinitionException(pointer + "/on_expiry", "must be fail, or one of the choices");
        }
        if (with.has("escalate_to") != with.has("escalate_after")) {
            throw new InvalidDefinitionException(
                    pointer, "escalate_to and escalate_after belong together: who decides as well, and after how long");
        }
        return new Question(
                values.template(pointer + "/message", with.get("message"), variables),
                choices,
                values.template(
                        pointer + "/approvers",
                        with.has("approvers") ? with.get("approvers") : Values.emptyList(),
                        variables),
                quorum,
                period(values, pointer, with, "expires_after", variables),
                "fail".equals(onExpiry) ? null : onExpiry,
                period(values, pointer, with, "escalate_after", variables),
                with.has("escalate_to")
                        ? values.template(pointer + "/escalate_to", with.get("escalate_to"), variables)
                        : null);
    }

    private static Period period(Values values, String pointer, JsonNode with, String member, Set<String> variables)
            throws InvalidDefinitionException {
        return with.has(member) ? values.period(pointer + "/" + member, with.get(member), variables) : null;
    }

    private static List<String> texts(String pointer, JsonNode list) throws InvalidDefinitionException {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : list) {
            boolean fits = each.isTextual()
                    && !each.textValue().isBlank()
                    && each.textValue().length() <= MAX_NAME
                    && !texts.contains(each.textValue());
            if (!fits) {
                throw new InvalidDefinitionException(
                        pointer, "must be different texts of at most " + MAX_NAME + " characters");
            }
            texts.add(each.textValue());
        }
        return List.copyOf(texts);
    }

    static Step run(Values values, StepHead head, JsonNode run, String namespace, Set<String> variables)
            throws InvalidDefinitionException {
        String pointer = head.pointer() + "/run";
        Values.requireOnly(pointer, run, Set.of("workflow", "await"), "run");
        JsonNode workflow = run.path("workflow");
        pointer += "/workflow";
        Values.requireOnly(pointer, workflow, Set.of("namespace", "name", "version", "input"), "a workflow to run");
        String version = values.text(pointer + "/version", workflow.get("version"));
        String name = values.text(pointer + "/name", workflow.get("name"));
        if (name == null || !WORKFLOW.matcher(name).matches()) {
            throw new InvalidDefinitionException(
                    pointer + "/name", "must be the name of a workflow: small letters, digits and '-'");
        }
        if (version != null
                && !version.equals("latest")
                && !VERSION.matcher(version).matches()) {
            throw new InvalidDefinitionException(
                    pointer + "/version", "must be a semantic version such as 1.0.0, or latest");
        }
        if (!workflow.path("namespace").asText(namespace).equals(namespace)) {
            throw new InvalidDefinitionException(
                    pointer + "/namespace",
                    "must be that of this document, " + namespace + ": names are a tenant's own");
        }
        return new Step.Run(
                head,
                name,
                "latest".equals(version) ? null : version,
                workflow.has("input") ? values.template(pointer + "/input", workflow.get("input"), variables) : null,
                run.path("await").asBoolean(true));
    }

    static Step listen(StepHead head, JsonNode listen) throws InvalidDefinitionException {
        String pointer = head.pointer() + "/listen";
        Values.requireOnly(pointer, listen, Set.of("to", "read"), "listen");
        if (!listen.path("read").asText("data").equals("data")) {
            throw new InvalidDefinitionException(pointer + "/read", "signals are read as data");
        }
        JsonNode to = listen.path("to");
        pointer += "/to";
        Values.requireOnly(pointer, to, Set.of("one", "any", "all"), "listen.to");
        if (to.size() != 1) {
            throw new InvalidDefinitionException(pointer, "must have one of one, any and all");
        }
        List<String> signals = new ArrayList<>();
        if (to.has("one")) {
            signals.add(signal(pointer + "/one", to.get("one")));
        } else {
            String member = to.has("any") ? "any" : "all";
            for (int i = 0; i < to.get(member).size(); i++) {
                signals.add(
                        signal(pointer + "/" + member + "/" + i, to.get(member).get(i)));
            }
        }
        if (signals.isEmpty() || Set.copyOf(signals).size() < signals.size()) {
            throw new InvalidDefinitionException(pointer, "must name at least one signal, and none twice");
        }
        return new Step.Listen(head, List.copyOf(signals), to.has("all"));
    }

    private static String signal(String pointer, JsonNode filter) throws InvalidDefinitionException {
        Values.requireOnly(pointer, filter, Set.of("with"), "a signal");
        Values.requireOnly(pointer + "/with", filter.path("with"), Set.of("type"), "a signal");
        String type = filter.at("/with/type").asText("");
        if (type.isBlank() || type.length() > MAX_SIGNAL || type.strip().startsWith("${")) {
            throw new InvalidDefinitionException(
                    pointer + "/with/type",
                    "must be the name of the signal, a plain text of at most " + MAX_SIGNAL + " characters");
        }
        return type;
    }
}
