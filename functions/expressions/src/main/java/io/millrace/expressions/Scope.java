package io.millrace.expressions;

import java.util.ArrayList;
import java.util.List;

/** The names that may be used at a place of a program: one for each {@link Env} that there will be. */
record Scope(Kind kind, String name, Definition definition, Scope next) {
    static final Scope EMPTY = new Scope(null, "", null, null);

    enum Kind {
        VARIABLE,
        LABEL,
        ARGUMENT,
        FUNCTION
    }

    Scope variable(String variable) {
        return new Scope(Kind.VARIABLE, variable, null, this);
    }

    Scope label(String label) {
        return new Scope(Kind.LABEL, label, null, this);
    }

    Scope argument(String argument) {
        return new Scope(Kind.ARGUMENT, argument, null, this);
    }

    Scope function(Definition function) {
        return new Scope(Kind.FUNCTION, function.name(), function, this);
    }

    /** How far away the nearest of a name is; -1 when there is none. */
    int find(Kind of, String wanted) {
        int hops = 0;
        for (Scope scope = this; scope.kind != null; scope = scope.next) {
            if (scope.kind == of && scope.name.equals(wanted)) {
                return hops;
            }
            hops++;
        }
        return -1;
    }

    /** How far away the nearest function of a name with as many parameters is; -1 when there is none. */
    int findFunction(String wanted, int arity) {
        int hops = 0;
        for (Scope scope = this; scope.kind != null; scope = scope.next) {
            boolean argument = scope.kind == Kind.ARGUMENT && arity == 0;
            boolean function =
                    scope.kind == Kind.FUNCTION && scope.definition.parameters().size() == arity;
            if ((argument || function) && scope.name.equals(wanted)) {
                return hops;
            }
            hops++;
        }
        return -1;
    }

    int size() {
        int size = 0;
        for (Scope scope = this; scope.kind != null; scope = scope.next) {
            size++;
        }
        return size;
    }

    Scope at(int hops) {
        Scope scope = this;
        for (int i = 0; i < hops; i++) {
            scope = scope.next;
        }
        return scope;
    }

    List<String> names(Kind of) {
        List<String> names = new ArrayList<>();
        for (Scope scope = this; scope.kind != null; scope = scope.next) {
            if (scope.kind == of) {
                names.add(scope.name);
            }
        }
        return names;
    }
}
