package io.millrace.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.GatewayBed;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the files of the console are served; what they do is tested in a browser. */
class ConsoleRoutesTest {
    private static final int MOST_BYTES = 150_000;

    @TempDir
    Path directory;

    private GatewayBed gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = GatewayBed.of(directory);
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    /** The names of all files that the console has. */
    private static List<String> files() throws Exception {
        URI folder = ConsoleRoutesTest.class.getResource("/console/").toURI();
        if (folder.getScheme().equals("jar")) {
            try (FileSystem jar = FileSystems.newFileSystem(folder, Map.of())) {
                return names(jar.getPath("/console"));
            }
        }
        return names(Path.of(folder));
    }

    private static List<String> names(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private HttpResponse<byte[]> small(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.uri(path)).header("Accept-Encoding", "gzip, br");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return gateway.client().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void thePageIsForAllAndLetsInNothingFromElsewhere() throws Exception {
        HttpResponse<String> page = gateway.get(null, "/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("content-security-policy"))
                .hasValueSatisfying(policy ->
                        assertThat(policy).contains("default-src 'self'").doesNotContain("unsafe"));
        assertThat(page.body()).doesNotContain("http://", "https://", "onclick", "<style");
    }

    @Test
    void allOfItIsServedAndSmall() throws Exception {
        int bytes = 0;
        for (String file : files()) {
            String path = file.equals("index.html") ? "/" : "/console/" + file;
            HttpResponse<byte[]> reply = small(path);
            assertThat(reply.statusCode()).as(file).isEqualTo(200);
            assertThat(reply.headers().firstValue("content-encoding")).as(file).contains("gzip");
            try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(reply.body()))) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                assertThat(text).as(file).isEqualTo(gateway.get(null, path).body());
                if (!file.equals("preact.js")) {
                    assertThat(text)
                            .as(file)
                            .doesNotContain("nnerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
                }
            }
            bytes += reply.body().length;
        }
        assertThat(bytes).isLessThan(MOST_BYTES);
    }

    @Test
    void whatABrowserHasIsNotSentAgain() throws Exception {
        HttpResponse<byte[]> first = small("/console/app.js");
        String tag = first.headers().firstValue("etag").orElseThrow();
        assertThat(first.headers().firstValue("cache-control")).contains("no-cache");

        HttpResponse<byte[]> again = small("/console/app.js", "If-None-Match", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(small("/console/app.js", "If-None-Match", "W/\"other\"").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "index.html",
                "none.js",
                "..%2Flog4j2.xml",
                "..%2F..%2Fexamples%2Ftask.created.v1.json",
                "a%00.js"
            })
    void nothingElseIsThere(String name) throws Exception {
        assertThat(gateway.get(null, "/console/" + name).statusCode()).isIn(400, 404);
    }
}
