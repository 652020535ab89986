package io.millrace.gateway.api;

import static io.millrace.gateway.TestRecords.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.millrace.gateway.GatewayBed;
import io.millrace.gateway.TestRecords;
import io.millrace.gateway.access.Role;
import io.millrace.gateway.http.Parameter;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Route;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.Topics;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every route is asked as somebody else: what is Ann's of acme is seen and touched by nobody of beta, nor by Bob of acme. */
class IsolationTest {
    private static final String SECRET = "SECRET";

    @TempDir
    Path directory;

    private final TestRecords log = new TestRecords();
    private GatewayBed gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = GatewayBed.of(
                directory,
                GatewayBed.caller("foreign-operator", "beta", null, Role.OPERATOR, Role.DESK),
                GatewayBed.caller("foreign-ann", "beta", "ann", Role.USER, Role.APPROVER, Role.DESK),
                GatewayBed.caller("bob", "acme", "bob", Role.USER, Role.APPROVER),
                GatewayBed.caller("platform", "beta", null, Role.PLATFORM),
                GatewayBed.caller("ann", "acme", "ann", Role.USER));
        gateway.model()
                .live()
                .tell(
                        log.task("acme", "ann", "the-id", 1, view -> view.put("title", SECRET)
                                .putArray("tags")
                                .add(SECRET)),
                        log.reminder("acme", "ann", SECRET, TestRecords.START),
                        log.preferences("acme", "ann", "https://hooks.example.com/" + SECRET),
                        log.told("acme", "ann", true, TestRecords.START, SECRET),
                        log.waitingRun("acme", "the-id", 2, "the-id"),
                        log.approval("acme", "the-id", "the-id", "ann"),
                        log.workflow("acme", "the-id", "1.0.0", "  summary: " + SECRET),
                        log.decision("acme", "the-id", "the-id", SECRET),
                        log.step("acme", "the-id", 1, "step_started", "/do/0/" + SECRET, event -> {}),
                        log.conversation("acme", "the-id", 1, "escalated"),
                        log.agent("echo", "1"),
                        log.flag(
                                "the-id",
                                "{\"state\":\"ENABLED\",\"variants\":{\"on\":true},\"defaultVariant\":\"on\","
                                        + "\"targeting\":{\"if\":[{\"==\":[{\"var\":\"email\"},\"" + SECRET
                                        + "\"]},\"on\"]}}"),
                        log.letter(
                                Topics.TASK_EVENTS,
                                TestRecords.example("task.completed").put("note", SECRET),
                                ErrorCode.UNKNOWN_TASK,
                                SECRET,
                                3));
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    private List<Route> guarded() {
        return gateway.api().routes().stream()
                .filter(route ->
                        !route.isPublic() && !route.answer().contentType().equals(Reply.EVENTS))
                .toList();
    }

    private static String path(Route route) {
        return route.path()
                .replace("{agent}", "echo")
                .replace("{file}", "app.js")
                .replace("/v1/dead-letters/{id}", "/v1/dead-letters/task-events-dlq:0:0")
                .replaceAll("\\{[a-z_]+}", "the-id");
    }

    private HttpResponse<String> ask(String token, Route route, String query) throws Exception {
        return gateway.send(token, route.method().name(), path(route) + query, GatewayBed.exampleFor(route));
    }

    /** As all routes are asked by one caller, each with a user if it takes one, and without. */
    private void ask(String token, String user) throws Exception {
        for (Route route : guarded()) {
            boolean takesUser = route.parameters().stream().map(Parameter::name).anyMatch("user"::equals);
            for (String query : takesUser ? List.of("", "?user=" + user) : List.of("")) {
                int before = gateway.written().size();
                HttpResponse<String> reply = ask(token, route, query);

                assertThat(reply.statusCode())
                        .as(token + " " + route.id() + query + ": " + reply.body())
                        .isIn(200, 202, 400, 403, 404);
                if (!token.equals("platform")) {
                    assertThat(reply.body())
                            .as(token + " " + route.id() + query)
                            .doesNotContain(SECRET);
                }
                gateway.written().stream().skip(before).forEach(record -> assertOfCaller(token, record));
            }
        }
    }

    private static void assertOfCaller(String token, ProducerRecord<byte[], byte[]> record) {
        var event = json(record.value());
        assertThat(event.path("tenant").asText()).as(token).isEqualTo(token.equals("bob") ? "acme" : "beta");
        assertThat(event.path("user_id").asText("bob")).as(token).isNotEqualTo(token.equals("bob") ? "ann" : "");
    }

