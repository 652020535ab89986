package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The functions that are written in Java, by name and number of arguments. */
final class Natives {
    private static final Map<String, Native> FUNCTIONS = new HashMap<>();

    static {
        general();
        collections();
        texts();
        times();
        math();
    }

    private Natives() {}

    /** Null when there is none. */
    static Native find(String name, int arity) {
        return FUNCTIONS.get(name + "/" + arity);
    }

    static Set<String> names() {
        return FUNCTIONS.keySet();
    }

    private interface OfInput {
        JsonNode apply(JsonNode input, Meter meter);
    }

    private interface OfOne {
        JsonNode apply(JsonNode input, JsonNode argument, Meter meter);
    }

    private interface OfNumber {
        double apply(double number);
    }

    private interface OfNumbers {
        double apply(double one, double other);
    }

    private static void input(String name, OfInput function) {
        FUNCTIONS.put(name + "/0", (input, arguments, meter) -> function.apply(input, meter));
    }

    private static void one(String name, OfOne function) {
        FUNCTIONS.put(name + "/1", (input, arguments, meter) -> function.apply(input, arguments[0], meter));
    }

    private static void number(String name, OfNumber function) {
        input(name, (input, meter) -> Numbers.of(function.apply(number(input))));
    }

    private static void numbers(String name, OfNumbers function) {
        FUNCTIONS.put(
                name + "/2",
                (input, arguments, meter) -> Numbers.of(function.apply(number(arguments[0]), number(arguments[1]))));
    }

    private static double number(JsonNode value) {
        if (!value.isNumber()) {
            throw new Raised(Values.describe(value) + " number required");
        }
        return value.doubleValue();
    }

    private static void general() {
        input("not", (input, meter) -> Values.of(!Order.isTrue(input)));
        input("true", (input, meter) -> Values.TRUE);
        input("false", (input, meter) -> Values.FALSE);
        input("null", (input, meter) -> Values.NULL);
        input("type", (input, meter) -> TextNode.valueOf(Values.type(input)));
        input("error", (input, meter) -> {
            throw new Raised(input);
        });
        one("error", (input, message, meter) -> {
            throw new Raised(message);
        });
        input("builtins", (input, meter) -> {
            Set<String> names = new TreeSet<>(names());
            names.addAll(Library.get().names());
            List<JsonNode> open = new ArrayList<>();
            for (String name : names) {
                if (!name.startsWith("_")) {
                    open.add(TextNode.valueOf(name));
                }
            }
            return Values.array(open, meter);
        });
        FUNCTIONS.put(
                "setpath/2", (input, arguments, meter) -> new Access(meter).setPath(input, arguments[0], arguments[1]));
        one("delpaths", (input, paths, meter) -> new Access(meter).deletePaths(input, paths));
    }

    private static void collections() {
        input("length", (input, meter) -> {
            meter.read(input.isTextual() ? input.textValue().length() : 0);
            return Collections.length(input);
        });
        input("utf8bytelength", (input, meter) -> Texts.bytes(input, meter));
        input("keys", (input, meter) -> Collections.keys(input, true, meter));
        input("keys_unsorted", (input, meter) -> Collections.keys(input, false, meter));
        one("has", (input, key, meter) -> Collections.has(input, key));
        one("contains", Collections::contains);
        one("indices", Collections::indices);
        one("_indices", Collections::indices);
        one("index", (input, part, meter) -> Collections.index(input, part, false, meter));
        one("rindex", (input, part, meter) -> Collections.index(input, part, true, meter));
        input("add", Collections::add);
        one("join", Collections::join);
        input("flatten", (input, meter) -> Collections.flatten(input, Numbers.of(Integer.MAX_VALUE), meter));
        one("flatten", Collections::flatten);
        input("reverse", Collections::reverse);
        input("transpose", Collections::transpose);
        input("to_entries", Entries::of);
        input("from_entries", Entries::object);
        input("toarray", (input, meter) -> input.isArray() ? input : Values.array(List.of(input), meter));
        input("sort", (input, meter) -> Values.array(Collections.sorted(input, meter), meter));
        input("unique", (input, meter) -> Keyed.unique(input, input, meter));
        input("min", (input, meter) -> Keyed.extreme(input, input, false, meter));
        input("max", (input, meter) -> Keyed.extreme(input, input, true, meter));
        one("_sort_by", Keyed::sort);
        one("_group_by", Keyed::group);
        one("_unique_by", Keyed::unique);
        one("_min_by", (input, keys, meter) -> Keyed.extreme(input, keys, false, meter));
        one("_max_by", (input, keys, meter) -> Keyed.extreme(input, keys, true, meter));
    }

