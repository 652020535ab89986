package io.millrace.logic.agent.schema;

import static io.millrace.logic.agent.CallHistory.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A check ends, whatever the schema and the text: with counts as bounds, so that it ends the same when it is done
 * again.
 */
class JsonSchemaCheckTest {
    private static final Duration SAFETY_NET = Duration.ofSeconds(60);
    private static final String TOO_MANY_STEPS =
            "cannot be checked by its schema: more than " + CheckAllowance.MAX_EVALUATIONS + " steps are needed";
    private static final String TOO_MANY_READS =
            "cannot be checked by its schema: its patterns need more than " + CheckAllowance.MAX_READS + " steps";
    private static final String TOO_LARGE =
            "cannot be checked by its schema: a number has more than 400 digits, or an exponent beyond ±400";

    private static String problem(String schema, String value) throws Exception {
        SchemaCheck check = JsonSchemaCheck.of("input_schema", json(schema));
        return assertTimeoutPreemptively(SAFETY_NET, () -> check.problem(json(value)));
    }

    @Test
    void aNumberThatTheLibraryCannotCalculateWithIsAProblemWithoutTheNumber() throws Exception {
        assertThat(problem("{'multipleOf':0.01}", "[" + "7".repeat(310) + "]")).isNull();
        assertThat(problem("{'multipleOf':0.01}", "7".repeat(310)))
                .isEqualTo("cannot be checked by its schema: NumberFormatException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e100000000", "-1e100000000", "1e-100000000", "1e401", "1.5e-401", "[0,{'a':[1e401]}]"})
    void aNumberBeyondReasonIsAProblem(String value) throws Exception {
        assertThat(problem("{'multipleOf':3}", value)).isEqualTo(TOO_LARGE);
        assertThat(problem("{}", value)).isEqualTo(TOO_LARGE);
    }

    @Test
    void aProblemOfTheWholeValueHasNoEmptyPlace() throws Exception {
        assertThat(problem("{'required':['a']}", "{}")).doesNotStartWith(":").contains("'a'");
        assertThat(problem("{'properties':{'a':{'type':'string'}}}", "{'a':1}")).startsWith("/a: ");
    }

    @Test
    void asIsOneOfTooManyDigits() throws Exception {
        assertThat(problem("{'type':'integer'}", "1".repeat(401))).isEqualTo(TOO_LARGE);
        assertThat(problem("{'type':'number'}", "0." + "1".repeat(401))).isEqualTo(TOO_LARGE);
        assertThat(problem("{'type':'integer'}", "1".repeat(400))).isNull();
        assertThat(problem("{'type':'number'}", "-0." + "1".repeat(400))).isNull();
        assertThat(problem("{'type':'number'}", "1e400")).isNull();
        assertThat(problem("{'type':'number'}", "1e-400")).isNull();
    }

