package io.millrace.expressions;

import io.millrace.expressions.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What stands after {@code as}: names, and arrays and objects of them. Each becomes a chain of single bindings. */
final class Patterns {
    private final Cursor cursor;
    private final Parser parser;
    private final Terms terms;

    Patterns(Cursor cursor, Parser parser, Terms terms) {
        this.cursor = cursor;
        this.parser = parser;
        this.terms = terms;
    }

    /** The names that a pattern binds, and the values of which they are bound, in turn. */
    static final class Bound {
        private final List<Node> sources = new ArrayList<>();
        private final Set<String> names = new LinkedHashSet<>();
        private Scope scope;

        private Bound(Scope scope) {
            this.scope = scope;
        }

        /** What is within the pattern's names. */
        Scope scope() {
            return scope;
        }

        Node around(Node body) {
            return bind(sources, body);
        }

        private void add(Node source, String name) {
            sources.add(source);
            scope = scope.variable(name);
        }
    }

    /** Each source's value becomes the nearest variable of what comes after it. */
    static Node bind(List<Node> sources, Node body) {
        Node bound = body;
        for (int i = sources.size() - 1; i >= 0; i--) {
            bound = new Flow.Bind(sources.get(i).position(), sources.get(i), bound);
        }
        return bound;
    }

    /** {@code source as pattern | body}, after {@code as}. */
    Node binding(Token at, Node source, Scope scope) throws ExpressionException {
        int begin = cursor.index();
        Bound only = new Bound(scope);
        read(only, source);
        if (!cursor.peek().is("?//")) {
            cursor.expect("|");
            return only.around(parser.pipe(only.scope));
        }
        cursor.goTo(begin);
        return alternatives(at, source, scope);
    }

    /** {@code first ?// second | body}: the body is tried with each, and has the names of all. */
    private Node alternatives(Token at, Node source, Scope scope) throws ExpressionException {
        String value = cursor.hiddenName();
        List<Integer> begins = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        do {
            begins.add(cursor.index());
            Bound alternative = new Bound(scope.variable(value));
            read(alternative, new Leaves.Variable(0, 0));
            names.addAll(alternative.names);
        } while (cursor.takes("?//"));
        cursor.expect("|");
        int body = cursor.index();
        List<Node> tries = new ArrayList<>();
        for (int begin : begins) {
            Bound bound = new Bound(scope.variable(value));
            for (String name : names) {
                bound.add(new Leaves.Literal(cursor.part(at), Values.NULL), name);
            }
            cursor.goTo(begin);
            read(bound, variable(bound, value));
            cursor.goTo(body);
            tries.add(bound.around(parser.pipe(bound.scope)));
        }
        Node all = tries.get(tries.size() - 1);
        for (int i = tries.size() - 2; i >= 0; i--) {
            all = Escapes.Try.orElse(at.position(), tries.get(i), all);
        }
        return bind(List.of(source), all);
    }

    /** Of reduce and foreach, which have bound the item already when the pattern's names are bound. */
    Bound item(Scope scope) throws ExpressionException {
        if (cursor.peek().kind() == Kind.VARIABLE) {
            return new Bound(scope.variable(cursor.take().text()));
        }
        String item = cursor.hiddenName();
        Bound bound = new Bound(scope.variable(item));
        read(bound, variable(bound, item));
        return bound;
    }

    private static Node variable(Bound bound, String name) {
        return new Leaves.Variable(0, bound.scope.find(Scope.Kind.VARIABLE, name));
    }

    private void read(Bound bound, Node source) throws ExpressionException {
        Token at = cursor.take();
        cursor.enter();
        if (at.kind() == Kind.VARIABLE) {
            bound.names.add(at.text());
            bound.add(source, at.text());
        } else if (at.is("[")) {
            String array = hold(bound, source);
            int index = 0;
            do {
                Node key = new Leaves.Literal(at.position(), Numbers.of(index++));
                read(bound, new Walks.Index(cursor.part(at), variable(bound, array), key));
            } while (cursor.takes(","));
            cursor.expect("]");
        } else if (at.is("{")) {
            String object = hold(bound, source);
            do {
                field(bound, object);
            } while (cursor.takes(","));
            cursor.expect("}");
        } else {
            throw Cursor.problem(
                    at, "expected a pattern such as $name, [$a, $b] or {a: $a} but found " + at.describe());
        }
        cursor.leave();
    }

    private String hold(Bound bound, Node source) {
        String name = cursor.hiddenName();
        bound.add(source, name);
        return name;
    }

    private void field(Bound bound, String object) throws ExpressionException {
        Token at = cursor.peek();
        int position = cursor.part(at);
        if (at.kind() == Kind.VARIABLE) {
            cursor.take();
            bound.names.add(at.text());
            bound.add(new Walks.Index(position, variable(bound, object), Parser.name(at)), at.text());
            if (cursor.takes(":")) {
                read(bound, variable(bound, at.text()));
            }
            return;
        }
        Node key;
        if (cursor.takes("(")) {
            key = parser.pipe(bound.scope);
            cursor.expect(")");
        } else {
            key = terms.fieldName(bound.scope);
        }
        cursor.expect(":");
        read(bound, new Walks.Index(position, variable(bound, object), key));
    }
}
