package io.millrace.logic.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.millrace.logic.workflow.program.Formula;
import io.millrace.logic.workflow.program.FormulaException;
import io.millrace.logic.workflow.program.Formulas;
import io.millrace.logic.workflow.program.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of jq as the tests of runs need: paths, variables, literals, lists, {@code + - == != < <= > >= and or},
 * {@code range(n)} as a list, {@code error} and {@code overflow}. It reads from left to right, without precedence.
 */
final class TinyFormulas implements Formulas {
    private static final Pattern TOKENS =
            Pattern.compile("\\s*(\\$?[a-z_]\\w*|-?\\d+|\"[^\"]*\"|==|!=|<=|>=|[-+<>.\\[\\](),])");

    @Override
    public Formula compile(String source, Set<String> variables) throws FormulaException {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKENS.matcher(source);
        int end = 0;
        while (matcher.lookingAt()) {
            tokens.add(matcher.group(1));
            end = matcher.end();
            matcher.region(end, source.length());
        }
        if (end < source.length()) {
            throw new FormulaException("what is \"" + source.substring(end) + "\"?");
        }
        for (String token : tokens) {
            if (token.startsWith("$") && !variables.contains(token.substring(1))) {
                throw new FormulaException("there is no variable " + token);
            }
        }
        return (input, scope) -> new Reading(tokens, input, scope).all();
    }

    private static final class Reading {
        private final List<String> tokens;
        private final JsonNode input;
        private final Scope scope;
        private int next;

        Reading(List<String> tokens, JsonNode input, Scope scope) {
            this.tokens = tokens;
            this.input = input;
            this.scope = scope;
        }

        private String peek() {
            return next < tokens.size() ? tokens.get(next) : "";
        }

        JsonNode all() throws FormulaException {
            JsonNode left = term();
            while (next < tokens.size() && !")],".contains(peek())) {
                String operator = tokens.get(next++);
                left = apply(left, operator, term());
            }
            return left;
        }

        private JsonNode term() throws FormulaException {
            String token = tokens.get(next++);
            JsonNode value = first(token);
            while (peek().equals(".") && next + 1 < tokens.size()) {
                next++;
                value = member(value, tokens.get(next++));
            }
            return value;
        }

        private JsonNode first(String token) throws FormulaException {
            if (token.equals(".")) {
                return peek().matches("[a-z_]\\w*") && !peek().matches("and|or")
                        ? member(input, tokens.get(next++))
                        : input;
            }
            if (token.startsWith("$")) {
                return scope.variable(token.substring(1));
            }
            if (token.startsWith("\"")) {
                return TextNode.valueOf(token.substring(1, token.length() - 1));
            }
            return switch (token) {
                case "true" -> BooleanNode.TRUE;
                case "false" -> BooleanNode.FALSE;
                case "null" -> NullNode.instance;
                case "error" -> throw new FormulaException("it says error");
                case "overflow" -> throw new StackOverflowError();
                case "bug" -> throw new IllegalStateException("a bug");
                case "range" -> range();
                case "[" -> list();
                case "(" -> {
                    JsonNode inside = all();
                    next++;
                    yield inside;
                }
                default -> IntNode.valueOf(Integer.parseInt(token));
            };
        }

        private JsonNode range() throws FormulaException {
            next++;
            int end = all().asInt();
            next++;
            ArrayNode list = Json.MAKE.arrayNode();
            for (int i = 0; i < end; i++) {
                list.add(i);
            }
            return list;
        }

        private JsonNode list() throws FormulaException {
            ArrayNode list = Json.MAKE.arrayNode();
            while (!peek().equals("]")) {
                list.add(all());
                if (peek().equals(",")) {
                    next++;
                }
            }
            next++;
            return list;
        }

        private static JsonNode member(JsonNode value, String name) throws FormulaException {
            if (value.isNull()) {
                return value;
            }
            if (!value.isObject()) {
                throw new FormulaException("no member " + name + " of " + value);
            }
            JsonNode member = value.get(name);
            return member == null ? NullNode.instance : member;
        }

        private static boolean holds(JsonNode value) {
            return !value.isNull() && !(value.isBoolean() && !value.booleanValue());
        }

        private static JsonNode apply(JsonNode left, String operator, JsonNode right) throws FormulaException {
            return switch (operator) {
                case "+" -> plus(left, right);
                case "-" -> IntNode.valueOf(left.asInt() - right.asInt());
                case "==" -> BooleanNode.valueOf(left.equals(right));
                case "!=" -> BooleanNode.valueOf(!left.equals(right));
                case "<" -> BooleanNode.valueOf(left.asInt() < right.asInt());
                case "<=" -> BooleanNode.valueOf(left.asInt() <= right.asInt());
                case ">" -> BooleanNode.valueOf(left.asInt() > right.asInt());
                case ">=" -> BooleanNode.valueOf(left.asInt() >= right.asInt());
                case "and" -> BooleanNode.valueOf(holds(left) && holds(right));
                case "or" -> BooleanNode.valueOf(holds(left) || holds(right));
                default -> throw new FormulaException("what is " + operator + "?");
            };
        }

        private static JsonNode plus(JsonNode left, JsonNode right) throws FormulaException {
            if (left.isNull()) {
                return right;
            }
            if (left.isInt() && right.isInt()) {
                return IntNode.valueOf(left.intValue() + right.intValue());
            }
            if (left.isTextual() && right.isTextual()) {
                return TextNode.valueOf(left.textValue() + right.textValue());
            }
            if (left instanceof ArrayNode list && right.isArray()) {
                return list.deepCopy().addAll((ArrayNode) right);
            }
            if (left instanceof ObjectNode object && right.isObject()) {
                return object.deepCopy().setAll((ObjectNode) right);
            }
            throw new FormulaException(left + " and " + right + " can't be added");
        }
    }
}
