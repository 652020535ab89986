package io.millrace.local.workflow.rehearsal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.millrace.expressions.Expression;
import io.millrace.expressions.ExpressionException;
import io.millrace.local.topic.FieldLines;
import io.millrace.local.workflow.WorkflowException;
import io.millrace.logic.workflow.program.Program;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.wire.JsonProblems;
import io.millrace.schema.workflow.RunStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The tests of a workflow as somebody wrote them down, in YAML or JSON: a list of them, or one under {@code tests} and what
 * they have in common under {@code given}. docs/workflows.md has the fields.
 */
public final class RehearsalFile {
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());

    private static final String GIVEN = "given";
    private static final String TESTS = "tests";
    private static final String INPUT = "input";
    private static final String AGENTS = "agents";
    private static final String WORKFLOWS = "workflows";

    /**
     * What one test came to.
     *
     * @param differences what is not as expected; empty when all is
     * @param calls of agents
     * @param took in the time of the run
     */
    public record Result(String name, List<String> differences, int calls, Duration took) {}

    private RehearsalFile() {}

    /**
     * Plays all tests.
     *
     * @param name what messages call the text
     * @throws WorkflowException saying line and field of what is wrong with the tests
     */
    public static List<Result> play(Program program, String name, String text) {
        List<Result> results = new ArrayList<>();
        for (RehearsalCase test : read(name, text)) {
            Outcome outcome = Rehearsal.play(program, test);
            results.add(new Result(
                    test.name(),
                    test.expected().differences(outcome),
                    outcome.calls().size(),
                    outcome.took()));
        }
        return results;
    }

    static List<RehearsalCase> read(String name, String text) {
        JsonNode root;
        FieldLines lines;
        try (JsonParser parser = YAML.createParser(text)) {
            requireNoAlias(name, text);
            root = Objects.requireNonNullElse(YAML.readTree(text), MissingNode.getInstance());
            lines = new FieldLines(parser);
        } catch (JsonProcessingException e) {
            throw new WorkflowException(name + ":" + JsonProblems.located(e), e);
        } catch (IOException e) {
            throw new WorkflowException(name + ": " + e.getMessage(), e);
        }
        Field whole = new Field(new Field.Source(name, lines), "", root);
        boolean withCommon = root.isObject();
        Field tests = withCommon ? whole.at(TESTS) : whole;
        if (!tests.node().isArray() || tests.node().isEmpty()) {
            throw whole.wrong("", "must be a list of tests, or have one as " + TESTS);
        }
        if (withCommon) {
            whole.only(GIVEN, TESTS);
            Field given = whole.at(GIVEN);
            given.only(INPUT, AGENTS, WORKFLOWS);
            tests.node().forEach(test -> add(given.node(), test));
        }
        return tests.list(RehearsalFile::test);
    }

    /** The aliases of YAML: the reader takes them for texts. */
    private static void requireNoAlias(String name, String text) throws IOException {
        try (YAMLParser parser = ((YAMLFactory) YAML.getFactory()).createParser(text)) {
            while (parser.nextToken() != null) {
                if (parser.isCurrentAlias()) {
                    throw new WorkflowException(
                            name + ":" + parser.currentTokenLocation().getLineNr()
                                    + ": aliases (*) are not supported; what tests have in common goes under " + GIVEN);
                }
            }
        }
    }

    /** What is given to all tests is given to this one, where it does not say otherwise itself. */
    private static void add(JsonNode given, JsonNode test) {
        if (test instanceof ObjectNode fields) {
            given.properties().forEach(part -> {
                JsonNode own = fields.get(part.getKey());
                if (own == null) {
                    fields.set(part.getKey(), part.getValue());
                } else if (own instanceof ObjectNode object && part.getValue().isObject()) {
                    ObjectNode merged = part.getValue().deepCopy();
                    fields.set(part.getKey(), merged.setAll(object));
                }
            });
        }
    }

    private static RehearsalCase test(Field test) {
        test.only("name", INPUT, AGENTS, WORKFLOWS, "approval_required", "people", "signals", "expect");
        return new RehearsalCase(
                test.text("name", null),
                test.node().get(INPUT),
                replies(test.at(AGENTS)),
                replies(test.at(WORKFLOWS)),
                new LinkedHashSet<>(test.at("approval_required").texts()),
                test.at("people").list(RehearsalFile::decision),
                test.at("signals").list(RehearsalFile::signal),
                expectation(test.at("expect")));
    }

    private static Map<String, List<Reply>> replies(Field of) {
        Map<String, List<Reply>> replies = new LinkedHashMap<>();
        of.requireObject();
        of.node().properties().forEach(each -> {
            Field agent = of.at(each.getKey());
            replies.put(
                    each.getKey(),
                    agent.node().isArray() ? agent.list(RehearsalFile::reply) : List.of(Reply.always(agent.node())));
        });
        return replies;
    }

    private static Reply reply(Field reply) {
        reply.only("when", "output", "error", "message", "after", "times");
        JsonNode output = reply.node().get("output");
        String error = reply.text("error", "");
        if ((output == null) == error.isEmpty()) {
            throw reply.wrong("", "must have either output or error");
        }
        return new Reply(
                condition(reply),
                output,
                error.isEmpty() ? null : errorCode(reply, error),
                error.isEmpty() ? null : reply.text("message", error),
                reply.duration("after"),
                reply.number("times", Integer.MAX_VALUE));
    }

    private static Expression condition(Field reply) {
        String when = reply.text("when", "");
        if (when.isEmpty()) {
            return null;
        }
        String bare = when.strip();
        String source = bare.startsWith("${") && bare.endsWith("}") ? bare.substring(2, bare.length() - 1) : bare;
        try {
            return Expression.compile(source, Set.of());
        } catch (ExpressionException e) {
            throw reply.wrong("when", e.getMessage());
        }
    }

    private static AgentErrorCode errorCode(Field reply, String error) {
        for (AgentErrorCode code : AgentErrorCode.values()) {
            if (code.wireName().equals(error)) {
                return code;
            }
        }
        throw reply.wrong("error", "is \"" + error + "\"; docs/agents.md has the codes, such as agent_failed");
    }

    private static RehearsalCase.Decision decision(Field decision) {
        decision.only("step", "by", "choice", "comment", "data", "after");
        return new RehearsalCase.Decision(
                decision.node().has("step") ? decision.text("step", null) : null,
                decision.text("by", null),
                decision.text("choice", null),
                decision.node().has("comment") ? decision.text("comment", null) : null,
                decision.node().get("data"),
                decision.duration("after"));
    }

    private static RehearsalCase.Signal signal(Field signal) {
        signal.only("name", "data", "after");
        return new RehearsalCase.Signal(signal.text("name", null), signal.node().get("data"), signal.duration("after"));
    }

    private static Expectation expectation(Field expected) {
        expected.requireObject();
        expected.only("state", "output", "error", "calls", "asked");
        String error = expected.node().has("error") ? expected.text("error", null) : null;
        String state = expected.text("state", error == null ? "completed" : "failed");
        RunStatus status;
        try {
            status = RunStatus.valueOf(state.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw expected.wrong("state", "is \"" + state + "\", must be completed, failed or cancelled");
        }
        Map<String, JsonNode> asked = new LinkedHashMap<>();
        expected.at("asked").requireObject();
        expected.at("asked").node().properties().forEach(each -> asked.put(each.getKey(), each.getValue()));
        return new Expectation(
                status,
                expected.node().get("output"),
                error,
                expected.node().has("calls") ? expected.at("calls").texts() : null,
                asked);
    }
}
