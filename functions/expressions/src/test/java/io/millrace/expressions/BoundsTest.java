package io.millrace.expressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.millrace.expressions.ExpressionException.Kind;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs of those who want to stop whoever evaluates them. */
class BoundsTest {
    /** Half of what threads have by default. */
    private static final long SMALL_STACK = 512 << 10;

    /** What it throws; null when it throws nothing. */
    private static Throwable onSmallStack(Callable<?> task) throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Runnable run = () -> thrown.set(catchThrowable(task::call));
        Thread thread = new Thread(null, run, "small-stack", SMALL_STACK);
        thread.start();
        thread.join();
        return thrown.get();
    }

    static Stream<Arguments> endless() {
        return Stream.of(
                bomb("def f: f; f", Kind.STEPS),
                bomb("def f: 1 + f; f", Kind.DEPTH),
                bomb("def f: f | f; f", Kind.DEPTH),
                bomb("def f: f, f; f", Kind.DEPTH),
                bomb("def f: [f]; f", Kind.DEPTH),
                bomb("def f: {a: f}; f", Kind.DEPTH),
                bomb("def f: try f catch .; f", Kind.DEPTH),
                bomb("def f: f // 1; f", Kind.DEPTH),
                bomb("def f: if f then 1 else 2 end; f", Kind.DEPTH),
                bomb("def f: f as $x | 1; f", Kind.DEPTH),
                bomb("def f: \"\\(f)\"; f", Kind.DEPTH),
                bomb("def f: path(f); f", Kind.DEPTH),
                bomb("def f: label $out | f; f", Kind.STEPS),
                bomb("def f(g): f(g | g); f(1)", Kind.DEPTH),
                bomb("def f($x): f($x + 1); f(1)", Kind.STEPS),
                bomb("def f(g): f(g + 1); f(1)", Kind.DEPTH),
                bomb("def f: reduce f as $x (0; 1); f", Kind.DEPTH),
                bomb("def f: . |= f; f", Kind.DEPTH),
                bomb("[range(3e8)]", Kind.STEPS),
                bomb("[range(1e18)] | length", Kind.STEPS),
                bomb("range(1e9)", Kind.OUTPUTS),
                bomb("repeat(.)", Kind.OUTPUTS),
                bomb("[repeat(.)]", Kind.STEPS),
                bomb("last(repeat(.))", Kind.STEPS),
                bomb("until(false; .)", Kind.STEPS),
                bomb("[while(true; .)]", Kind.STEPS),
                bomb("[limit(1e9; repeat(.))]", Kind.STEPS),
                bomb("[recurse(.)]", Kind.STEPS),
                bomb("[recurse(., .)] | length", Kind.DEPTH),
                bomb("label $out | repeat(1) | if . == 2 then break $out else empty end", Kind.STEPS),
                bomb("\"a\" * 1e9", Kind.STEPS),
                bomb("\"a\" * 1e300", Kind.STEPS),
                bomb("reduce range(100) as $i (\"a\"; . + .)", Kind.BYTES),
                bomb("reduce range(100) as $i ([1]; . + .)", Kind.BYTES),
                bomb("reduce range(100) as $i (\"a\"; \"\\(.)\\(.)\")", Kind.BYTES),
                bomb("reduce range(1000) as $i (\"a\"; @base64)", Kind.BYTES),
                bomb("reduce range(1000) as $i (\"\\\"\"; tojson)", Kind.BYTES),
                bomb("reduce range(100000) as $i (\"&\"; @html)", Kind.BYTES),
                bomb("reduce range(100000) as $i (\"%\"; @uri)", Kind.BYTES),
                bomb("reduce range(1000) as $i (\"'\"; @sh)", Kind.BYTES),
                bomb("reduce range(1000) as $i (\"\\\"\"; [.] | @csv)", Kind.BYTES),
                bomb("reduce range(1000) as $i (\"\\\\\"; [.] | @tsv)", Kind.BYTES),
                bomb("reduce range(100) as $i (\"ab\"; gsub(\"a\"; \"aa\"))", Kind.BYTES),
                bomb("reduce range(100) as $i (\"a\"; [., .] | join(.[0]))", Kind.BYTES),
                bomb("reduce range(100) as $i ([0]; [.[], .[]])", Kind.STEPS),
                bomb("reduce range(100) as $i ([0]; [., .]) | tojson", Kind.STEPS),
                bomb("reduce range(100) as $i ([0]; [., .]) | flatten", Kind.STEPS),
                bomb("reduce range(100) as $i ([0]; [., .])", Kind.STEPS),
                bomb("reduce range(100) as $i ([0]; [., .]) | . == (. | .[0] |= .)", Kind.STEPS),
                bomb("reduce range(100) as $i ([0]; [., .]) | [..] | length", Kind.STEPS),
                bomb("reduce range(100) as $i ({}; {a: ., b: .}) | . * .", Kind.BYTES),
                bomb("[range(30) | 0, 1] | combinations(30)", Kind.STEPS),
                bomb("[range(30) | [0, 1]] | [combinations] | length", Kind.STEPS),
                bomb("[setpath([range(200)]; 1) | ..] | [.[] | paths] | length", Kind.STEPS),
                bomb("reduce range(100000) as $i (0; [.])", Kind.DEPTH),
                bomb("reduce range(100000) as $i (0; {a: .})", Kind.DEPTH),
                bomb("reduce range(100000) as $i (0; [.]) | tojson", Kind.DEPTH),
                bomb("reduce range(100000) as $i (0; [.]) | . == [.]", Kind.DEPTH),
                bomb("reduce range(100000) as $i (0; [.]) | flatten", Kind.DEPTH),
                bomb("reduce range(100000) as $i (0; [.]) | [..]", Kind.STEPS),
                bomb("reduce range(100000) as $i ({}; {a: .}) | . * .", Kind.DEPTH),
                bomb("reduce range(100000) as $i (null; {a: .}) | walk(.)", Kind.DEPTH),
                bomb("[limit(100000; repeat(0))] as $p | null | setpath($p; 1)", Kind.STEPS),
                bomb("[range(20000)] | . - [range(20000)]", Kind.STEPS),
                bomb("[range(20000)] | .[] as $x | index($x)", Kind.STEPS),
                bomb("(\"a\" * 100000) as $s | [range(100000) | $s | length]", Kind.STEPS),
                bomb("(\"a\" * 100000) as $s | [range(100000) | $s | explode]", Kind.STEPS),
                bomb("(\"a\" * 3000000) | [match(\"(a|b|c|d|e|f)*x\"; \"g\")]", Kind.STEPS),
                bomb("(\"a\" * 300000) | [match(\"\"; \"g\")]", Kind.BYTES),
                bomb("(\"a\" * 30) | [range(1e6) as $i | test(\"^(a+)+$\\($i)\")]", Kind.STEPS),
                bomb("[range(100000) | {a: ., b: .}] | group_by(.a) | sort_by(.b) | unique", Kind.STEPS),
                bomb("[.[]?, range(1e6)] | to_entries", Kind.STEPS),
                bomb("[range(5000)] | .[range(5000)] |= .", Kind.BYTES),
                bomb("[range(2000)] | reduce range(2000) as $i (.; .[$i] = [.])", Kind.STEPS),
                bomb("null | .[200000000] = 1", Kind.STEPS),
                bomb("null | setpath([2e8]; 1)", Kind.STEPS),
                bomb("null | .[range(1e8)] = 1", Kind.BYTES),
                bomb("try repeat(.) catch .", Kind.OUTPUTS),
                bomb("def f: try error catch f; f", Kind.STEPS),
                bomb("[.. |= (., .)] | [recurse([.])] | length", Kind.STEPS),
                bomb("path(repeat(.))", Kind.OUTPUTS),
                bomb("path(def f: .a | f; f)", Kind.DEPTH),
                bomb("[limit(10; .[repeat(.)]?)] | until(false; .)", Kind.STEPS),
                bomb("0 as $a | foreach repeat(1) as $x (0; . + $x; empty)", Kind.STEPS),
                bomb("[range(1000)] | [combinations(3)?] | length, repeat(1)", Kind.STEPS),
                bomb("reduce repeat(1) as $x ([]; . + [$x])", Kind.BYTES),
                bomb("reduce range(1e6) as $x ({}; .[$x | tostring] = 1)", Kind.BYTES),
                bomb("[splits(\"\")?] | until(. == 1; .)", Kind.STEPS),
                bomb("fromstream(repeat([[0], 1]))", Kind.STEPS),
                bomb("limit(3; def f: f; f)", Kind.STEPS));
    }

    private static Arguments bomb(String program, Kind kind) {
        return Arguments.of(program, kind);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endless")
    void aProgramThatWouldNotEndEndsWithTheBoundThatItMeets(String program, Kind kind) throws Exception {
        Expression expression = Expression.compile(program, Set.of());
        Throwable exceeded = onSmallStack(() -> expression.evaluate(Values.NULL, Map.of(), Budget.DEFAULT));
        assertThat(exceeded).as(program).isInstanceOf(ExpressionException.class);
        assertThat(((ExpressionException) exceeded).kind())
                .as(exceeded.getMessage())
                .isEqualTo(kind);
    }

    @Test
    void aCallThatComesLastMayBeMadeAsOftenAsThereAreSteps() throws Exception {
        JsonNode count = Expression.compile("def f: if . < 20000 then . + 1 | f else . end; 0 | f", Set.of())
                .evaluateFirst(Values.NULL, Map.of(), Budget.DEFAULT);
        assertThat(count.intValue()).isEqualTo(20_000);
        JsonNode last = Expression.compile("last(range(100000))", Set.of())
                .evaluateFirst(Values.NULL, Map.of(), Budget.DEFAULT);
        assertThat(last.intValue()).isEqualTo(99_999);
    }

    static Stream<String> deep() {
        int deep = 100_000;
        return Stream.of(
                "(".repeat(deep),
                "[".repeat(deep) + "]".repeat(deep),
                "[".repeat(deep),
                "{a:".repeat(deep),
                "{(".repeat(deep),
                "-".repeat(deep) + "1",
                "try ".repeat(deep) + "1",
                "if ".repeat(deep),
                "if 1 then ".repeat(deep),
                "1 as $x | ".repeat(deep) + "1",
                ". as [".repeat(deep),
                ". as {a:".repeat(deep),
                "def f: ".repeat(deep),
                "label $x | ".repeat(deep),
                "reduce ".repeat(deep),
                "foreach 1 as $x (".repeat(deep),
                "\"\\(".repeat(deep),
                "1 // ".repeat(deep) + "1",
                ".a".repeat(deep),
                ".[0]".repeat(deep),
                ".[".repeat(deep),
                "1+".repeat(deep) + "1",
                "1,".repeat(deep) + "1",
                "1|".repeat(deep) + "1",
                "f(".repeat(deep),
                ".?".repeat(1) + "?".repeat(deep),
                ". as $x ?// $y | ".repeat(deep) + "1");
    }

    /** Such a text is too long to begin with; as much of it as may be is too deep, or harmless. */
    @ParameterizedTest
    @MethodSource("deep")
    void aProgramThatIsNestedDeeplyIsRefusedOrEvaluatedButOverflowsNothing(String program) throws Exception {
        for (int length : new int[] {program.length(), Cursor.MAX_LENGTH, 20_000, 3_000, 800}) {
            String cut = program.substring(0, Math.min(length, program.length()));
            for (String whole : new String[] {cut, cut + "1", cut + "."}) {
                Throwable refused = onSmallStack(
                        () -> Expression.compile(whole, Set.of()).evaluate(Values.NULL, Map.of(), Budget.DEFAULT));
                if (refused != null) {
                    assertThat(refused).isInstanceOf(ExpressionException.class);
                }
            }
        }
    }

    @Test
    void aPatternCostsWhatItReads() throws Exception {
        Expression test = Expression.compile("test(\"(x+x+)+y\")", Set.of());
        assertThat(test.evaluateFirst(TextNode.valueOf("x".repeat(5_000)), Map.of(), Budget.DEFAULT))
                .isEqualTo(Values.FALSE);
        for (String pattern : new String[] {
            "((a{100}){100}){100}",
            "(?:a{1000}){5}",
            "(a|b|c){1,1000}{1,50}",
            "((((a{9}){9}){9}){9}){9}",
            "(a{900}[(]b){900}",
            "(a{900}[])]b){900}",
            "(a{900}[[:alpha:](]b){900}"
        }) {
            ExpressionException refused = catchThrowableOfType(
                    ExpressionException.class, () -> Expression.compile("test(\"" + pattern + "\")", Set.of())
                            .evaluate(TextNode.valueOf("aaaa"), Map.of(), Budget.DEFAULT));
            assertThat(refused.getMessage()).contains("too large");
        }
    }

    @Test
    void aMessageIsShortWhateverIsRaised() {
        ExpressionException raised = catchThrowableOfType(
                ExpressionException.class, () -> Expression.compile("error(\"a\" * 1000000)", Set.of())
                        .evaluate(Values.NULL, Map.of(), Budget.DEFAULT));
        assertThat(raised.getMessage()).hasSizeLessThan(600);
        assertThat(raised.value().textValue()).hasSize(1_000_000);
    }

    @Test
    void whatTheBudgetIsIsSaid() throws Exception {
        ExpressionException exceeded =
                catchThrowableOfType(ExpressionException.class, () -> Expression.compile("[range(1000)]", Set.of())
                        .evaluate(Values.NULL, Map.of(), new Budget(500, 1000, 1 << 20, 1)));
        assertThat(exceeded).hasMessage("the expression takes more than 500 steps");
    }
}
