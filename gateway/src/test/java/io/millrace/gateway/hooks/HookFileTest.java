package io.millrace.gateway.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.gateway.TestRecords;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file of senders may say, what is told of one that is wrong, and what its rules make. */
class HookFileTest {
    private static final String SIGNATURE = "    signature: {kind: bearer, secrets: [{env: SECRET}]}\n";
    private static final Set<String> TYPES = Set.of("task.created", "task.completed");

    @TempDir
    Path directory;

    private HookSource source(String... lines) throws Exception {
        Path file = directory.resolve("hooks.yaml");
        Files.writeString(file, "sources:\n  - name: s\n    tenant: acme\n" + String.join("\n", lines) + "\n");
        return HookFile.read(file, TYPES, Map.of("SECRET", Signing.SECRET, "SHORT", "short"), named -> {})
                .get("s");
    }

    private HookSource rules(String rules) throws Exception {
        return source(SIGNATURE + rules);
    }

    private static List<HookEvent> events(HookSource source, String body, String... headers) throws Exception {
        JsonNode json = TestRecords.JSON.readTree(body);
        return source.events(
                new HookRequest(
                        headers.length == 0 ? Map.of() : Map.of(headers[0], headers[1]),
                        Map.of("shop", List.of("a")),
                        body.getBytes(StandardCharsets.UTF_8),
                        0),
                json);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "events: [] | line 5: sources[0].events: must be a list of 1 to 50",
                "events: [{type: other, fields: {}}] | sources[0].events[0].type: must be one of task.completed, task.created",
                "events: [{type: task.created}] | sources[0].events[0].fields: missing",
                "events: [{type: task.created, fields: {tenant: x}}] | sources[0].events[0].fields.tenant: is not said here",
                "events: [{type: task.created, fields: {a: '${ .b + }'}}] | sources[0].events[0].fields.a: ",
                "events: [{type: task.created, fields: {a: {b: ['${ nope }']}}}] | nope",
                "events: [{type: task.created, when: '.a ==', fields: {}}] | sources[0].events[0].when: ",
                "events: [{type: task.created, when: 'now', fields: {}}] | now",
                "events: [{type: task.created, fields: {}, filter: x}] | sources[0].events[0].filter: there is no such field; there are",
                "delivery: 7 | sources[0].delivery: must be a text",
            })
    void whatIsWrongWithRulesIsSaid(String lines, String message) {
        assertThatThrownBy(() -> rules("    " + lines))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: magic, secrets: [{env: SECRET}] | signature.kind: must be one of hmac, bearer",
                "secrets: [{env: SECRET}] | signature.kind: missing",
                "kind: github | signature.secrets: must be a list of 1 to 2",
                "kind: github, secrets: [{env: NONE}] | signature.secrets[0].env: there is no variable NONE",
                "kind: github, secrets: [{env: SHORT}] | must have at least 16 characters",
                "kind: github, secrets: [{file: none}] | signature.secrets[0].file: ",
                "kind: github, secrets: [{}] | a secret is in either env or file",
                "kind: github, secrets: [{env: SECRET}], header: x | signature.header: there is no such field",
                "kind: hmac, secrets: [{env: SECRET}] | signature.header: missing",
                "kind: hmac, header: x, algorithm: md5, secrets: [{env: SECRET}] | signature.algorithm: must be one of sha1, sha256",
                "kind: hmac, header: x, signed: '{timestamp}{body}', secrets: [{env: SECRET}] | signature.signed: must have",
                "kind: hmac, header: x, signed: 'x', secrets: [{env: SECRET}] | signature.signed: must have",
                "kind: stripe, tolerance: soon, secrets: [{env: SECRET}] | signature.tolerance: must be an ISO 8601 duration",
                "kind: stripe, tolerance: PT2H, secrets: [{env: SECRET}] | signature.tolerance: must be longer than nothing",
            })
    void whatIsWrongWithASignatureIsSaid(String signature, String message) {
        assertThatThrownBy(() -> source(
                        "    signature: {" + signature + "}", "    events: [{type: task.completed, fields: {}}]"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hooks.yaml, line ")
                .hasMessageContaining(message)
                .hasMessageNotContaining(Signing.SECRET);
    }

    @Test
    void aTokenIsNoData() throws Exception {
        HookSource source = source(
                "    signature: {kind: bearer, header: X-Token, secrets: [{env: SECRET}]}",
                "    events: [{type: task.completed, fields: {headers: '${ $headers }'}}]");

        List<HookEvent> events = events(source, "{}", "x-token", Signing.SECRET);

        assertThat(events).hasSize(1);
        assertThat(events.toString()).doesNotContain(Signing.SECRET);
    }

    @Test
    void whatIsNoListOfSendersIsSaid() throws Exception {
        Path file = directory.resolve("other.yaml");
        for (String text :
                List.of("", "a: 1", "sources: x", "sources: [1]", "sources: [{name: A, tenant: x}]", "a: [")) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> HookFile.read(file, TYPES, Map.of(), named -> {}))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("other.yaml");
        }
        assertThatThrownBy(() -> HookFile.read(directory.resolve("none"), TYPES, Map.of(), named -> {}))
                .hasMessageContaining("can't be read");
    }

    @Test
    void aRuleMakesAnEventOfABody() throws Exception {
        HookSource source = rules("    events: [{type: task.created, occurred_at: '.at', fields: {user_id: ann,"
                + " title: '${ \"\\(.a) \\($headers.x) \\($query.shop)\" }', tags: ['${ .b }', c, '${ .none }'],"
                + " description: '${ .none }', n: 7, deep: {x: '${ $body.a }'}}}]");

        List<HookEvent> events = events(source, "{\"a\":\"A\",\"b\":\"B\",\"at\":\"2026-12-01T08:00:00Z\"}", "x", "X");
        assertThat(events).hasSize(1);
        assertThat(events.get(0).occurredAt()).isEqualTo("2026-12-01T08:00:00Z");
        assertThat(events.get(0).fields())
                .isEqualTo(TestRecords.JSON.readTree("{\"user_id\":\"ann\",\"title\":\"A X a\",\"tags\":[\"B\",\"c\"],"
                        + "\"n\":7,\"deep\":{\"x\":\"A\"}}"));
    }

    @Test
    void theSameDeliveryIsTheSameEvents() throws Exception {
        HookSource source = rules("    delivery: '$headers.id'\n"
                + "    events: [{for_each: '.list[]', when: '. > 1', type: task.created, fields: {title: '${ tostring }'}},"
                + " {type: task.created, fields: {title: all}}, {when: 'false', type: task.completed, fields: {}}]");
        List<HookEvent> first = events(source, "{\"list\":[1,2,3]}", "id", "d-1");
        List<HookEvent> again = events(source, "{\"list\":[1,2,3], \"more\":1}", "id", "d-1");
        List<HookEvent> other = events(source, "{\"list\":[1,2,3]}", "id", "d-2");

        assertThat(first)
                .extracting(event -> event.fields().path("title").asText())
                .containsExactly("2", "3", "all");
        assertThat(first).extracting(HookEvent::eventId).doesNotHaveDuplicates();
        assertThat(again)
                .extracting(HookEvent::eventId)
                .isEqualTo(first.stream().map(HookEvent::eventId).toList());
        assertThat(other)
                .extracting(HookEvent::eventId)
                .doesNotContainAnyElementsOf(
                        first.stream().map(HookEvent::eventId).toList());
    }

    @Test
    void withoutADeliveryTheBodyTells() throws Exception {
        HookSource source = rules("    events: [{type: task.completed, fields: {}}]");
        assertThat(events(source, "{\"a\":1}").get(0).eventId())
                .isEqualTo(events(source, "{\"a\":1}").get(0).eventId())
                .isNotEqualTo(events(source, "{\"a\":2}").get(0).eventId());
    }

    @Test
    void aRuleThatCantBeFollowedIsNamed() throws Exception {
        HookSource source =
                rules("    delivery: .id\n    events: [{type: task.created, fields: {title: '${ .a.b }'}}]");
        assertThatThrownBy(() -> events(source, "{\"id\":1,\"a\":\"x\"}"))
                .isInstanceOf(MappingException.class)
                .hasMessageStartingWith("sources[0].events[0].fields.title: ");
        assertThatThrownBy(() -> events(source, "{}"))
                .hasMessageStartingWith("sources[0].delivery: must come to 1 to 500 characters");
        assertThatThrownBy(() -> events(source, "{\"id\":[]}")).hasMessageContaining("must come to a text");
    }

    @Test
    void noSenderMakesMoreThanItMay() throws Exception {
        HookSource many = rules("    events: [{for_each: 'range(101)', type: task.completed, fields: {}}]");
        assertThatThrownBy(() -> events(many, "{}")).hasMessageContaining("more than 100 events");
        HookSource endless = rules("    events: [{type: task.created, fields: {title: '${ [repeat(1)] | length }'}}]");
        assertThatThrownBy(() -> events(endless, "{}")).isInstanceOf(MappingException.class);
    }

    /** What is the login of a sender is no data. */
    @Test
    void theLoginIsInNoExpression() throws Exception {
        HookSource source = rules("    events: [{type: task.created, fields: {title: '${ $headers | tojson }'}}]");
        assertThat(events(source, "{}", "authorization", "Bearer x")
                        .get(0)
                        .fields()
                        .toString())
                .doesNotContain("Bearer");
    }
}
