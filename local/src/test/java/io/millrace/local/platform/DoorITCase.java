package io.millrace.local.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.door.RestToken;
import io.millrace.operations.flink.FlinkRest;
import io.millrace.operations.flink.FlinkRestException;
import io.millrace.testing.process.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a web page, another name and another user's process get of the real REST API. */
class DoorITCase {

    @TempDir
    private static Path data;

    private static DataDirectory directory;
    private static FlinkCluster cluster;
    private static int port;

    @BeforeAll
    static void start() throws IOException {
        port = FreePort.find();
        PlatformOptions options = new PlatformOptions(
                Path.of(System.getProperty("millrace.home")),
                data,
                FreePort.find(),
                port,
                FreePort.find(),
                1,
                Duration.ofSeconds(1));
        directory = DataDirectory.lock(data);
        cluster = FlinkCluster.start(
                FlinkSettings.of(
                        options, directory, directory.emptyTemporary(), directory.newRestToken(), 1, List.of()),
                1);
    }

    @AfterAll
    static void stop() {
        cluster.close();
        directory.close();
    }

    @Test
    void theUploadOfAWebPageIsRefusedAndNothingOfItIsKept() throws IOException {
        for (String header : List.of("Origin: https://evil.example", "Origin: null", "Accept: */*")) {
            assertThat(upload("localhost:" + port, header)).as(header).startsWith("HTTP/1.1 403 ");
        }
        assertThat(upload("evil.example:" + port, "Authorization: Bearer " + token()))
                .startsWith("HTTP/1.1 403 ");

        assertThat(filesNamed("page.jar")).isEmpty();
    }

    @Test
    void anotherNameDoesNotReadAndAnotherOriginIsGrantedNothing() throws IOException {
        assertThat(ask("GET", "/jobmanager/config", "evil.example:" + port)).startsWith("HTTP/1.1 403 ");
        assertThat(ask("GET", "/config", "localhost:" + port, "Origin: https://evil.example"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(ask("OPTIONS", "/jars/upload", "localhost:" + port, "Access-Control-Request-Method: POST"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(ask("GET", "/config", "localhost:" + port))
                .startsWith("HTTP/1.1 200 ")
                .doesNotContain("llow-origin: *");
    }

    @Test
    void whatActsByGetIsNotReached() throws IOException {
        String none = "0".repeat(32);
        for (String path : List.of("/jars/x.jar/plan", "/%6aars", "/jobs/" + none + "/yarn%2dcancel", "/v1/jars")) {
            assertThat(ask("GET", path, "localhost:" + port)).as(path).startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void theDashboardIsServed() throws IOException {
        assertThat(ask("GET", "/", "localhost:" + port))
                .startsWith("HTTP/1.1 200 ")
                .contains("<html");
        assertThat(ask("GET", "/jobs/overview", "127.0.0.1:" + port, "Origin: http://127.0.0.1:" + port))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void whoMayReadTheDataDirectorySubmits() throws IOException {
        Path jar = Files.writeString(data.resolve("own.jar"), "no jar");
        URI address = cluster.address();
        FlinkRest owner = new FlinkRest(address, () -> RestToken.of(new FlinkRest(address)));
        FlinkRest stranger = new FlinkRest(address);

        String id = owner.uploadJar(jar);
        assertThatThrownBy(() -> stranger.deleteJar(id))
                .isInstanceOf(FlinkRestException.class)
                .hasMessageContaining("rest.token");
        owner.deleteJar(id);

        assertThatThrownBy(() -> stranger.uploadJar(jar))
                .isInstanceOf(FlinkRestException.class)
                .hasMessageContaining("rest.token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(RestToken.FILE))))
                .isEqualTo("rw-------");
        assertThat(ask("GET", "/jobmanager/config", "localhost:" + port)).doesNotContain(token());
    }

    private static String token() throws IOException {
        return Files.readString(data.resolve(RestToken.FILE));
    }

    private static List<Path> filesNamed(String name) throws IOException {
        try (var files = Files.walk(data)) {
            return files.filter(file -> file.getFileName().toString().endsWith(name))
                    .toList();
        }
    }

    private static String upload(String host, String header) throws IOException {
        String body = "--b\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\"page.jar\"\r\n"
                + "Content-Type: application/java-archive\r\n\r\ncode\r\n--b--\r\n";
        return send("POST /jars/upload HTTP/1.1\r\nHost: " + host + "\r\n" + header
                + "\r\nContent-Type: multipart/form-data; boundary=b\r\nConnection: close\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body);
    }

    private static String ask(String method, String path, String host, String... headers) throws IOException {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return send(method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + more + "Connection: close\r\n\r\n");
    }

    /** By hand: Java's own client keeps Host and Origin to itself. */
    private static String send(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
