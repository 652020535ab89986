package io.millrace.expressions;

import io.millrace.expressions.ExpressionException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a name stands for where it is used; or why it stands for nothing, in words. */
final class Names {
    private static final int MAX_DISTANCE = 2;

    private static final String NO_CLOCK =
            "an expression has no clock, as it has to come to the same when it is replayed";
    private static final String NO_INPUTS = "there is one input, which is .";
    private static final String NO_ENVIRONMENT = "an expression sees its input and its variables alone";
    private static final String NO_OUTPUT = "an expression has no effects";
    private static final String NO_ZONE = "the machine's time zone is not the data's";
    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("now", NO_CLOCK),
            Map.entry("localtime", NO_ZONE),
            Map.entry("strflocaltime", NO_ZONE),
            Map.entry("input", NO_INPUTS),
            Map.entry("inputs", NO_INPUTS),
            Map.entry("input_filename", NO_INPUTS),
            Map.entry("input_line_number", NO_INPUTS),
            Map.entry("env", NO_ENVIRONMENT),
            Map.entry("$ENV", NO_ENVIRONMENT),
            Map.entry("$__prog_args", NO_ENVIRONMENT),
            Map.entry("get_search_list", NO_ENVIRONMENT),
            Map.entry("modulemeta", NO_ENVIRONMENT),
            Map.entry("debug", NO_OUTPUT),
            Map.entry("stderr", NO_OUTPUT),
            Map.entry("halt", NO_OUTPUT),
            Map.entry("halt_error", NO_OUTPUT),
            Map.entry("strptime", "fromdateiso8601 reads times"),
            Map.entry("input_string", NO_INPUTS));
    private static final Map<String, String> ASSIGNMENTS = Map.of(
            "=", "_assign",
            "+=", "_assign_sum",
            "-=", "_assign_difference",
            "*=", "_assign_product",
            "/=", "_assign_quotient",
            "%=", "_assign_remainder",
            "//=", "_assign_alternative");

    private final Library library;
    private final Set<String> globals;
    private final Set<String> used = new TreeSet<>();

    /** @param globals the variables that are given from outside */
    Names(Library library, Set<String> globals) {
        this.library = library;
        this.globals = globals;
    }

    boolean isBeingLoaded() {
        return !library.isComplete();
    }

    Node variable(Token token, Scope scope) throws ExpressionException {
        int hops = scope.find(Scope.Kind.VARIABLE, token.text());
        if (hops < 0) {
            throw unknown(token, "variable", "$" + token.text(), dollars(scope.names(Scope.Kind.VARIABLE)));
        }
        if (globals.contains(token.text()) && hops >= scope.size() - globals.size()) {
            used.add(token.text());
        }
        return new Leaves.Variable(token.position(), hops);
    }

    /** Those of the variables that are given from outside which the program uses. */
    Set<String> used() {
        return used;
    }

    Node breakOut(Token label, Scope scope) throws ExpressionException {
        int hops = scope.find(Scope.Kind.LABEL, label.text());
        if (hops < 0) {
            throw unknown(label, "label", "$" + label.text(), dollars(scope.names(Scope.Kind.LABEL)));
        }
        return new Escapes.Break(label.position(), hops);
    }

    private static List<String> dollars(List<String> names) {
        // Hidden ones are nobody's.
        return names.stream()
                .filter(name -> !name.startsWith("#"))
                .map(name -> "$" + name)
                .toList();
    }

    Node assignment(int position, String sign, Node paths, Node value) {
        return Calls.Call.builtIn(position, library.find(ASSIGNMENTS.get(sign), 2), List.of(paths, value));
    }

    Node call(Token token, String name, List<Node> arguments, Scope scope) throws ExpressionException {
        int position = token.position();
        int arity = arguments.size();
        int hops = scope.findFunction(name, arity);
        if (hops >= 0) {
            Scope found = scope.at(hops);
            return found.kind() == Scope.Kind.ARGUMENT
                    ? new Calls.Argument(position, hops)
                    : Calls.Call.defined(position, found.definition(), hops, arguments);
        }
        Node special = special(position, name, arguments);
        if (special != null) {
            return special;
        }
        // What begins with _ is the library's own.
        boolean open = isBeingLoaded() || !name.startsWith("_");
        Definition definition = open ? library.find(name, arity) : null;
        if (definition != null) {
            return Calls.Call.builtIn(position, definition, arguments);
        }
        Native function = open ? Natives.find(name, arity) : null;
        if (function != null) {
            return new Makers.Call(position, function, arguments);
        }
        throw unknown(token, "function", name + "/" + arity, known(scope));
    }

    /** Functions that take a program and not its values. */
    private Node special(int position, String name, List<Node> arguments) {
        return switch (name + "/" + arguments.size()) {
            case "empty/0" -> new Leaves.Empty(position);
            case "path/1" -> new Walks.PathOf(position, arguments.get(0));
            case "getpath/1" -> new Walks.GetPath(position, arguments.get(0));
            case "first/1" -> new Folds.Limit(position, new Leaves.Literal(position, Numbers.of(1)), arguments.get(0));
            case "_limit/2" -> isBeingLoaded() ? new Folds.Limit(position, arguments.get(0), arguments.get(1)) : null;
            case "_range/3" ->
                isBeingLoaded()
                        ? new Folds.Range(position, arguments.get(0), arguments.get(1), arguments.get(2))
                        : null;
            default -> null;
        };
    }

    private List<String> known(Scope scope) {
        List<String> known = new ArrayList<>(library.names());
        known.addAll(Natives.names());
        known.addAll(List.of("empty/0", "path/1", "getpath/1", "first/1"));
        known.addAll(scope.names(Scope.Kind.ARGUMENT).stream()
                .map(name -> name + "/0")
                .toList());
        for (Scope each = scope; each.kind() != null; each = each.next()) {
            if (each.kind() == Scope.Kind.FUNCTION) {
                known.add(each.name() + "/" + each.definition().parameters().size());
            }
        }
        return known.stream().filter(name -> !name.startsWith("_")).toList();
    }

    private static ExpressionException unknown(Token token, String what, String name, List<String> known) {
        String refused = REFUSED.get(name.replaceAll("/.*", ""));
        if (refused != null) {
            return new ExpressionException(
                    Kind.UNKNOWN_NAME, token.position(), name + " is not available (" + refused + ")");
        }
        String near = nearest(name, known);
        String hint = near == null ? "" : "; did you mean " + near + "?";
        return new ExpressionException(Kind.UNKNOWN_NAME, token.position(), "unknown " + what + " " + name, hint);
    }

    private static String nearest(String name, List<String> known) {
        String nearest = null;
        int least = MAX_DISTANCE + 1;
        // Of a short name nearly everything is near.
        int letters = name.replaceAll("/.*", "").length();
        for (String candidate : new TreeSet<>(known)) {
            int distance = distance(name, candidate);
            if (distance < least && 2 * distance < letters) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** How many characters have to be changed, put in or left out (Levenshtein). */
    private static int distance(String one, String other) {
        if (Math.abs(one.length() - other.length()) > MAX_DISTANCE) {
            return MAX_DISTANCE + 1;
        }
        int[] before = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int same = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(before[j - 1] + same, 1 + Math.min(before[j], row[j - 1]));
            }
            before = row;
        }
        return before[other.length()];
    }
}
