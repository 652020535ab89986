package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.millrace.expressions.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What operators stand between: paths, literals, calls, and what begins with a keyword. */
final class Terms {
    private static final Set<String> KEYWORDS = Set.of(
            "if", "then", "elif", "else", "end", "reduce", "foreach", "as", "def", "and", "or", "try", "catch", "label",
            "import", "include", "__loc__");

    private final Cursor cursor;
    private final Parser parser;
    private final Names names;
    private final Patterns patterns;
    private final Clauses clauses;

    Terms(Cursor cursor, Parser parser, Names names) {
        this.cursor = cursor;
        this.parser = parser;
        this.names = names;
        patterns = new Patterns(cursor, parser, this);
        clauses = new Clauses(cursor, parser, this, patterns);
    }

    /** @param binds whether {@code as} and what comes after it belongs to it */
    Node postfix(Scope scope, boolean binds) throws ExpressionException {
        Node term = primary(scope);
        while (true) {
            Token next = cursor.peek();
            if (next.kind() == Kind.FIELD) {
                cursor.take();
                term = new Walks.Index(cursor.part(next), term, Parser.name(next));
            } else if (next.is(".") && cursor.peekAfter().kind() == Kind.QUOTE_OPEN) {
                cursor.take();
                term = new Walks.Index(cursor.part(next), term, quoted(scope, Formats.TEXT));
            } else if (next.is(".") && cursor.peekAfter().is("[")) {
                cursor.take();
            } else if (next.is("[")) {
                term = brackets(term, scope);
            } else if (cursor.takesQuestionMark()) {
                term = Escapes.Try.orHandle(cursor.part(next), term, null);
            } else if (binds && next.isWord("as")) {
                cursor.take();
                return patterns.binding(next, term, scope);
            } else {
                return term;
            }
        }
    }

    /** {@code [] [key] [from:to]} after what they are taken of. */
    private Node brackets(Node of, Scope scope) throws ExpressionException {
        Token at = cursor.take();
        int position = cursor.part(at);
        if (cursor.takes("]")) {
            return new Walks.Iterate(position, of);
        }
        Node none = new Leaves.Literal(position, Values.NULL);
        Node from = none;
        if (!cursor.peek().is(":")) {
            from = parser.pipe(scope);
            if (cursor.takes("]")) {
                return new Walks.Index(position, of, from);
            }
        }
        cursor.expect(":");
        Node to = cursor.peek().is("]") && from != none ? none : parser.pipe(scope);
        cursor.expect("]");
        return new Walks.Index(
                position, of, new Makers.ObjectOf(position, List.of(text("start"), from, text("end"), to)));
    }

    private static Node text(String text) {
        return new Leaves.Literal(0, TextNode.valueOf(text));
    }

    private Node primary(Scope scope) throws ExpressionException {
        Token token = cursor.peek();
        int position = cursor.part(token);
        switch (token.kind()) {
            case NUMBER:
                cursor.take();
                return new Leaves.Literal(position, Numbers.of(Double.parseDouble(token.text())));
            case QUOTE_OPEN:
                return quoted(scope, Formats.TEXT);
            case FORMAT:
                return format(scope);
            case FIELD:
                cursor.take();
                return new Walks.Index(position, new Leaves.Identity(position), Parser.name(token));
            case VARIABLE:
                cursor.take();
                return variable(token, scope);
            case WORD:
                return word(token, scope);
            case SIGN:
                return sign(token, scope);
            default:
                throw cursor.unexpected("an expression");
        }
    }

    private Node sign(Token token, Scope scope) throws ExpressionException {
        int position = token.position();
        switch (token.text()) {
            case ".":
                cursor.take();
                Node input = new Leaves.Identity(position);
                return cursor.peek().kind() == Kind.QUOTE_OPEN
                        ? new Walks.Index(position, input, quoted(scope, Formats.TEXT))
                        : input;
            case "..":
                cursor.take();
                return names.call(token, "recurse", List.of(), scope);
            case "(":
                cursor.take();
                Node inner = parser.pipe(scope);
                cursor.expect(")");
                return inner;
            case "[":
                cursor.take();
                if (cursor.takes("]")) {
                    return new Leaves.Literal(position, Values.array());
                }
                Node items = parser.pipe(scope);
                cursor.expect("]");
                return new Makers.ArrayOf(position, items);
            case "{":
                return object(scope);
            default:
                throw cursor.unexpected("an expression");
        }
    }

