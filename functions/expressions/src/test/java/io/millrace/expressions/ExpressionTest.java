package io.millrace.expressions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExpressionTest {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final Path EXAMPLES = Path.of("src/test/resources/io/millrace/expressions/examples.txt");

    static String run(String program, String input) throws Exception {
        Expression expression = Expression.compile(program, Set.of());
        return expression.evaluate(JSON.readTree(input), Map.of(), Budget.DEFAULT).stream()
                .map(value -> JsonText.of(value, new Meter(Budget.DEFAULT)))
                .collect(Collectors.joining(" "));
    }

    /** Outputs, or {@code !} with the message of what went wrong. */
    static String runOrSay(String program, String input) throws Exception {
        try {
            return run(program, input);
        } catch (ExpressionException e) {
            return "! " + e.getMessage();
        }
    }

    /** Lines of a program, its input, and the outputs or the error; {@code -Dmillrace.refresh=true} writes the last. */
    @Test
    void eachExampleHasTheOutputsBesideIt() throws Exception {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(EXAMPLES)) {
            String[] parts = line.split("\t", -1);
            lines.add(parts[0] + "\t" + parts[1] + "\t" + runOrSay(parts[0], parts[1]));
        }
        if (Boolean.getBoolean("millrace.refresh")) {
            Files.write(EXAMPLES, lines);
        }
        assertThat(lines).containsExactlyElementsOf(Files.readAllLines(EXAMPLES));
    }

    @Test
    void variablesAreGivenWithEachEvaluation() throws Exception {
        Expression sum = Expression.compile("$a + $b", Set.of("a", "b"));
        List<JsonNode> sums =
                sum.evaluate(null, Map.of("a", JSON.valueToTree(1), "b", JSON.valueToTree(2)), Budget.DEFAULT);
        assertThat(sums).containsExactly(JSON.readTree("3"));
    }

    @Test
    void theFirstValueIsFoundWithoutTheNext() throws Exception {
        Expression expression = Expression.compile("1, error(\"never\")", Set.of());
        assertThat(expression.evaluateFirst(Values.NULL, Map.of(), Budget.DEFAULT))
                .isEqualTo(JSON.readTree("1"));
        assertThat(Expression.compile("empty", Set.of()).evaluateFirst(Values.NULL, Map.of(), Budget.DEFAULT))
                .isNull();
    }

    @Test
    void anInputIsNotAltered() throws Exception {
        JsonNode input = JSON.readTree("{\"a\":[1,2],\"b\":{\"c\":1}}");
        JsonNode before = input.deepCopy();
        Expression.compile(".a[0] = 5 | .b.c |= . + 1 | del(.a[1]) | .a += [3] | .b * {d: 1}", Set.of())
                .evaluate(input, Map.of(), Budget.DEFAULT);
        assertThat(input).isEqualTo(before);
    }

    @Test
    void anErrorCarriesTheValueThatWasRaisedAndItsPlace() throws Exception {
        Expression expression = Expression.compile(". | error({code: 7})", Set.of());
        try {
            expression.evaluate(Values.NULL, Map.of(), Budget.DEFAULT);
        } catch (ExpressionException e) {
            assertThat(e.value()).isEqualTo(JSON.readTree("{\"code\":7}"));
            assertThat(e.kind()).isEqualTo(ExpressionException.Kind.RAISED);
            assertThat(e.position()).isEqualTo(5);
            return;
        }
        throw new AssertionError("no error");
    }
}
