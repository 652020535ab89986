package io.millrace.connectors.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome;
import io.millrace.schema.agent.AgentOutcome.Status;
import io.millrace.schema.agent.Usage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentAnswerTest {
    private static final Usage USED = new Usage(3, 4);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":[1,2.50,\"x\"]}",
                "null",
                "true",
                "-1.5e3",
                "\"a text \\ud83d\\ude00\"",
                "[]",
                "{\"once\":1,\"Once\":2}"
            })
    void oneJsonValueIsAnAnswer(String json) {
        AgentAnswer answer = AgentAnswer.ofJson(" \n" + json + "\n", USED);

        assertThat(answer).isEqualTo(new AgentAnswer(Status.OK, json, null, 0, USED));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``| the answer is empty",
                "`  `| the answer is empty",
                "secret| the answer is no JSON (line 1, column 7)",
                "{\"a\":1} secret| the answer is no JSON: there is more after the value (line 1, column 8)",
                "{\"a\":1,| the answer is no JSON (line 1, column 8)",
                "[1,2| the answer is no JSON (line 1, column 5)",
                "{'a':'secret'}| the answer is no JSON (line 1, column 2)",
                "NaN| the answer is no JSON (line 1, column 4)",
                "012| the answer is no JSON (line 1, column 2)",
                "\"secret| the answer is no JSON (line 1, column 8)",
                "\"secret \\ud83d\"| the answer: contains half of a surrogate pair, which is no character",
                "{\"\\ude00\":1}| the answer: contains half of a surrogate pair, which is no character",
                "[{\"secret\":1,\"secret\":2}]| the answer: an object has the same name twice",
                "1e99999999999| the answer: a number is out of range",
            })
    void anythingElseIsTriedAgainAndSaysWhereItIsWrong(String text, String problem) {
        AgentAnswer answer = AgentAnswer.ofJson(text, USED);

        assertThat(answer.status()).isEqualTo(Status.RETRYABLE);
        assertThat(answer.error().code()).isEqualTo(AgentErrorCode.OUTPUT_INVALID);
        assertThat(answer.error().message()).isEqualTo(problem);
        assertThat(answer.usage()).isEqualTo(USED);
        assertThat(answer.output()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"secret \ud83d\"", "{\"\ude00\":1}", "\"\ude00\ud83d\""})
    void halfOfASurrogatePairIsNoneOfTheAnswersCharacters(String text) {
        AgentAnswer answer = AgentAnswer.ofJson(text, USED);

        assertThat(answer.error().code()).isEqualTo(AgentErrorCode.OUTPUT_INVALID);
        assertThat(answer.error().message())
                .isEqualTo("the answer: contains half of a surrogate pair, which is no character");
    }

    @Test
    void whatCouldNotBeReadFromAnOutcomeIsNoAnswer() {
        AgentAnswer deep = AgentAnswer.ofJson("[".repeat(32) + "]".repeat(32), USED);
        AgentAnswer deepest = AgentAnswer.ofJson("[".repeat(31) + "]".repeat(31), USED);
        AgentAnswer longNumber = AgentAnswer.ofJson("1".repeat(2_000), USED);
        AgentAnswer latin = AgentAnswer.ofJson("\"é\"".getBytes(StandardCharsets.ISO_8859_1), USED);

        assertThat(deep.error().message()).startsWith("the answer is no JSON");
        assertThat(deepest.status()).isEqualTo(Status.OK);
        assertThat(longNumber.error().code()).isEqualTo(AgentErrorCode.OUTPUT_INVALID);
        assertThat(latin.error().message()).isEqualTo("the answer is not UTF-8");
    }

    @Test
    void aByteOrderMarkIsIgnored() {
        assertThat(AgentAnswer.ofJson("\ufeff{}", USED).output()).isEqualTo("{}");
    }

    @Test
    void anAnswerMayNotBeTooLarge() {
        String largest = "\"" + "x".repeat(AgentOutcome.MAX_OUTPUT_BYTES - 2) + "\"";

        assertThat(AgentAnswer.ofJson(largest, USED).status()).isEqualTo(Status.OK);
        AgentAnswer larger = AgentAnswer.ofJson(largest + " ", USED);
        assertThat(larger.status()).isEqualTo(Status.FAILED);
        assertThat(larger.error().code()).isEqualTo(AgentErrorCode.OUTPUT_TOO_LARGE);
        assertThat(larger.usage()).isEqualTo(USED);
    }

    @Test
    void whatAgentsClaimIsBroughtWithinBounds() {
        AgentAnswer answer = AgentAnswer.failed(AgentErrorCode.AGENT_FAILED, "half \ud83d and\u0000 control")
                .retryAfter(Long.MAX_VALUE)
                .with(new Usage(-1, Long.MAX_VALUE));

        assertThat(answer.error().message()).isEqualTo("half   and  control");
        assertThat(answer.retryAfterMs()).isEqualTo(Duration.ofDays(30).toMillis());
        assertThat(answer.usage()).isEqualTo(new Usage(0, Usage.MAX_TOKENS));
        assertThat(AgentAnswer.failed(AgentErrorCode.AGENT_FAILED, "x".repeat(5_000))
                        .error()
                        .message())
                .hasSize(1_000);
        assertThat(answer.retryAfter(-5).retryAfterMs()).isZero();
    }
}
