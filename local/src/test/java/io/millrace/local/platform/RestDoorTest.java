package io.millrace.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.DefaultHttpRequest;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpMethod;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpRequest;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestDoorTest {

    private static final String SECRET = "5a".repeat(32);
    private static final String HOST = "localhost:8081";

    private static HttpRequest request(String method, String uri, String... headers) {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(method), uri);
        for (int i = 0; i < headers.length; i += 2) {
            request.headers().add(headers[i], headers[i + 1]);
        }
        return request;
    }

    private static String problem(HttpRequest request) {
        return new RestDoor(SECRET).problem(request);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8081", "127.0.0.1:8081", "[::1]:8081", "localhost"})
    void whoIsOnThisMachineMayLook(String host) {
        assertThat(problem(request("GET", "/jobs/overview", "Host", host))).isNull();
        assertThat(problem(request("GET", "/", "Host", host, "Sec-Fetch-Site", "none")))
                .isNull();
        assertThat(problem(request(
                        "GET", "/", "Host", host, "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate")))
                .isNull();
        assertThat(problem(request("GET", "/jobs", "Host", host, "Origin", "http://" + host)))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example:8081", "localhost.evil.example", "127.0.0.1.evil.example:8081", "", ":8081", "8081"
            })
    void aNameThatOnlyLeadsHereIsRefused(String host) {
        assertThat(problem(request("GET", "/jobs", "Host", host))).contains("answers to localhost only");
    }

    @Test
    void soAreNoNameAndTwo() {
        assertThat(problem(request("GET", "/jobs"))).contains("answers to localhost only");
        assertThat(problem(request("GET", "/jobs", "Host", HOST, "Host", HOST))).contains("answers to localhost only");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://evil.example", "https://localhost:8081", "http://localhost:3000", "null", "file://"})
    void pagesOfOtherOriginsGetNothingEvenWithTheSecret(String origin) {
        assertThat(problem(
                        request("GET", "/jobs", "Host", HOST, "Origin", origin, "Authorization", "Bearer " + SECRET)))
                .contains("other origins");
        assertThat(problem(request("POST", "/jars/upload", "Host", HOST, "Origin", origin)))
                .contains("other origins");
    }

    @Test
    void norDoTheirImages() {
        assertThat(problem(request(
                        "GET", "/jobs", "Host", HOST, "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors")))
                .contains("other sites");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /jars/upload",
        "POST, /jars/x/run",
        "DELETE, /jars/x",
        "PATCH, /jobs/0a",
        "POST, /jobs/0a/savepoints",
        "PUT, /jobs/0a/resource-requirements",
        "DELETE, /cluster",
        "OPTIONS, /jobs",
        "GET, /jobs/0a/yarn-cancel",
        "GET, /jobs/0a/yarn%2Dstop",
        "GET, /jobs/0a/%79arn-cancel",
        "GET, http://[",
    })
    void whatChangesSomethingNeedsTheSecret(String method, String uri) {
        assertThat(problem(request(method, uri, "Host", HOST))).contains("needs the secret");
        assertThat(problem(request(method, uri, "Host", HOST, "Authorization", "Bearer " + "5b".repeat(32))))
                .contains("needs the secret");
        assertThat(problem(request(method, uri, "Host", HOST, "Authorization", "Bearer " + SECRET)))
                .isNull();
    }
}
