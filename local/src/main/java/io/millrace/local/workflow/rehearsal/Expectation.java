package io.millrace.local.workflow.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.schema.workflow.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is expected of a run. Of objects only the fields that are named count, in lists all entries.
 *
 * @param output null for any
 * @param error a part of the error's type, title or detail; null for any
 * @param calls the agents that are called, in their order; null for any
 * @param asked what agents are asked, the last time; empty for anything
 */
record Expectation(RunStatus state, JsonNode output, String error, List<String> calls, Map<String, JsonNode> asked) {

    /** What is otherwise, a line for each; empty when all is as expected. */
    List<String> differences(Outcome outcome) {
        List<String> differences = new ArrayList<>();
        if (outcome.stuck() != null) {
            differences.add(outcome.stuck());
        }
        if (outcome.state() != state && outcome.stuck() == null) {
            differences.add("state: is " + word(outcome.state()) + ", expected " + word(state)
                    + (outcome.error() == null ? "" : "; " + text(outcome)));
        }
        if (output != null && outcome.state() == RunStatus.COMPLETED) {
            compare("output", outcome.output(), output, differences);
        }
        if (error != null && (outcome.error() == null || !text(outcome).contains(error))) {
            differences.add("error: is " + (outcome.error() == null ? "none" : text(outcome)) + ", expected one with \""
                    + error + "\"");
        }
        List<String> called = outcome.calls().stream().map(Outcome.Call::agent).toList();
        if (calls != null && !called.equals(calls)) {
            differences.add("calls: are " + called + ", expected " + calls);
        }
        asked.forEach((agent, input) -> outcome.calls().stream()
                .filter(call -> call.agent().equals(agent))
                .reduce((first, second) -> second)
                .ifPresentOrElse(
                        call -> compare("asked." + agent, call.input(), input, differences),
                        () -> differences.add("asked." + agent + ": it was not called; called were " + called)));
        return differences;
    }

    private static String word(RunStatus state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static String text(Outcome outcome) {
        return List.of(
                        String.valueOf(outcome.error().type()),
                        String.valueOf(outcome.error().title()),
                        String.valueOf(outcome.error().detail()))
                .stream()
                .filter(part -> !part.equals("null"))
                .collect(Collectors.joining(", "));
    }

    private static void compare(String place, JsonNode is, JsonNode expected, List<String> differences) {
        if (expected.isObject() && is != null && is.isObject()) {
            expected.properties()
                    .forEach(field -> compare(
                            place + "." + field.getKey(), is.get(field.getKey()), field.getValue(), differences));
        } else if (expected.isArray() && is != null && is.isArray() && is.size() == expected.size()) {
            for (int i = 0; i < expected.size(); i++) {
                compare(place + "[" + i + "]", is.get(i), expected.get(i), differences);
            }
        } else if (!same(is, expected)) {
            differences.add(place + ": is " + (is == null ? "missing" : is) + ", expected " + expected);
        }
    }

    /** A number is one however it is written. */
    private static boolean same(JsonNode is, JsonNode expected) {
        if (is != null && is.isNumber() && expected.isNumber()) {
            return is.decimalValue().compareTo(expected.decimalValue()) == 0;
        }
        return expected.equals(is);
    }
}
