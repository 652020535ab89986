package io.millrace.schema.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "null                              | null",
                " true                             | true",
                "\"\\u00e9\\/\"                    | \"é/\"",
                "\"null\"                          | \"null\"",
                "\"1.0\"                           | \"1.0\"",
                "{ }                               | {}",
                "[ 1 , [ ] ]                       | [1,[]]",
                "{\"b\":1,\"a\":{\"d\":2,\"c\":3}} | {\"a\":{\"c\":3,\"d\":2},\"b\":1}",
                "{\"\\u20ac\":1,\"\\r\":2,\"1\":3} | {\"\\r\":2,\"1\":3,\"€\":1}",
                "1                                 | 1",
                "1.0                               | 1",
                "10e-1                             | 1",
                "-0                                | 0",
                "-0.0e7                            | 0",
                "100                               | 100",
                "1e2                               | 100",
                "0.50                              | 5e-1",
                "-12.30                            | -123e-1",
                "123456789012345678901             | 123456789012345678901",
                "1e30                              | 1e30",
                "1000000000000000000000000000000   | 1e30",
                "1e2147483646                      | 1e2147483646",
                "10e2147483647                     | 1e2147483648",
                "12345678901234567890.123          | 12345678901234567890123e-3",
            })
    void textsThatMeanTheSameHaveOneForm(String json, String canonical) throws Exception {
        assertThat(new String(CanonicalJson.of("input", json), StandardCharsets.UTF_8))
                .isEqualTo(canonical);
    }

    @Test
    void aDigestIsThatOfTheCanonicalForm() throws Exception {
        assertThat(CanonicalJson.digest("input", "{\"b\":1.0, \"a\":[ ]}"))
                .isEqualTo(CanonicalJson.sha256("{\"a\":[],\"b\":1}".getBytes(StandardCharsets.UTF_8)))
                .hasSize(64);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,\"a\":1}        | DUPLICATE_FIELD",
                "[{\"a\":{\"b\":1,\"b\":2}}] | DUPLICATE_FIELD",
                "\"\\ud800\"              | INVALID_VALUE",
                "{\"\\udc00\":1}          | INVALID_VALUE",
                "1e99999999999            | INVALID_VALUE",
            })
    void whatIsNotTheSameToEveryReaderIsRejected(String json, ErrorCode code) {
        RejectedEventException rejection =
                catchThrowableOfType(RejectedEventException.class, () -> CanonicalJson.of("input", json));

        assertThat(rejection).hasMessageStartingWith("input: ");
        assertThat(rejection.code()).isEqualTo(code);
    }
}
