package io.millrace.expressions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What random programs come to here, beside what they come to in jq 1.6 (Debian's). */
class RealJqTest {
    private static final int PROGRAMS = Integer.getInteger("millrace.jq.programs", 400);
    private static final List<String> INPUTS = List.of(
            "null",
            "1",
            "\"abc\"",
            "\"a1,b2\"",
            "[1,2,3]",
            "[]",
            "{}",
            "{\"a\":1,\"b\":[1,2],\"c\":\"x\"}",
            "{\"a\":{\"b\":{\"c\":[5,-1.5]}},\"b\":null}",
            "[{\"a\":1,\"b\":2},{\"a\":1,\"b\":0},{\"a\":null}]",
            "[[1,2],[3]]",
            "[\"b\",\"a\",null,true,0.5]",
            "{\"a\":[true,false,[\"q\"]]}");

    @TempDir
    Path directory;

    @Test
    void randomProgramsComeToTheSame() throws Exception {
        Assumptions.assumeTrue(RealJq.isThere(), "jq 1.6 is not installed");
        List<JsonNode> inputs = new ArrayList<>();
        for (String input : INPUTS) {
            inputs.add(ExpressionTest.JSON.readTree(input));
        }
        RealJq jq = new RealJq(directory, inputs);
        List<String> differences = new ArrayList<>();
        long seed = Long.getLong("millrace.jq.seed", 1);
        int compared = 0;
        for (int i = 0; i < PROGRAMS; i++) {
            ProgramGenerator.Program program = new ProgramGenerator(seed + i).next();
            List<JsonNode> theirs = jq.run(program.theirs());
            if (theirs == null) {
                continue;
            }
            compared++;
            Expression expression = Expression.compile("[" + program.ours() + "]", Set.of());
            for (int j = 0; j < inputs.size(); j++) {
                JsonNode ours = evaluate(expression, inputs.get(j));
                if (!same(ours, theirs.get(j)) && !KnownDifferences.explain(program.theirs(), theirs.get(j))) {
                    differences.add(program.ours() + "   of " + INPUTS.get(j) + "\n     here " + ours + "\n     jq   "
                            + theirs.get(j));
                    break;
                }
            }
        }
        assertThat(differences).as("of %s programs", compared).isEmpty();
        assertThat(compared).isGreaterThan(PROGRAMS * 9 / 10);
    }

    private static JsonNode evaluate(Expression expression, JsonNode input) {
        try {
            return expression.evaluateFirst(input, Map.of(), Budget.DEFAULT);
        } catch (ExpressionException e) {
            assertThat(e.kind()).as(expression + ": " + e.getMessage()).isEqualTo(ExpressionException.Kind.RAISED);
            return TextNode.valueOf("error");
        }
    }

    private static boolean same(JsonNode ours, JsonNode theirs) {
        return Order.equal(ours, theirs, new Meter(Budget.DEFAULT));
    }
}
