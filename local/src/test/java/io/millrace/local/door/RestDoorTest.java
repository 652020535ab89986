package io.millrace.local.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestDoorTest {

    private static final String TOKEN = "ab".repeat(32);

    private final RestDoor door = new RestDoor(TOKEN);

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8081", "LOCALHOST:8081", "localhost", "127.0.0.1:8081", "[::1]:8081"})
    void theDashboardIsReadByTheNamesOfThisMachine(String host) {
        assertThat(refusal("GET", "/jobs/overview", List.of(host), List.of(), List.of()))
                .isEmpty();
        assertThat(refusal("HEAD", "/", List.of(host), List.of("http://" + host), List.of()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example:8081",
                "localhost.evil.example:8081",
                "localhost:8081.evil.example",
                "evil.localhost",
                "localhost@evil.example",
                "127.0.0.1.nip.io",
                "192.168.0.7:8081",
                "localhost.",
                ""
            })
    void anotherNameIsRefusedThoughItPointsHereAndTheTokenIsGiven(String host) {
        assertThat(refusal("GET", "/", List.of(host), List.of(), List.of("Bearer " + TOKEN)))
                .isPresent();
    }

    @Test
    void noNameAndTwoNamesAreRefused() {
        assertThat(refusal("GET", "/", List.of(), List.of(), List.of())).isPresent();
        assertThat(refusal("GET", "/", List.of("localhost", "evil.example"), List.of(), List.of()))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "http://localhost:3000",
                "https://localhost:8081",
                "http://localhost"
            })
    void anotherOriginIsRefusedThoughTheTokenIsGiven(String origin) {
        assertThat(refusal("GET", "/", List.of("localhost:8081"), List.of(origin), List.of("Bearer " + TOKEN)))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /jars/upload",
        "POST, /v1/jars/a.jar/run",
        "PATCH, /jobs/1",
        "PUT, /jobs/1/resource-requirements",
        "DELETE, /jars/a.jar",
        "OPTIONS, /jars/upload",
        "get, /",
        "GET, /jars",
        "GET, /v1/jars/a.jar/plan",
        "GET, //jars//a.jar/plan",
        "GET, /jobs/1/yarn-cancel",
        "GET, /jobs/1/yarn-stop/",
        "GET, /jobs/1/%79arn-cancel",
        "GET, /jobs/1/yarn-cancel?",
        "GET, /jobs/1/yarn-cancel;x",
        "GET, /jobs/1/yarn-cancel#",
        "GET, /%6aars",
        "GET, /jobs/1\\yarn-cancel",
    })
    void whatActsTakesTheToken(String method, String path) {
        List<String> host = List.of("localhost:8081");

        assertThat(refusal(method, path, host, List.of(), List.of()))
                .hasValueSatisfying(reason -> assertThat(reason).contains("rest.token"));
        assertThat(refusal(method, path, host, List.of(), List.of("Bearer " + TOKEN.replace('b', 'c'))))
                .isPresent();
        assertThat(refusal(method, path, host, List.of(), List.of(TOKEN))).isPresent();
        assertThat(refusal(method, path, host, List.of(), List.of("Bearer " + TOKEN)))
                .isEmpty();
    }

    @Test
    void withoutATokenNothingActs() {
        RestDoor readOnly = new RestDoor(null);

        assertThat(readOnly.refusal(new RestDoor.Request(
                        "POST", "/jars/upload", List.of("localhost"), List.of(), List.of("Bearer null"))))
                .isPresent();
    }

    private Optional<String> refusal(
            String method, String path, List<String> hosts, List<String> origins, List<String> authorizations) {
        return door.refusal(new RestDoor.Request(method, path, hosts, origins, authorizations));
    }
}
