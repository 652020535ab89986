package io.millrace.connectors.agents.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schema.agent.AgentErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentInputTest {

    /** Reads every kind of field that there is. */
    private static void read(String json) throws AgentFailure {
        AgentInput input = AgentInput.of(json.replace('\'', '"'));
        input.text("text", 5);
        input.optional("word", 5);
        input.beginning("long", 5);
        input.number("top", 3, 1, 10);
        input.texts("texts", 2, 5);
        for (AgentInput hit : input.objects("hits")) {
            hit.text("id", 5);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            {                                                 | input: must be JSON
            []                                                | input: must be an object
            {}                                                | text: missing
            {'text':null}                                     | text: missing
            {'text':5}                                        | text: must be a string
            {'text':'abcdef'}                                 | text: must have at most 5 characters
            {'text':'a','word':'abcdef'}                      | word: must have at most 5 characters
            {'text':'a'}                                      | long: missing
            {'text':'a','long':'a','top':0}                   | top: must be a whole number from 1 to 10
            {'text':'a','long':'a','top':1.5}                 | top: must be a whole number from 1 to 10
            {'text':'a','long':'a','texts':'a'}               | texts: must be an array
            {'text':'a','long':'a','texts':['a','b','c']}     | texts: must be an array of at most 2 texts
            {'text':'a','long':'a','texts':[5]}               | texts: must have texts only
            {'text':'a','long':'a','texts':['abcdef']}        | texts: must have at most 5 characters
            {'text':'a','long':'a','hits':{}}                 | hits: must be an array
            {'text':'a','long':'a','hits':[{'id':'a'},{}]}    | hits[1].id: missing
            """)
    void whatIsWrongIsNamed(String json, String message) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(AgentFailure.class).hasMessage(message);
        assertThat(AgentInput.wrong("a", "b").answer().error().code()).isEqualTo(AgentErrorCode.AGENT_REJECTED);
    }

    @Test
    void whatIsThereIsRead() throws AgentFailure {
        AgentInput input = AgentInput.of(
                "{\"text\":\"a\",\"texts\":[\"b\",{\"text\":\"c\"}],\"top\":7,\"score\":0.5,\"emoji\":\"ab😀\"}");
        assertThat(input.text("text", 1)).isEqualTo("a");
        assertThat(input.texts("texts", 2, 1)).containsExactly("b", "c");
        assertThat(input.number("top", 3, 1, 10)).isEqualTo(7);
        assertThat(input.number("absent", 3, 1, 10)).isEqualTo(3);
        assertThat(input.fraction("score")).isEqualTo(0.5);
        assertThat(input.beginning("emoji", 3)).isEqualTo("ab");
        assertThat(input.optional("absent", 1)).isNull();
        assertThat(input.has("absent")).isFalse();
        assertThat(input.objects("absent")).isEmpty();
    }
}