    private static void texts() {
        input("tojson", (input, meter) -> TextNode.valueOf(JsonText.of(input, meter)));
        input("fromjson", (input, meter) -> JsonText.read(text(input, "fromjson"), meter));
        input("tostring", (input, meter) -> input.isTextual() ? input : TextNode.valueOf(JsonText.of(input, meter)));
        input("tonumber", Texts::toNumber);
        input("ascii_downcase", (input, meter) -> Texts.changeCase(input, false, meter));
        input("ascii_upcase", (input, meter) -> Texts.changeCase(input, true, meter));
        input("explode", Texts::explode);
        input("implode", Texts::implode);
        input("trim", (input, meter) -> Texts.trim(input, true, true, meter));
        input("ltrim", (input, meter) -> Texts.trim(input, true, false, meter));
        input("rtrim", (input, meter) -> Texts.trim(input, false, true, meter));
        one(
                "startswith",
                (input, part, meter) -> Values.of(text(input, "startswith").startsWith(text(part, "startswith"))));
        one(
                "endswith",
                (input, part, meter) -> Values.of(text(input, "endswith").endsWith(text(part, "endswith"))));
        one("ltrimstr", (input, part, meter) -> Texts.without(input, part, true, meter));
        one("rtrimstr", (input, part, meter) -> Texts.without(input, part, false, meter));
        one("split", (input, by, meter) -> Texts.split(text(input, "split"), text(by, "split"), meter));
        FUNCTIONS.put(
                "_matches/3",
                (input, arguments, meter) ->
                        Regexes.matches(input, arguments[0], arguments[1], Order.isTrue(arguments[2]), meter));
    }

    private static String text(JsonNode value, String function) {
        if (!value.isTextual()) {
            throw new Raised(function + " needs strings, not " + Values.describe(value));
        }
        return value.textValue();
    }

    private static void times() {
        input("fromdateiso8601", (input, meter) -> Dates.fromIso(input));
        input("gmtime", Dates::parts);
        input("mktime", (input, meter) -> Dates.fromParts(input));
        one("strftime", Dates::format);
    }

    private static void math() {
        input("infinite", (input, meter) -> Numbers.of(Double.POSITIVE_INFINITY));
        input("nan", (input, meter) -> Numbers.of(Double.NaN));
        input("isinfinite", (input, meter) -> Values.of(Double.isInfinite(number(input))));
        input("isnan", (input, meter) -> Values.of(Double.isNaN(number(input))));
        input(
                "isnormal",
                (input, meter) ->
                        Values.of(Math.abs(number(input)) >= Double.MIN_NORMAL && Double.isFinite(number(input))));
        input("abs", (input, meter) -> number(input) < 0 ? Numbers.of(-number(input)) : input);
        number("floor", Math::floor);
        number("ceil", Math::ceil);
        number("round", number -> Math.copySign(Math.floor(Math.abs(number) + 0.5), number));
        number("trunc", number -> number < 0 ? Math.ceil(number) : Math.floor(number));
        number("rint", Math::rint);
        number("nearbyint", Math::rint);
        number("fabs", Math::abs);
        number("sqrt", Math::sqrt);
        // Not Math, whose results may differ in their last digit from one machine to the next.
        number("cbrt", StrictMath::cbrt);
        number("exp", StrictMath::exp);
        number("exp2", number -> StrictMath.pow(2, number));
        number("exp10", number -> StrictMath.pow(10, number));
        number("expm1", StrictMath::expm1);
        number("log", StrictMath::log);
        number("log2", Natives::log2);
        number("log10", StrictMath::log10);
        number("log1p", StrictMath::log1p);
        number("sin", StrictMath::sin);
        number("cos", StrictMath::cos);
        number("tan", StrictMath::tan);
        number("asin", StrictMath::asin);
        number("acos", StrictMath::acos);
        number("atan", StrictMath::atan);
        number("sinh", StrictMath::sinh);
        number("cosh", StrictMath::cosh);
        number("tanh", StrictMath::tanh);
        numbers("pow", StrictMath::pow);
        numbers("atan2", StrictMath::atan2);
        numbers("fmin", Math::min);
        numbers("fmax", Math::max);
        numbers("fmod", (one, other) -> one % other);
        numbers("hypot", StrictMath::hypot);
    }

    /** Exact for powers of two. */
    private static double log2(double number) {
        int exponent = Math.getExponent(number);
        boolean power = number > 0 && number == Math.scalb(1.0, exponent);
        return power ? exponent : StrictMath.log(number) / StrictMath.log(2);
    }
}
