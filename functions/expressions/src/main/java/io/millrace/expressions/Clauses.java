package io.millrace.expressions;

import io.millrace.expressions.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** What begins with a keyword. */
final class Clauses {
    private final Cursor cursor;
    private final Parser parser;
    private final Terms terms;
    private final Patterns patterns;

    Clauses(Cursor cursor, Parser parser, Terms terms, Patterns patterns) {
        this.cursor = cursor;
        this.parser = parser;
        this.terms = terms;
        this.patterns = patterns;
    }

    /** {@code if … then … elif … else … end} */
    Node condition(Scope scope) throws ExpressionException {
        List<Token> at = new ArrayList<>();
        List<Node> conditions = new ArrayList<>();
        List<Node> consequences = new ArrayList<>();
        do {
            at.add(cursor.take());
            conditions.add(parser.pipe(scope));
            cursor.expectWord("then");
            consequences.add(parser.pipe(scope));
        } while (cursor.peek().isWord("elif"));
        Node otherwise = cursor.takesWord("else")
                ? parser.pipe(scope)
                : new Leaves.Identity(cursor.peek().position());
        cursor.expectWord("end");
        for (int i = conditions.size() - 1; i >= 0; i--) {
            otherwise = new Flow.If(cursor.part(at.get(i)), conditions.get(i), consequences.get(i), otherwise);
        }
        return otherwise;
    }

    /** {@code try … catch …} */
    Node attempt(Scope scope) throws ExpressionException {
        Token at = cursor.take();
        cursor.enter();
        Node body = terms.postfix(scope, false);
        Node handler = cursor.takesWord("catch") ? terms.postfix(scope, false) : null;
        cursor.leave();
        return Escapes.Try.orHandle(cursor.part(at), body, handler);
    }

    /** {@code label $name | …} */
    Node label(Scope scope) throws ExpressionException {
        Token at = cursor.take();
        String name = cursor.expect(Kind.VARIABLE, "a label such as $out").text();
        cursor.expect("|");
        return new Escapes.Label(cursor.part(at), parser.pipe(scope.label(name)));
    }

    /** {@code reduce source as $item (init; update)}, {@code foreach source as $item (init; update; extract)} */
    Node fold(Scope scope) throws ExpressionException {
        Token at = cursor.take();
        cursor.enter();
        Node source = terms.postfix(scope, false);
        cursor.leave();
        cursor.expectWord("as");
        Patterns.Bound item = patterns.item(scope);
        cursor.expect("(");
        Node init = parser.pipe(scope);
        cursor.expect(";");
        Node update = item.around(parser.pipe(item.scope()));
        Node extract = null;
        if (at.isWord("foreach")) {
            extract = cursor.takes(";") ? item.around(parser.pipe(item.scope())) : new Leaves.Identity(0);
        }
        cursor.expect(")");
        return new Folds.Fold(cursor.part(at), source, init, update, extract);
    }
}
