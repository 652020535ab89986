package io.millrace.expressions;

import java.util.List;
import java.util.Random;

/**
 * Random programs by the grammar of jq. Each has two forms: the one that is evaluated, and the one for jq 1.6, in which
 * what a {@code try} yields is gathered first, as that release catches what comes after it too.
 */
final class ProgramGenerator {
    private static final List<String> PATHS = List.of(
            ".",
            ".a",
            ".b",
            ".c",
            ".[0]",
            ".[1]",
            ".[-1]",
            ".[]",
            ".a.b",
            ".a[0]",
            ".[\"a\"]",
            ".[1:]",
            ".[:2]",
            ".[-2:]",
            "..",
            ".[\"b\", \"c\"]",
            ".a[]",
            ".[0, 1]",
            "first(.[])",
            "last",
            "first",
            ".a // .b",
            "getpath([\"a\", 0])",
            "limit(1; .[])",
            "select(.)",
            "(.a, .b)",
            "recurse",
            "empty",
            "if .a then .b else .c end",
            "paths",
            ".[1:][0]",
            "getpath([\"b\", \"c\"])",
            "recurse(.[]?)",
            ".[]?",
            ".a?",
            ".[0]?",
            "(.a | .b)");
    private static final List<String> LITERALS = List.of(
            "null",
            "true",
            "false",
            "0",
            "1",
            "2",
            "3",
            "-1",
            "0.5",
            "1e3",
            "\"a\"",
            "\"b\"",
            "\"\"",
            "\"x,y\"",
            "[]",
            "{}",
            "[1, 2]",
            "{a: 1}",
            "\"abc\"",
            "10",
            "\"1\"",
            "[[1], [2, 3]]",
            "{\"a\": {\"b\": [0]}}");
    private static final List<String> FUNCTIONS = List.of(
            "length",
            "keys",
            "keys_unsorted",
            "not",
            "type",
            "add",
            "any",
            "all",
            "sort",
            "unique",
            "min",
            "max",
            "reverse",
            "tostring",
            "tojson",
            "ascii_downcase",
            "ascii_upcase",
            "to_entries",
            "flatten",
            "transpose",
            "tonumber",
            "floor",
            "sqrt",
            "explode",
            "values",
            "scalars",
            "iterables",
            "arrays",
            "objects",
            "strings",
            "numbers",
            "booleans",
            "nulls",
            "first",
            "last",
            "leaf_paths",
            "utf8bytelength",
            "ceil",
            "round",
            "fabs",
            "isvalid(.a)",
            "@json",
            "@text",
            "@csv",
            "@tsv",
            "@html",
            "@uri",
            "@sh",
            "@base64",
            "tojson | fromjson",
            "[paths]",
            "[..]",
            "to_entries | from_entries",
            "[tostream]",
            "fromstream(tostream)",
            "join(\"-\")",
            "join(\", \")",
            "[recurse]",
            "[leaf_paths]",
            "length | tostring",
            "map(type)",
            "map_values(1)",
            "walk(.)",
            "combinations?",
            "[splits(\",\")]",
            "explode | implode",
            "numbers | isinfinite",
            "numbers | isnan",
            "numbers | isnormal",
            "todate",
            "gmtime",
            "ascii_downcase | ascii_upcase",
            "trunc",
            "log2",
            "exp2",
            "empty",
            "(. // 0) | error",
            "error(\"e\")",
            "any(. > 1)",
            "all(. != null)",
            "[.[] | tostring]",
            "min_by(.a)",
            "max_by(.a)",
            "sort_by(.a)",
            "group_by(.a)",
            "unique_by(.a)",
            "unique_by(length)",
            "sort_by(-.)",
            "sort_by(.a, .b)",
            "group_by(type)");
    private static final List<String> OF_PROGRAM = List.of(
            "map",
            "[.[] | %]",
            "map_values",
            "select",
            "recurse_once",
            "first",
            "last",
            "isempty",
            "path_of",
            "sort_by",
            "group_by",
            "min_by",
            "max_by",
            "unique_by",
            "any",
            "all",
            "has",
            "contains",
            "inside",
            "index",
            "rindex",
            "indices",
            "startswith",
            "endswith",
            "ltrimstr",
            "rtrimstr",
            "split",
            "join",
            "with_entries",
            "in",
            "del_at",
            "flatten",
            "limit2",
            "until",
            "while",
            "nth",
            "range",
            "range2",
            "test",
            "match",
            "capture",
            "scan",
            "sub",
            "gsub",
            "tojson_of",
            "walk",
            "to_array",
            "IN",
            "INDEX",
            "error_of",
            "combine",
            "repeat",
            "foreach",
            "reduce",
            "label",
            "getpath",
            "setpath",
            "delpaths",
            "def",
            "defrec",
            "closure",
            "ltrim",
            "pow",
            "splits",
            "paths",
            "ascii");

