package io.millrace.logic.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.wire.RejectedEventException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where what is said of a flag is not what flagd-core says, on purpose; docs/flags.md has the list. */
class FlagDifferencesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void sharedEvaluatorsAreRefused() throws Exception {
        FlagResult byReference = evaluate("{'$ref':'isEmployee'}", "{}");
        assertThat(byReference.error()).isEqualTo(FlagError.PARSE_ERROR);
        assertThat(byReference.detail()).startsWith("targeting: $ref: ").contains("one flag");

        CompiledFlag own = CompiledFlag.compile(
                "f", json("{'state':'ENABLED','variants':{'a':1},'defaultVariant':'a','$evaluators':{}}"));
        assertThat(own.problem()).startsWith("$evaluators: ");
        assertThat(own.evaluate(FlagContext.EMPTY, Instant.EPOCH).error()).isEqualTo(FlagError.PARSE_ERROR);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'nope':[1]}                                   | \"nope\" is no operator",
                "{'log':'a'}                                    | \"log\" is no operator",
                "{'??':[1,2]}                                   | \"??\" is no operator",
                "{'var':'a','==':[1,1]}                         | one operator",
                "{'==':[{'var':'x'}]}                           | \"==\" takes a list of at least 2",
                "{'if':'a'}                                     | \"if\" takes a list",
                "{'some':[[1]]}                                 | \"some\" takes a list of at least 2",
                "{'if':[{'var':'x'},'a',{'+':['b',1]}]}         | a number was expected where a text is",
            })
    void whatCanNotBeIsFoundBeforeAnybodyAsks(String targeting, String problem) throws Exception {
        FlagResult result = evaluate(targeting, "{}");

        assertThat(result.error()).isEqualTo(FlagError.PARSE_ERROR);
        assertThat(result.detail()).startsWith("targeting: ").contains(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Operators of flagd within those of lists, where flagd-core fails.
                "{'some':[{'var':'l'},{'sem_ver':[{'var':''},'>','1.0.0']}]}                        | {'l':['2.0.0']}        | true",
                "{'map':[{'var':'l'},{'fractional':[[{'var':''},1]]}]}                              | {'l':['b'],'targetingKey':'u'} | b",
                // Nothing in cat is no text; flagd-core's generated code writes null.
                "{'cat':['tr',{'var':'x'},'ue']}                                                     | {}                     | true",
                // A default is for what is not there; flagd-core's generated code also has it for null.
                "{'if':[{'===':[{'var':['x','d']},null]},'a','b']}                                   | {'x':null}             | a",
                // All of a list that is not there is as of an empty one; flagd-core's generated code takes that for
                // true.
                "{'if':[{'all':[{'var':'l'},{'var':''}]},'a','b']}                                   | {}                     | b",
                // What JavaScript's objects have is nothing.
                "{'if':[{'var':'__proto__'},'a','b']}                                                | {}                     | b",
                "{'var':['toString','b']}                                                            | {}                     | b",
            })
    void whereFlagdCoreDiffersWithItselfOrWithFlagd(String targeting, String context, String variant) throws Exception {
        assertThat(evaluate(targeting, context).variant()).isEqualTo(variant);
    }

    /** By the bytes of UTF-8, as flagd and its providers but that of JavaScript have it: MurmurHash3 as everywhere else. */
    @ParameterizedTest
    @CsvSource({"'',0", "hello,613153351", "äöü,769542228", "日本,-992347838", "𝒳y,-1134527775"})
    void bucketsAreOfUtf8(String text, int hash) {
        assertThat(Murmur3.hash(text)).isEqualTo(hash);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'reduce':[{'var':'l'},{'cat':[{'var':'accumulator'},{'var':'accumulator'}]},'abcdefgh']} | more than 65536 characters",
                "{'reduce':[{'var':'l'},{'merge':[{'var':'accumulator'},{'var':'accumulator'}]},[1,2,3]]} | more than 100000 steps",
                "{'some':[{'var':'l'},{'some':[{'var':'../../l'},{'some':[{'var':'../../../../l'},{'===':[{'var':''},'z']}]}]}]} | more than 100000 steps",
                "{'reduce':[{'var':'l'},[[{'var':'accumulator'}]],[]]} | can't make lists or objects in others",
            })
    void evaluationIsBounded(String targeting, String problem) throws Exception {
        StringBuilder list = new StringBuilder("{'l':[0");
        for (int i = 1; i < 200; i++) {
            list.append(',').append(i);
        }

        FlagResult result = evaluate(targeting, list + "]}");

        assertThat(result.error()).isEqualTo(FlagError.GENERAL);
        assertThat(result.detail()).startsWith("targeting: ").contains(problem);
    }

    @Test
    void aContextIsBounded() {
        assertThatThrownBy(() -> context("{'l':[" + "1,".repeat(FlagContext.MAX_VALUES) + "1]}"))
                .isInstanceOf(RejectedEventException.class)
                .hasMessageContaining("more than 5000 values");
        assertThatThrownBy(() -> context("{'l':" + "[".repeat(30) + "]".repeat(30) + "}"))
                .isInstanceOf(RejectedEventException.class)
                .hasMessageContaining("deeper than 16");
    }

    @Test
    void whatAnEvaluationTookIsTold() throws Exception {
        EvaluationBudget enough = new EvaluationBudget(10);
        assertThat(flag("{'var':'x'}")
                        .evaluate(context("{'x':'a'}"), Instant.EPOCH, enough)
                        .variant())
                .isEqualTo("a");
        assertThat(enough.spent()).isEqualTo(1);

        EvaluationBudget tooLittle = new EvaluationBudget(2);
        assertThat(flag("{'if':[{'var':'x'},'a','b']}")
                        .evaluate(context("{'x':'a'}"), Instant.EPOCH, tooLittle)
                        .detail())
                .contains("more than 2 steps");
        assertThat(tooLittle.spent()).isEqualTo(2);
    }

    private static FlagResult evaluate(String targeting, String context) throws Exception {
        return flag(targeting).evaluate(context(context), Instant.EPOCH);
    }

    private static CompiledFlag flag(String targeting) throws RejectedEventException {
        return CompiledFlag.compile(
                "f",
                json("{'state':'ENABLED','variants':{'a':1,'b':2,'true':3,'false':4},'defaultVariant':'a','targeting':"
                        + targeting + "}"));
    }

    private static FlagContext context(String context) throws RejectedEventException, JsonProcessingException {
        return FlagContext.of((ObjectNode) JSON.readTree(json(context)));
    }

    private static String json(String quoted) {
        return quoted.replace('\'', '"');
    }
}
