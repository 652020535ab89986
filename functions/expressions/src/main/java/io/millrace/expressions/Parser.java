package io.millrace.expressions;

import com.fasterxml.jackson.databind.node.TextNode;
import io.millrace.expressions.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes a program of words: pipes, operators and definitions. Names are looked up as they are read. */
final class Parser {
    /** How tightly the operators bind; those of assignments and comparisons do not chain. */
    private static final int ALTERNATIVE = 1;

    private static final int ASSIGNMENT = 2;
    private static final int OR = 3;
    private static final int AND = 4;
    private static final int COMPARISON = 5;
    private static final int SUM = 6;
    private static final int PRODUCT = 7;

    private final Cursor cursor;
    private final Names names;
    private final Terms terms;

    /** @param globals the variables that are given from outside */
    Parser(Cursor cursor, Library library, Set<String> globals) {
        this.cursor = cursor;
        names = new Names(library, globals);
        terms = new Terms(cursor, this, names);
    }

    /** Those of the variables that are given from outside which the program uses. */
    Set<String> usedVariables() {
        return names.used();
    }

    /** A whole program. */
    Node program(Scope scope) throws ExpressionException {
        Node program = pipe(scope);
        if (cursor.peek().kind() != Kind.END) {
            throw cursor.unexpected("an operator or the end");
        }
        return program;
    }

    /** Definitions alone, each known to those after it. */
    void library(Library library) throws ExpressionException {
        while (cursor.peek().kind() != Kind.END) {
            cursor.expectWord("def");
            Definition definition = signature();
            library.add(definition);
            // It is found by its name, wherever it is called.
            define(definition, Scope.EMPTY);
        }
    }

    /** The loosest: what may stand in parentheses. */
    Node pipe(Scope scope) throws ExpressionException {
        cursor.enter();
        List<Node> parts = new ArrayList<>();
        do {
            parts.add(cursor.peek().isWord("def") ? definition(scope) : commas(scope));
        } while (cursor.takes("|"));
        cursor.leave();
        return piped(parts);
    }

    /** What may be the value of a field: pipes, but no commas. */
    Node fieldValue(Scope scope) throws ExpressionException {
        List<Node> parts = new ArrayList<>();
        do {
            parts.add(operators(scope, ALTERNATIVE));
        } while (cursor.takes("|"));
        return piped(parts);
    }

    private static Node piped(List<Node> parts) {
        Node pipe = parts.get(parts.size() - 1);
        for (int i = parts.size() - 2; i >= 0; i--) {
            pipe = new Flow.Pipe(parts.get(i), pipe);
        }
        return pipe;
    }

    private Node commas(Scope scope) throws ExpressionException {
        List<Node> parts = new ArrayList<>();
        do {
            parts.add(operators(scope, ALTERNATIVE));
        } while (cursor.takes(","));
        Node all = parts.get(parts.size() - 1);
        for (int i = parts.size() - 2; i >= 0; i--) {
            all = new Flow.Comma(parts.get(i), all);
        }
        return all;
    }

    /** {@code def name(parameters): body; rest} */
    Node definition(Scope scope) throws ExpressionException {
        Token at = cursor.take();
        Definition definition = signature();
        define(definition, scope.function(definition));
        return new Calls.Define(cursor.part(at), definition, pipe(scope.function(definition)));
    }

    private Definition signature() throws ExpressionException {
        String name = cursor.expect(Kind.WORD, "the name of a function").text();
        List<String> parameters = new ArrayList<>();
        if (cursor.takes("(")) {
            do {
                Token parameter = cursor.take();
                if (parameter.kind() != Kind.WORD && parameter.kind() != Kind.VARIABLE) {
                    throw Cursor.problem(parameter, "expected a parameter but found " + parameter.describe());
                }
                parameters.add((parameter.kind() == Kind.VARIABLE ? "$" : "") + parameter.text());
            } while (cursor.takes(";"));
            cursor.expect(")");
        }
        cursor.expect(":");
        return new Definition(name, parameters);
    }

    private void define(Definition definition, Scope around) throws ExpressionException {
        Scope scope = around;
        for (String parameter : definition.parameters()) {
            scope = scope.argument(parameter.startsWith("$") ? parameter.substring(1) : parameter);
        }
        List<Node> values = new ArrayList<>();
        for (String parameter : definition.parameters()) {
            if (parameter.startsWith("$")) {
                String variable = parameter.substring(1);
                values.add(new Calls.Argument(0, scope.find(Scope.Kind.ARGUMENT, variable)));
                scope = scope.variable(variable);
            }
        }
        Node body = pipe(scope);
        cursor.expect(";");
        definition.define(Patterns.bind(values, body));
    }

    private Node operators(Scope scope, int loosest) throws ExpressionException {
        cursor.enter();
        Node left = cursor.peek().is("-") ? negation(scope) : terms.postfix(scope, true);
        int nonAssociative = 0;
        while (true) {
            Token operator = cursor.peek();
            int level = level(operator);
            if (level < loosest || level == 0) {
                break;
            }
            if (level == nonAssociative) {
                throw Cursor.problem(operator, operator.text() + " can't follow another without parentheses");
            }
            nonAssociative = level == COMPARISON || level == ASSIGNMENT ? level : 0;
            cursor.take();
            // Only // groups from the right.
            Node right = operators(scope, level == ALTERNATIVE ? level : level + 1);
            left = binary(operator, left, right);
        }
        cursor.leave();
        return left;
    }

    private Node negation(Scope scope) throws ExpressionException {
        Token at = cursor.take();
        Node of = operators(scope, PRODUCT);
        return new Makers.Call(
                cursor.part(at), (input, arguments, meter) -> Arithmetic.negate(arguments[0]), List.of(of));
    }

    private static int level(Token token) {
        if (token.kind() == Kind.WORD) {
            return token.text().equals("or") ? OR : token.text().equals("and") ? AND : 0;
        }
        if (token.kind() != Kind.SIGN) {
            return 0;
        }
        return switch (token.text()) {
            case "//" -> ALTERNATIVE;
            case "=", "|=", "+=", "-=", "*=", "/=", "%=", "//=" -> ASSIGNMENT;
            case "==", "!=", "<", "<=", ">", ">=" -> COMPARISON;
            case "+", "-" -> SUM;
            case "*", "/", "%" -> PRODUCT;
            default -> 0;
        };
    }

    private Node binary(Token operator, Node left, Node right) throws ExpressionException {
        int position = cursor.part(operator);
        String sign = operator.text();
        return switch (level(operator)) {
            case ALTERNATIVE -> new Flow.Alternative(position, left, right);
            case OR -> new Flow.Junction(position, left, right, true);
            case AND -> new Flow.Junction(position, left, right, false);
            case ASSIGNMENT ->
                sign.equals("|=") ? new Update(position, left, right) : names.assignment(position, sign, left, right);
            default -> new Makers.Call(position, Operator.of(sign).function(), List.of(left, right));
        };
    }

    /** A field's name, as a part. */
    static Node name(Token token) {
        return new Leaves.Literal(token.position(), TextNode.valueOf(token.text()));
    }
}
