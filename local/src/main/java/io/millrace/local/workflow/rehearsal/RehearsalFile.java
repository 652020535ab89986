package io.millrace.local.workflow.rehearsal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

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

    private final String name;
    private final FieldLines lines;

    /**
     * What one test came to.
     *
     * @param differences what is not as expected; empty when all is
     * @param calls of agents
     * @param took in the time of the run
     */
    public record Result(String name, List<String> differences, int calls, Duration took) {}

    private RehearsalFile(String name, FieldLines lines) {
        this.name = name;
        this.lines = lines;
    }

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
            root = YAML.readTree(text);
            lines = new FieldLines(parser);
        } catch (JsonProcessingException e) {
            throw new WorkflowException(name + ":" + JsonProblems.located(e), e);
        } catch (IOException e) {
            throw new WorkflowException(name + ": " + e.getMessage(), e);
        }
        RehearsalFile file = new RehearsalFile(name, lines);
        boolean withCommon = root != null && root.isObject();
        JsonNode tests = withCommon ? root.path(TESTS) : root;
        if (tests == null || !tests.isArray() || tests.isEmpty()) {
            throw file.wrong("", "must be a list of tests, or have one as " + TESTS);
        }
        if (withCommon) {
            Field whole = file.new Field("", root);
            whole.only(GIVEN, TESTS);
            Field given = whole.at(GIVEN);
            given.only(INPUT, AGENTS, WORKFLOWS);
            tests.forEach(test -> add(given.node(), test));
        }
        return file.list(tests, withCommon ? TESTS : "", file::test);
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

    private RehearsalCase test(Field test) {
        test.only("name", INPUT, AGENTS, WORKFLOWS, "approval_required", "people", "signals", "expect");
        return new RehearsalCase(
                test.text("name", null),
                test.node().get(INPUT),
                replies(test.at(AGENTS)),
                replies(test.at(WORKFLOWS)),
                words(test.at("approval_required")),
                list(test.at("people"), this::decision),
                list(test.at("signals"), this::signal),
                expectation(test.at("expect")));
    }

    private Map<String, List<Reply>> replies(Field of) {
        Map<String, List<Reply>> replies = new LinkedHashMap<>();
        of.requireObject();
        of.node().properties().forEach(each -> {
            Field agent = of.at(each.getKey());
            replies.put(
                    each.getKey(),
                    agent.node().isArray() ? list(agent, this::reply) : List.of(Reply.always(agent.node())));
        });
        return replies;
    }

    private Reply reply(Field reply) {
        reply.only("when", "output", "error", "message", "after", "times");
        JsonNode output = reply.node().get("output");
        String error = reply.text("error", "");
        if ((output == null) == error.isEmpty()) {
            throw wrong(reply.path(), "must have either output or error");
        }
        return new Reply(
                condition(reply),
                output,
                error.isEmpty() ? null : errorCode(reply, error),
                error.isEmpty() ? null : reply.text("message", error),
                reply.duration("after"),
                reply.number("times", Integer.MAX_VALUE));
    }

    private Expression condition(Field reply) {
        String when = reply.text("when", "");
        if (when.isEmpty()) {
            return null;
        }
        String bare = when.strip();
        String source = bare.startsWith("${") && bare.endsWith("}") ? bare.substring(2, bare.length() - 1) : bare;
        try {
            return Expression.compile(source, Set.of());
        } catch (ExpressionException e) {
            throw wrong(reply.path() + ".when", e.getMessage());
        }
    }

    private AgentErrorCode errorCode(Field reply, String error) {
        for (AgentErrorCode code : AgentErrorCode.values()) {
            if (code.wireName().equals(error)) {
                return code;
            }
        }
        throw wrong(
                reply.path() + ".error", "is \"" + error + "\"; docs/agents.md has the codes, such as agent_failed");
    }

    private RehearsalCase.Decision decision(Field decision) {
        decision.only("step", "by", "choice", "comment", "data", "after");
        return new RehearsalCase.Decision(
                decision.node().has("step") ? decision.text("step", null) : null,
                decision.text("by", null),
                decision.text("choice", null),
                decision.node().has("comment") ? decision.text("comment", null) : null,
                decision.node().get("data"),
                decision.duration("after"));
    }

    private RehearsalCase.Signal signal(Field signal) {
        signal.only("name", "data", "after");
        return new RehearsalCase.Signal(signal.text("name", null), signal.node().get("data"), signal.duration("after"));
    }

    private Expectation expectation(Field expected) {
        expected.requireObject();
        expected.only("state", "output", "error", "calls", "asked");
        String error = expected.node().has("error") ? expected.text("error", null) : null;
        String state = expected.text("state", error == null ? "completed" : "failed");
        RunStatus status;
        try {
            status = RunStatus.valueOf(state.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw wrong(expected.path() + ".state", "is \"" + state + "\", must be completed, failed or cancelled");
        }
        Map<String, JsonNode> asked = new LinkedHashMap<>();
        expected.at("asked").requireObject();
        expected.at("asked").node().properties().forEach(each -> asked.put(each.getKey(), each.getValue()));
        return new Expectation(
                status,
                expected.node().get("output"),
                error,
                expected.node().has("calls") ? List.copyOf(texts(expected.at("calls"))) : null,
                asked);
    }

    private Set<String> words(Field of) {
        return new LinkedHashSet<>(texts(of));
    }

    private List<String> texts(Field of) {
        return list(of, each -> {
            if (!each.node().isTextual()) {
                throw wrong(each.path(), "must be a text");
            }
            return each.node().asText();
        });
    }

    private <T> List<T> list(Field of, Function<Field, T> reader) {
        if (of.node().isMissingNode()) {
            return List.of();
        }
        if (!of.node().isArray()) {
            throw wrong(of.path(), "must be a list");
        }
        return list(of.node(), of.path(), reader);
    }

    private <T> List<T> list(JsonNode array, String path, Function<Field, T> reader) {
        List<T> read = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            read.add(reader.apply(new Field(path + "[" + i + "]", array.get(i))));
        }
        return read;
    }

    private WorkflowException wrong(String path, String problem) {
        return new WorkflowException(
                name + ":" + lines.of(path) + ": " + (path.isEmpty() ? "" : path + ": ") + problem);
    }

    /** A value, and where it is. */
    private final class Field {
        private final String path;
        private final JsonNode node;

        Field(String path, JsonNode node) {
            this.path = path;
            this.node = node;
        }

        String path() {
            return path;
        }

        JsonNode node() {
            return node;
        }

        Field at(String field) {
            return new Field(path(field), node.path(field));
        }

        private String path(String field) {
            return path.isEmpty() ? field : path + "." + field;
        }

        void requireObject() {
            if (!node.isMissingNode() && !node.isObject()) {
                throw wrong(path, "must have fields");
            }
        }

        /** Misspelt, what was meant would count nothing. */
        void only(String... fields) {
            requireObject();
            node.fieldNames().forEachRemaining(field -> {
                if (!Set.of(fields).contains(field)) {
                    throw wrong(path(field), "there is no such field; there are: " + String.join(", ", fields));
                }
            });
        }

        /** @param otherwise when it is missing; null when it must be there */
        String text(String field, String otherwise) {
            JsonNode value = node.path(field);
            if (value.isMissingNode() && otherwise != null) {
                return otherwise;
            }
            if (!value.isTextual() && !value.isNumber()) {
                throw wrong(path(field), value.isMissingNode() ? "missing" : "must be a text");
            }
            return value.asText();
        }

        int number(String field, int otherwise) {
            JsonNode value = node.path(field);
            if (!value.isMissingNode() && !(value.canConvertToInt() && value.asInt() > 0)) {
                throw wrong(path(field), "must be a number from 1");
            }
            return value.asInt(otherwise);
        }

        Duration duration(String field) {
            String value = text(field, "PT0S");
            try {
                Duration duration = Duration.parse(value);
                if (!duration.isNegative()) {
                    return duration;
                }
            } catch (DateTimeParseException e) {
                throw wrong(path(field), "is \"" + value + "\", must be a duration such as PT5M");
            }
            throw wrong(path(field), "must not be negative");
        }
    }
}