    @Test
    void noNumberOfASchemaIsBeyondReasonEither() {
        assertThatThrownBy(() -> JsonSchemaCheck.of("input_schema", "{\"multipleOf\":1e-100000000}"))
                .isInstanceOf(RejectedEventException.class)
                .hasMessageStartingWith("input_schema: a number has more than 400 digits");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "{'pattern':'^(.*a){12}$'}                                               ; '%s!'    ; true",
                "{'patternProperties':{'^(.*a){12}$':true}}                              ; {'%s!':1} ; false",
                "{'patternProperties':{'^(.*a){12}$':true},'additionalProperties':false} ; {'%s!':1} ; true",
                "{'propertyNames':{'pattern':'^(.*a){12}$'}}                             ; {'%s!':1} ; true",
                "{'pattern':'^(a*)*$'}                                                   ; '%s!'    ; true",
            })
    void aPatternThatCouldTryEachWayToDivideATextReadsItOnce(String schema, String value, boolean wrong)
            throws Exception {
        String problem = problem(schema, value.formatted("a".repeat(60)));

        assertThat(problem != null).isEqualTo(wrong);
        assertThat(problem).isNotEqualTo(TOO_MANY_READS);
    }

    @Test
    void emptyAlternativesAreNotTriedOneWithEachOther() throws Exception {
        assertThat(problem("{'pattern':'" + "(|)".repeat(40) + "[^a]$'}", "'aaa'"))
                .endsWith("[^a]$");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?!)",
                "(?=a)b",
                "(?<=a)b",
                "(a)\\\\1",
                "(",
                "[a",
                "a{1001}",
                "(?i)[\u1c80]",
                "(?s:a)",
                "[(](?m)a",
                "\\\\Q(\\\\E"
            })
    void whatCannotBeMatchedInOnePassIsRefusedWhereItIsGiven(String pattern) {
        assertThatThrownBy(() ->
                        JsonSchemaCheck.of("input_schema", json("{'pattern':'" + "(|)".repeat(40) + pattern + "'}")))
                .isInstanceOf(RejectedEventException.class)
                .hasMessageStartingWith("input_schema: the pattern ")
                .hasMessageEndingWith("Patterns are in RE2 syntax, without lookaround and back references");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a{999}){999}",
                "((a{100}){100}){100}",
                "(((((((x{9}){9}){9}){9}){9}){9}){9}){9}",
                "(x{900}[\\\\](]){900}",
                "(?:[^]a]{200}){200}"
            })
    void aPatternThatRepeatsRepetitionsIsRefusedBeforeItIsWrittenOut(String pattern) {
        assertThatThrownBy(() -> JsonSchemaCheck.of("input_schema", json("{'pattern':'" + pattern + "'}")))
                .isInstanceOf(RejectedEventException.class)
                .hasMessage("input_schema: a pattern is too large, with what it repeats written out");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$ ; 0b0e0c0a-1111-4222-8333-444455556666 ; 0b0e0c0a-1111",
                "^\\\\u0041+\\\\u{1F600}$                    ; AA😀                                  ; B😀",
                "^\\\\u{10000}\\\\uD83D\\\\uDE00$         ; 𐀀😀                                  ; 😀",
                "^\\\\p{Letter}+$                            ; été                                  ; 1",
                "^a{2,}$                                     ; aaa                                  ; a",
                "^{2}$|^x{,}$                                ; x{,}                                 ; xx",
            })
    void whatSchemasOftenAskForIsFollowed(String pattern, String right, String wrong) throws Exception {
        String schema = "{'pattern':'" + pattern + "'}";

        assertThat(problem(schema, "'" + right + "'")).isNull();
        assertThat(problem(schema, "'" + wrong + "'")).contains("does not match the regex pattern");
    }

    @Test
    void aLongTextIsFollowedByAPatternThatReadsItOnce() throws Exception {
        assertThat(problem("{'pattern':'^[a-z]*$'}", "'" + "a".repeat(250_000) + "'"))
                .isNull();
        assertThat(problem("{'pattern':'b$'}", "'" + "a".repeat(250_000) + "'")).endsWith("regex pattern b$");
    }

    @Test
    void eachCheckHasItsWholeMeasure() throws Exception {
        SchemaCheck check = JsonSchemaCheck.of("input_schema", json("{'pattern':'^(a{500}b)*$'}"));
        String endless = json("'" + "a".repeat(250_000) + "'");

        assertThat(check.problem(endless)).isEqualTo(TOO_MANY_READS);
        assertThat(check.problem("\"\"")).isNull();
        assertThat(check.problem(endless)).isEqualTo(TOO_MANY_READS);
    }

    /** A schema whose {@code depth}-th definition refers twice to the one before, and so on. */
    private static String doubled(int depth, String keyword, String use) {
        StringBuilder schema = new StringBuilder("{").append(use).append(",'$defs':{'d0':{'type':'object'}");
        IntStream.rangeClosed(1, depth).forEach(i -> {
            String ref = "{'$ref':'#/$defs/d" + (i - 1) + "'}";
            schema.append(",'d%d':{'%s':[%s,%s]}".formatted(i, keyword, ref, ref));
        });
        return schema.append("}}").toString();
    }

    @Test
    void referencesThatMultiplyAreRejected() {
        String schema = json(doubled(40, "allOf", "'$ref':'#/$defs/d40'"));

        assertThatThrownBy(
                        () -> assertTimeoutPreemptively(SAFETY_NET, () -> JsonSchemaCheck.of("output_schema", schema)))
                .isInstanceOf(RejectedEventException.class)
                .hasMessage("output_schema: more than " + CheckAllowance.MAX_EVALUATIONS + " steps are needed")
                .extracting(e -> ((RejectedEventException) e).code())
                .isEqualTo(ErrorCode.INVALID_SCHEMA);
    }

    @ParameterizedTest
    @CsvSource({"allOf, {'a':{}}", "allOf, {'a':1}", "anyOf, {'a':1}", "oneOf, {'a':{}}"})
    void referencesThatMultiplyForSomeValuesAloneAreStopped(String keyword, String value) throws Exception {
        String schema = doubled(40, keyword, "'properties':{'a':{'$ref':'#/$defs/d40'}}");

        assertThat(problem(schema, "{}")).isNull();
        assertThat(problem(schema, value)).isEqualTo(TOO_MANY_STEPS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'properties':{'c':{'allOf':[{'$ref':'#'},{'$ref':'#'}]}}}",
                "{'$dynamicAnchor':'n','properties':{'c':{'allOf':[{'$dynamicRef':'#n'},{'$dynamicRef':'#n'}]}}}",
            })
    void asAreThoseThatMultiplyWithTheDepthOfTheValue(String schema) throws Exception {
        assertThat(problem(schema, "{'c':".repeat(3) + "1" + "}".repeat(3))).isNull();
        assertThat(problem(schema, "{'c':".repeat(30) + "1" + "}".repeat(30))).isEqualTo(TOO_MANY_STEPS);
    }

    @Test
    void whatIsLargeAndSimpleIsChecked() throws Exception {
        String schema = "{'items':{'type':'integer','minimum':0,'maximum':9,'multipleOf':1}}";

        assertThat(problem(schema, "[" + "1,".repeat(130_000) + "1]")).isNull();
        assertThat(problem(schema, "[" + "11,".repeat(80_000) + "1]")).endsWith("and 79995 more");
        assertThat(problem(doubled(10, "allOf", "'$ref':'#/$defs/d10'"), "{}")).isNull();
    }

    /** As many texts of one hash code. */
    private static String collisions(int bits) {
        return IntStream.range(0, 1 << bits)
                .mapToObj(i -> IntStream.range(0, bits)
                        .mapToObj(bit -> (i >> bit & 1) == 0 ? "Aa" : "BB")
                        .collect(Collectors.joining("", "'", "'")))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String numbers(int count) {
        return "[" + "1,".repeat(count - 1) + "1]";
    }

    @Test
    void aKeywordIsChargedWhatItReads() throws Exception {
        String schema = "{'properties':{'a':{'$ref':'#/$defs/d12'}},'$defs':{'d0':%s"
                + doubled(12, "allOf", "'title':''").replaceFirst(".*'d0':\\{'type':'object'}", "");

        assertThat(problem(schema.formatted("{'enum':[1]}"), "{'a':" + numbers(40_000) + "}"))
                .isEqualTo(TOO_MANY_STEPS);
        assertThat(problem(schema.formatted("{'const':1}"), "{'a':" + numbers(40_000) + "}"))
                .isEqualTo(TOO_MANY_STEPS);
        assertThat(problem(schema.formatted("{'maxLength':250000}"), "{'a':'" + "x".repeat(200_000) + "'}"))
                .isEqualTo(TOO_MANY_STEPS);
        assertThat(problem(schema.formatted("{'required':" + collisions(10) + "}"), "{'a':{}}"))
                .isEqualTo(TOO_MANY_STEPS);
    }

    @Test
    void itemsOfOneHashCodeAreComparedWithEachOther() throws Exception {
        assertThat(problem("{'uniqueItems':true}", collisions(13))).isEqualTo(TOO_MANY_STEPS);
        assertThat(problem("{'uniqueItems':true}", collisions(8))).isNull();
        assertThat(problem("{'uniqueItems':true}", numbers(40_000))).doesNotContain("cannot be checked");
        assertThatThrownBy(() -> JsonSchemaCheck.of("input_schema", json("{'enum':" + collisions(13) + "}")))
                .hasMessage("input_schema: more than " + CheckAllowance.MAX_EVALUATIONS + " steps are needed");
    }

    @Test
    void whatEarlierKeywordsLeftIsChargedToThoseThatSearchIt() throws Exception {
        String schema = "{'properties':{'a':{'$ref':'#/$defs/d13'}},'$defs':{'d0':%s"
                + doubled(13, "allOf", "'title':''").replaceFirst(".*'d0':\\{'type':'object'}", "");

        assertThat(problem(
                        schema.formatted("{'properties':{'b':true},'unevaluatedProperties':true}"),
                        "{'a':{'b':1,'c':1}}"))
                .isEqualTo(TOO_MANY_STEPS);
    }

    @Test
    void patternsAreTogetherAsLargeAsIsCompiledAtOnce() {
        String patterns = IntStream.range(0, 100)
                .mapToObj(i -> "'%d(ab?){900}':true".formatted(i))
                .collect(Collectors.joining(","));

        assertThatThrownBy(() -> JsonSchemaCheck.of("input_schema", json("{'patternProperties':{" + patterns + "}}")))
                .hasMessage("input_schema: its patterns are together too large, with what they repeat written out");
    }

    @Test
    void aSchemaThatLeadsDeeperThanTheStackIsBounded() throws Exception {
        String chain = IntStream.range(0, 2_000)
                .mapToObj(i -> "'d%d':{'$ref':'#/$defs/d%d'}".formatted(i, i + 1))
                .collect(Collectors.joining(
                        ",", "{'properties':{'a':{'$ref':'#/$defs/d0'}},'$defs':{", ",'d2000':{}}}"));

        assertThat(problem(chain, "{'a':1}"))
                .isEqualTo("cannot be checked by its schema: nested more than " + CheckWork.MAX_DEPTH + " deep");
    }

    @Test
    void classesAndGroupsCountAsTheyAreHeld() {
        assertRefused("\\\\pL".repeat(100), "too large");
        assertRefused("[\\\\pL\\\\pN]".repeat(50), "too large");
        assertRefused("(".repeat(300) + "a" + "){1}".repeat(300), "too large");
    }

    private static void assertRefused(String pattern, String why) {
        assertThatThrownBy(() -> JsonSchemaCheck.of("input_schema", json("{'pattern':'" + pattern + "'}")))
                .isInstanceOf(RejectedEventException.class)
                .hasMessageContaining(why);
    }

    @Test
    void comparisonsAndDigitsAreChargedByTheirLength() throws Exception {
        String deep = IntStream.range(0, 2_000)
                .mapToObj(i -> IntStream.range(0, 11)
                        .mapToObj(bit -> (i >> bit & 1) == 0 ? "Aa" : "BB")
                        .collect(Collectors.joining("", "[" + "[],".repeat(30) + "'", "']")))
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(problem("{'uniqueItems':true}", deep)).isEqualTo(TOO_MANY_STEPS);

        String many = "{'allOf':[" + "{'uniqueItems':true},".repeat(999) + "{'uniqueItems':true}]}";
        String digits = IntStream.range(0, 640)
                .mapToObj(i -> "1." + (100 + i) + "7".repeat(380))
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(problem(many, digits)).isEqualTo(TOO_MANY_STEPS);
    }

    @Test
    void oneSchemaIsCompiledOnce() throws Exception {
        String schema = json("{'type':'object'}");

        assertThat(JsonSchemaCheck.of("input_schema", schema)).isSameAs(JsonSchemaCheck.of("output_schema", schema));
    }
}