    private Node object(Scope scope) throws ExpressionException {
        Token at = cursor.take();
        List<Node> keysAndValues = new ArrayList<>();
        if (!cursor.takes("}")) {
            do {
                if (cursor.peek().is("}")) {
                    // jq 1.7 takes a comma after the last one.
                    break;
                }
                field(keysAndValues, scope);
            } while (cursor.takes(","));
            cursor.expect("}");
        }
        return new Makers.ObjectOf(cursor.part(at), keysAndValues);
    }

    private void field(List<Node> keysAndValues, Scope scope) throws ExpressionException {
        Token token = cursor.peek();
        Node key;
        Node same;
        if (token.is("(")) {
            cursor.take();
            key = parser.pipe(scope);
            same = null;
            cursor.expect(")");
        } else if (token.kind() == Kind.VARIABLE) {
            cursor.take();
            key = Parser.name(token);
            same = variable(token, scope);
        } else {
            key = fieldName(scope);
            same = new Walks.Index(cursor.part(token), new Leaves.Identity(token.position()), key);
        }
        keysAndValues.add(key);
        boolean hasValue = token.kind() != Kind.VARIABLE && cursor.takes(":");
        if (!hasValue && same == null) {
            throw cursor.unexpected(":");
        }
        keysAndValues.add(hasValue ? parser.fieldValue(scope) : same);
    }

    /** A word or a quoted text. */
    Node fieldName(Scope scope) throws ExpressionException {
        Token token = cursor.peek();
        if (token.kind() == Kind.WORD) {
            return Parser.name(cursor.take());
        }
        if (token.kind() == Kind.QUOTE_OPEN) {
            return quoted(scope, Formats.TEXT);
        }
        if (token.kind() == Kind.FORMAT && cursor.peekAfter().kind() == Kind.QUOTE_OPEN) {
            return format(scope);
        }
        throw cursor.unexpected("the name of a field");
    }

    private Node format(Scope scope) throws ExpressionException {
        Token token = cursor.take();
        Formats format = Formats.of(token);
        if (cursor.peek().kind() == Kind.QUOTE_OPEN) {
            return quoted(scope, format);
        }
        return new Makers.Call(
                token.position(), (input, arguments, meter) -> TextNode.valueOf(format.apply(input, meter)), List.of());
    }

    private Node quoted(Scope scope, Formats format) throws ExpressionException {
        Token at = cursor.take();
        List<String> texts = new ArrayList<>();
        List<Node> parts = new ArrayList<>();
        texts.add(cursor.take().text());
        while (cursor.peek().kind() == Kind.INTERPOLATION_OPEN) {
            cursor.take();
            parts.add(parser.pipe(scope));
            cursor.expect(Kind.INTERPOLATION_CLOSE, ")");
            texts.add(cursor.take().text());
        }
        cursor.expect(Kind.QUOTE_CLOSE, "\"");
        int position = cursor.part(at);
        return parts.isEmpty()
                ? new Leaves.Literal(position, TextNode.valueOf(texts.get(0)))
                : new Makers.Interpolation(position, format, texts, parts);
    }

    private Node variable(Token token, Scope scope) throws ExpressionException {
        if (token.text().equals("__loc__")) {
            JsonNode here = Values.object().put("file", "<top-level>").put("line", 1);
            return new Leaves.Literal(token.position(), here);
        }
        return names.variable(token, scope);
    }

    private Node word(Token token, Scope scope) throws ExpressionException {
        return switch (token.text()) {
            case "if" -> clauses.condition(scope);
            case "try" -> clauses.attempt(scope);
            case "reduce", "foreach" -> clauses.fold(scope);
            case "label" -> clauses.label(scope);
            case "def" -> parser.definition(scope);
            default -> call(token, scope);
        };
    }

    private Node call(Token token, Scope scope) throws ExpressionException {
        if (KEYWORDS.contains(token.text())) {
            throw cursor.unexpected("an expression");
        }
        cursor.take();
        if (token.text().equals("break") && cursor.peek().kind() == Kind.VARIABLE) {
            return names.breakOut(cursor.take(), scope);
        }
        List<Node> arguments = new ArrayList<>();
        if (cursor.takes("(")) {
            do {
                arguments.add(parser.pipe(scope));
            } while (cursor.takes(";"));
            cursor.expect(")");
        }
        return names.call(token, token.text(), arguments, scope);
    }
}
