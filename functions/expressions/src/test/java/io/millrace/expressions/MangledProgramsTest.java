package io.millrace.expressions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Programs with something left out, put in or written twice: each is evaluated, or refused with words. */
class MangledProgramsTest {
    private static final int PROGRAMS = Integer.getInteger("millrace.jq.mangled", 20_000);
    private static final String PIECES = "()[]{}|,.:;\"\\$@?/=+-*%<>#&'^~ \n01e_aé";
    private static final Budget SMALL = new Budget(20_000, 500, 1 << 20, 200);

    @Test
    void eachIsEvaluatedOrRefusedWithWords() throws Exception {
        JsonNode input = ExpressionTest.JSON.readTree("{\"a\":[1,{\"b\":\"x\"},null],\"b\":\"a1,b2\",\"c\":-0.5}");
        int evaluated = 0;
        for (int i = 0; i < PROGRAMS; i++) {
            Random random = new Random(i);
            String program = mangled(new ProgramGenerator(i).next().ours(), random);
            try {
                Expression.compile(program, Set.of("v0")).evaluate(input, Map.of(), SMALL);
                evaluated++;
            } catch (ExpressionException e) {
                assertThat(e.getMessage()).as(program).isNotBlank();
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError(program, e);
            }
        }
        assertThat(evaluated).isGreaterThan(PROGRAMS / 20);
    }

    private static String mangled(String program, Random random) {
        StringBuilder text = new StringBuilder(program);
        for (int changes = random.nextInt(4); changes > 0 && text.length() > 1; changes--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, PIECES.charAt(random.nextInt(PIECES.length())));
                case 2 -> text.insert(at, text.substring(at, Math.min(text.length(), at + 1 + random.nextInt(12))));
                default -> text.setCharAt(at, PIECES.charAt(random.nextInt(PIECES.length())));
            }
        }
        return text.toString();
    }
}