    @TestFactory
    Stream<DynamicTest> nobodyElseSeesOrTouchesWhatIsAnns() {
        return Stream.of("foreign-operator", "foreign-ann", "bob")
                .map(token -> dynamicTest(token, () -> ask(token, "ann")));
    }

    @Test
    void annSeesWhatIsHers() throws Exception {
        assertThat(gateway.get("ann", "/v1/tasks/the-id").body()).contains(SECRET);
        assertThat(gateway.get("ann", "/v1/reminders").body()).contains(SECRET);
        assertThat(gateway.get("ann", "/v1/approvals/the-id").body()).contains(SECRET);
        assertThat(gateway.get("ann", "/v1/notification-preferences").body()).contains(SECRET);
        assertThat(gateway.get("ann", "/v1/notifications").body()).contains(SECRET);
    }

    @Test
    void whoRunsThePlatformSeesNothingOfATenantButDeadLettersAndTheirOwnFlags() throws Exception {
        for (Route route : guarded()) {
            HttpResponse<String> reply = ask("platform", route, "");
            boolean ofPlatform = route.roles().contains(Role.PLATFORM);
            assertThat(reply.statusCode() == 403).as(route.id()).isEqualTo(!ofPlatform);
            if (!route.path().startsWith("/v1/dead-letters") && !route.path().startsWith("/v1/flags")) {
                assertThat(reply.body()).as(route.id()).doesNotContain(SECRET);
            }
        }
    }

    @Test
    void withoutALoginNothingIsAnswered() throws Exception {
        for (Route route : gateway.api().routes()) {
            HttpResponse<String> reply = ask(null, route, "");
            if (route.isPublic() && route.raw() == null) {
                assertThat(reply.statusCode()).as(route.id()).isIn(200, 303);
                assertThat(reply.body()).as(route.id()).doesNotContain(SECRET);
            } else {
                assertThat(reply.statusCode()).as(route.id()).isEqualTo(401);
            }
        }
        assertThat(gateway.written()).isEmpty();
    }

    @Test
    void onlyThoseWithARoleOfTheRouteMayAskIt() throws Exception {
        for (Route route : guarded()) {
            for (String token : List.of("bob", "platform", "foreign-operator")) {
                Set<Role> roles = rolesOf(token);
                boolean may = roles.stream().anyMatch(route.roles()::contains);
                assertThat(ask(token, route, "").statusCode() == 403)
                        .as(token + " " + route.id())
                        .isEqualTo(!may);
            }
        }
    }

    private static Set<Role> rolesOf(String token) {
        return switch (token) {
            case "bob" -> Set.of(Role.USER, Role.APPROVER);
            case "platform" -> Set.of(Role.PLATFORM);
            default -> Set.of(Role.OPERATOR, Role.DESK);
        };
    }

    /** As much as is told at once of what was there before. */
    private String streamed(String token, String topics) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(gateway.uri("/v1/stream?topics=" + topics + "&from="
                        + gateway.model().model().progress().epoch() + "-0"))
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(30))
                .build();
        HttpResponse<Stream<String>> reply = gateway.client().send(request, HttpResponse.BodyHandlers.ofLines());
        if (reply.statusCode() != 200) {
            return reply.statusCode() + "";
        }
        try (Stream<String> lines = reply.body()) {
            StringBuilder text = new StringBuilder();
            lines.takeWhile(line -> !line.equals("data: {\"id\":\"last\",\"view\":null}"))
                    .forEach(text::append);
            return text.toString();
        }
    }

    @Test
    void aStreamTellsNobodyElseEither() throws Exception {
        // Something that each of them is told, so that the stream is known to have gone past what is Ann's.
        gateway.model().tell(log.deleted("acme", "bob", "last", 1), log.deleted("beta", "ann", "last", 1));

        assertThat(streamed("bob", "tasks,reminders,approvals")).doesNotContain(SECRET, "the-id");
        assertThat(streamed("foreign-ann", "tasks,reminders,approvals,conversations"))
                .doesNotContain(SECRET, "the-id");
        assertThat(streamed("bob", "runs")).isEqualTo("403");
        assertThat(streamed("bob", "conversations")).isEqualTo("403");
        assertThat(streamed("platform", "tasks")).isEqualTo("403");
        gateway.model().tell(log.deleted("acme", "ann", "last", 1));
        assertThat(streamed("ann", "tasks,reminders,approvals")).contains(SECRET);
    }

    @Test
    void theTestAsksRoutesOfEveryKind() {
        assertThat(guarded()).hasSizeGreaterThan(35);
    }
}
