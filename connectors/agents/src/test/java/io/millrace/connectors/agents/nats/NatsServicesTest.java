package io.millrace.connectors.agents.nats;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NatsServicesTest {
    private static final NatsAgent MAIN = new NatsAgent(null, "helper", "main");

    private final NatsServices services = new NatsServices();

    private static byte[] info(String subject) {
        return ("{\"endpoints\":[{\"name\":\"other\",\"subject\":\"here.other\"},{\"name\":\"main\",\"subject\":\""
                        + subject + "\"}]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aSubjectIsKnownUntilItIsForgotten() {
        assertThat(services.learn(MAIN, info("here.main"))).isEqualTo("here.main");
        assertThat(services.known(MAIN)).isEqualTo("here.main");

        services.forget(MAIN);

        assertThat(services.known(MAIN)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "two words", "a..b", ".a", "a.", "a.*", "a.>", ">", "$SYS.REQ", "$SRV.INFO", "a\\u0000b"
            })
    void aSubjectThatRequestsCannotGoToIsNotLearnt(String subject) {
        assertThat(services.learn(MAIN, info(subject))).isNull();
        assertThat(services.known(MAIN)).isNull();
    }

    @Test
    void aSubjectMayNotBeTooLong() {
        assertThat(services.learn(MAIN, info("a".repeat(500)))).hasSize(500);
        assertThat(services.learn(MAIN, info("a".repeat(501)))).isNull();
    }
}