    /** A program for the evaluator, and for jq. */
    record Program(String ours, String theirs) {
        static Program same(String text) {
            return new Program(text, text);
        }

        Program with(String format, Program... more) {
            String first = format.replace("$1", ours);
            String second = format.replace("$1", theirs);
            for (int i = 0; i < more.length; i++) {
                first = first.replace("$" + (i + 2), more[i].ours);
                second = second.replace("$" + (i + 2), more[i].theirs);
            }
            return new Program(first, second);
        }
    }

    private final Random random;
    private int variables;

    ProgramGenerator(long seed) {
        random = new Random(seed);
    }

    Program next() {
        variables = 0;
        return program(3 + random.nextInt(2));
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private Program program(int depth) {
        if (depth == 0) {
            return leaf();
        }
        Program one = program(depth - 1 - random.nextInt(depth));
        Program other = program(depth - 1 - random.nextInt(depth));
        return switch (random.nextInt(22)) {
            case 0, 1, 2 -> one.with("$1 | $2", parenthesized(other));
            case 3 -> one.with("$1, $2", parenthesized(other)).with("($1)");
            case 4, 5 ->
                parenthesized(one)
                        .with("$1 " + any(List.of("+", "-", "*", "/", "%")) + " $2", parenthesized(other))
                        .with("($1)");
            case 6 ->
                parenthesized(one)
                        .with("$1 " + any(List.of("==", "!=", "<", "<=", ">", ">=")) + " $2", parenthesized(other))
                        .with("($1)");
            case 7 ->
                parenthesized(one)
                        .with("$1 " + any(List.of("and", "or", "//")) + " $2", parenthesized(other))
                        .with("($1)");
            case 8 -> one.with("[$1]");
            case 9 -> one.with("{a: ($1), b: ($2)}", other);
            case 10 -> one.with("{(($1) | tostring): ($2)}", other);
            case 11 -> one.with("if $1 then $2 else $3 end", other, leaf());
            case 12 -> one.with("\"<\\($1)-\\($2)>\"", other);
            case 13 -> caught(one, other);
            case 14, 15 -> binding(one, other);
            case 16, 17 -> update(other);
            case 18 -> one.with("(($1) | " + any(FUNCTIONS) + ")");
            default -> call(one, other);
        };
    }

    private static Program parenthesized(Program program) {
        return program.with("($1)");
    }

    private Program leaf() {
        return switch (random.nextInt(5)) {
            case 0, 1 -> Program.same(path());
            case 2 -> Program.same(any(LITERALS));
            default -> guarded(any(FUNCTIONS));
        };
    }

    /** {@code ?} catches what comes after it in 1.6. */
    private static Program guarded(String text) {
        return text.endsWith("?") ? new Program(text, "([" + text + "] | .[])") : Program.same("(" + text + ")");
    }

    private String path() {
        String path = any(PATHS);
        return path.contains("?") ? "(" + path.replace("?", "") + ")" : "(" + path + ")";
    }

    private Program caught(Program body, Program handler) {
        String text = random.nextBoolean() ? "try ($1) catch \"c\"" : "(($1)?)";
        Program ours = body.with(text, handler);
        return new Program("(" + ours.ours + ")", "([" + ours.theirs + "] | .[])");
    }

    private Program binding(Program one, Program other) {
        String x = "$v" + variables++;
        String y = "$v" + variables++;
        return switch (random.nextInt(6)) {
            case 0 -> one.with("(($1) as " + x + " | $2 | [., " + x + "])", parenthesized(other));
            case 1 -> one.with("(($1) as [" + x + ", " + y + "] | $2 | [" + x + ", " + y + "])", parenthesized(other));
            case 2 -> one.with("(($1) as {a: " + x + ", b: [" + y + "]} | [" + x + ", " + y + "])");
            case 3 -> one.with("(($1) as {" + x + "} | " + x + ")").with("$1").with("$1");
            case 4 -> one.with("reduce ($1) as " + x + " (0; [., " + x + "] | $2)", parenthesized(other));
            default ->
                one.with("[foreach ($1) as " + x + " (0; [., " + x + "]; [" + x + ", .] | $2)]", parenthesized(other));
        };
    }

    private Program update(Program value) {
        String path = path();
        return switch (random.nextInt(9)) {
            case 0 -> value.with("(" + path + " = ($1))");
            case 1 -> value.with("(" + path + " |= first($1))").with("$1");
            case 2 -> value.with("(" + path + " += ($1))");
            case 3 -> value.with("(" + path + " -= ($1))");
            case 4 -> value.with("(" + path + " *= ($1))");
            case 5 -> value.with("(" + path + " //= ($1))");
            case 6 -> Program.same("del(" + path + ")");
            case 7 -> Program.same("[path(" + path + ")]");
            default -> Program.same("[paths, (" + path + ")]");
        };
    }

    private Program call(Program one, Program other) {
        String form =
                switch (any(OF_PROGRAM)) {
                    case "map" -> "map($1)";
                    case "map_values" -> "map_values(first(($1), 0))";
                    case "select" -> "select($1)";
                    case "recurse_once" -> "[limit(20; recurse(if type == \"array\" then .[] else empty end))]";
                    case "first" -> "first($1)";
                    case "last" -> "[last($1)]";
                    case "isempty" -> "isempty(first($1))";
                    case "path_of" -> "[paths(type == \"number\")]";
                    case "sort_by" -> "sort_by($1)";
                    case "group_by" -> "group_by($1)";
                    case "min_by" -> "min_by($1)";
                    case "max_by" -> "max_by($1)";
                    case "unique_by" -> "unique_by($1)";
                    case "any" -> "any($1; first(($2), false))";
                    case "all" -> "all($1; first(($2), false))";
                    case "has" -> "has($1)";
                    case "contains" -> "(($1) as $p | contains($p))";
                    case "inside" -> "inside($1)";
                    case "index" -> "index($1)";
                    case "rindex" -> "rindex($1)";
                    case "indices" -> "indices(($1) | if . == \"\" then 1 else . end)";
                    case "startswith" -> "startswith($1)";
                    case "endswith" -> "endswith($1)";
                    case "ltrimstr" -> "ltrimstr($1)";
                    case "rtrimstr" -> "rtrimstr($1)";
                    case "split" -> "split($1)";
                    case "join" -> "join($1)";
                    case "with_entries" -> "with_entries(.value |= first(($1), 0))";
                    case "in" -> "(($1) as $i | $i | in($2))";
                    case "del_at" -> "del(" + path() + ", " + path() + ")";
                    case "flatten" -> "flatten(1)";
                    case "limit2" -> "[limit(2; ($1), ($2))]";
                    case "until" -> "(0 | until(. > 3; . + 1))";
                    case "while" -> "[1 | while(. < 10; . * 2)]";
                    case "nth" -> "nth(1; ($1), ($2))";
                    case "range" -> "[limit(5; range($1))]";
                    case "range2" -> "[limit(6; range(0, 1; 3, 4))]";
                    case "test" -> "test(\"[a-c]+\")";
                    case "match" -> "[match(\"(?<x>[a-z])([0-9])?\"; \"g\")]";
                    case "capture" -> "capture(\"(?<x>[a-z])(?<n>.?)\")";
                    case "scan" -> "[scan(\"[a-z]\")]";
                    case "sub" -> "sub(\"(?<x>[a-z])\"; \"<\\(.x)>\")";
                    case "gsub" -> "gsub(\"[a-b]\"; \"z\")";
                    case "tojson_of" -> "(($1) | tojson)";
                    case "walk" -> "walk(if type == \"number\" then . + 1 else . end)";
                    case "to_array" -> "[.[] as $e | $e]";
                    case "IN" -> "IN($1)";
                    case "INDEX" -> "INDEX(.[]; tostring)";
                    case "error_of" -> "error(($1) // 0)";
                    case "combine" -> "[[1, 2], [3, 4]] | [combinations]";
                    case "repeat" -> "[limit(3; 1 | repeat(. * 2))]";
                    case "foreach" -> "[foreach .[] as $x (0; . + 1; [$x, .])]";
                    case "reduce" -> "reduce .[] as $x (null; . + $x)";
                    case "label" -> "[label $out | .[] | ., (select(. == 1) | break $out)]";
                    case "getpath" -> "getpath([\"a\", \"b\"])";
                    case "setpath" -> "setpath([\"a\", 0]; 1)";
                    case "delpaths" -> "delpaths([[\"a\"], [0]])";
                    case "def" -> "def f(g; $h): [g, $h]; f($1; ($2))";
                    case "defrec" -> "def fac: if . <= 1 then 1 else . * (. - 1 | fac) end; 5 | fac";
                    case "closure" -> "def f(g): def h(i): i | g; h(.[]); [f(., 1)]";
                    case "pow" -> "pow(2; 3)";
                    case "splits" -> "[splits(\", *\"; null)]";
                    case "paths" -> "[paths(..)]";
                    default -> "[$1][0]";
                };
        return one.with("(" + form + ")", other);
    }
}
