package io.millrace.connectors.agents.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentUrlTest {

    @ParameterizedTest
    @CsvSource({
        "http://a.example:8080, http://a.example:8080/",
        "https://a.example?b=%20c, https://a.example/?b=%20c",
        "http://[::1]:80?b, http://[::1]:80/?b",
        "http://a.example/b?c, http://a.example/b?c",
    })
    void whatIsResolvedAgainstAUrlStaysAtItsHost(String text, String read) {
        URI url = AgentUrl.read(text);

        assertThat(url).hasToString(read);
        assertThat(url.resolve("@evil.example/").getHost()).isEqualTo(url.getHost());
    }
}
