package io.millrace.logic.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.logic.workflow.program.DataRule;
import io.millrace.logic.workflow.program.Formula;
import io.millrace.logic.workflow.program.FormulaException;
import io.millrace.logic.workflow.program.Period;
import io.millrace.logic.workflow.program.Scope;
import io.millrace.logic.workflow.program.Step;
import io.millrace.logic.workflow.program.Template;
import java.time.Instant;

/** Evaluates what stands in a definition, for one step of a run. */
final class Evaluation {
    private static final ObjectNode RUNTIME =
            Json.MAKE.objectNode().put("name", "millrace").put("version", "0.1.0");

    /** So many steps of an expression count as much as a step of the run. */
    private static final int EVALUATED_IN_A_STEP = 500;

    /** So many characters that are checked by a schema count as much as a step of the run. */
    private static final int CHECKED_IN_A_STEP = 100;

    private final Turn turn;
    private final Frame frame;
    /** The innermost frame whose variables can be seen; null when there is none. */
    private final Frame inner;
    /** Null until the step has one. */
    private JsonNode output;

    private Evaluation(Turn turn, Frame frame, Frame inner) {
        this.turn = turn;
        this.frame = frame;
        this.inner = inner;
    }

    /** What the step says about itself. */
    static Evaluation of(Turn turn, Frame frame) {
        return new Evaluation(turn, frame, turn.parent(frame));
    }

    /** What the step says about what is inside of it: its own variables are there. */
    static Evaluation inside(Turn turn, Frame frame) {
        return new Evaluation(turn, frame, frame);
    }

    Evaluation withOutput(JsonNode value) {
        output = value;
        return this;
    }

    /** @param template null for the value itself */
    JsonNode fill(Template template, JsonNode value) throws StepFailure {
        if (template == null) {
            return value;
        }
        return turn.admit(evaluate(() -> template.fill(value, scope())));
    }

    /** Whether a condition holds: like jq, everything holds but false and null. */
    boolean holds(Formula condition, JsonNode value) throws StepFailure {
        JsonNode result = evaluate(() -> condition.evaluate(value, scope()));
        return !result.isNull() && !(result.isBoolean() && !result.booleanValue());
    }

    /** Nothing, or at least {@link Turn#LEAST_MILLIS}. */
    long millis(Period period, JsonNode value) throws StepFailure {
        long millis = evaluate(() -> period.millis(value, scope()));
        return millis == 0 ? 0 : Math.max(Turn.LEAST_MILLIS, millis);
    }

    /** @param what for the message */
    void check(DataRule rule, JsonNode value, String what) throws StepFailure {
        if (rule.hasSchema()) {
            String text = Json.write(value);
            turn.work += 1 + text.length() / CHECKED_IN_A_STEP;
            String problem = rule.schema().problem(text);
            if (problem != null) {
                throw StepFailure.of(ErrorKind.VALIDATION, what + " does not fit its schema: " + problem);
            }
        }
    }

    /** Evaluates something. */
    @FunctionalInterface
    private interface Evaluated<T> {
        T get() throws FormulaException;
    }

    /** Whatever an expression throws, it fails the step and not the job. */
    private static <T> T evaluate(Evaluated<T> evaluated) throws StepFailure {
        try {
            return evaluated.get();
        } catch (FormulaException e) {
            throw StepFailure.of(ErrorKind.EXPRESSION, e.getMessage());
        } catch (StackOverflowError e) {
            throw StepFailure.of(ErrorKind.EXPRESSION, "the expression is nested too deeply");
        } catch (RuntimeException e) {
            throw StepFailure.of(ErrorKind.EXPRESSION, "the expression fails: " + e);
        }
    }

    private Scope scope() {
        return new Scope() {
            @Override
            public JsonNode variable(String name) {
                return Evaluation.this.variable(name);
            }

            @Override
            public void spent(long steps) {
                turn.work += steps / EVALUATED_IN_A_STEP;
            }
        };
    }

    private JsonNode variable(String name) {
        return switch (name) {
            case "context" -> turn.run.context;
            case "input" -> frame.data == null ? frame.raw : frame.data;
            case "output" -> output;
            case "task" -> task();
            case "workflow" -> workflow();
            case "runtime" -> RUNTIME;
            default -> around(name);
        };
    }

    private JsonNode around(String name) {
        for (Frame each = inner; each != null; each = turn.parent(each)) {
            Step step = turn.step(each);
            if (step instanceof Step.For loop && each.items != null && each.index < each.items.size()) {
                if (name.equals(loop.each())) {
                    return each.items.get(each.index);
                }
                if (name.equals(loop.at())) {
                    return Json.MAKE.numberNode(each.index);
                }
            }
            if (step instanceof Step.Try attempt
                    && each.error != null
                    && name.equals(attempt.handler().as())) {
                return each.error;
            }
        }
        return null;
    }

    private JsonNode task() {
        ObjectNode task = Json.MAKE.objectNode();
        task.put("name", turn.step(frame).head().name());
        task.put("reference", frame.pointer);
        task.set("definition", turn.step(frame).head().definition());
        task.set("input", frame.raw);
        if (frame.phase == Phase.DONE) {
            task.set("output", frame.result);
        }
        task.set("startedAt", time(frame.startedAt));
        return task;
    }

    private JsonNode workflow() {
        ObjectNode workflow = Json.MAKE.objectNode();
        workflow.put("id", turn.run.origin.runId());
        workflow.set("definition", turn.program.document());
        workflow.set("input", turn.run.input);
        workflow.set("startedAt", time(turn.run.startedAt));
        return workflow;
    }

    private static JsonNode time(long millis) {
        ObjectNode time = Json.MAKE.objectNode();
        time.put("iso8601", Instant.ofEpochMilli(millis).toString());
        time.set("epoch", Json.MAKE.objectNode().put("seconds", millis / 1_000).put("milliseconds", millis));
        return time;
    }
}
