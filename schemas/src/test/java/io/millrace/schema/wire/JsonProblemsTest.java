package io.millrace.schema.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import org.junit.jupiter.api.Test;

class JsonProblemsTest {

    @Test
    void aLimitOfTheParserIsToldWithItsNumber() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(3).build())
                .build();

        assertThatThrownBy(() -> {
                    try (JsonParser parser = factory.createParser("[[[[1]]]]")) {
                        while (parser.nextToken() != null) {}
                    }
                })
                .isInstanceOfSatisfying(
                        JsonProcessingException.class, e -> assertThat(JsonProblems.inWords(e.getOriginalMessage()))
                                .isEqualTo("Document nesting depth (4) exceeds the maximum of 3"));
    }

    @Test
    void bytesThatAreNoTextAreToldInPlainWords() {
        assertThat(JsonProblems.inWords(
                        "java.io.CharConversionException: Invalid UTF-8 start byte 0x8f" + " (at char #7, byte #-1)"))
                .isEqualTo("not UTF-8");
    }
}
