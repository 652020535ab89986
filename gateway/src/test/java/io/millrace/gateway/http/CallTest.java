package io.millrace.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.gateway.access.Caller;
import io.millrace.gateway.access.Role;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallTest {
    private static final Parameter<Integer> COUNT = Parameter.integer("count", 1, 9, 3, "So many.");
    private static final Parameter<Set<String>> SOME = Parameter.some("some", List.of("a", "b"), "Some.");
    private static final Parameter<String> ONE = Parameter.one("one", List.of("a", "b"), "One.");
    private static final Parameter<Long> MOMENT = Parameter.moment("moment", "When.");
    private static final Parameter<Long> VERSION = Parameter.count("version", "Which.");
    private static final Parameter<String> TEXT = Parameter.text("text", 5, "What.");
    private static final Parameter<List<String>> TEXTS = Parameter.texts("texts", 5, "What.");
    private static final Parameter<String> OTHER = Parameter.text("other", 5, "Of no route.");
    private static final Caller ANN = new Caller("ann", "acme", "ann", Set.of(Role.USER));
    private static final Form FORM =
            new Form(Json.object(), Set.of("title", "count"), List.of("title"), Json.object(), 1_000);

    private static final Route ROUTE = Route.post("/x")
            .named("x", "X", "X.")
            .with(COUNT, SOME, ONE, MOMENT, VERSION, TEXT, TEXTS)
            .with(FORM)
            .answersText("x", "text/plain")
            .by(call -> null);

    private static Call call(Map<String, List<String>> query, String body) throws ProblemException {
        return new Call(ROUTE, ANN, Map.of(), query, Map.of("x-y", "z"), body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatIsNotGivenIsAsUsual() throws Exception {
        Call call = call(Map.of(), "{\"title\":\"t\"}");

        assertThat(call.get(COUNT)).isEqualTo(3);
        assertThat(call.get(SOME)).isEmpty();
        assertThat(call.get(TEXT)).isNull();
        assertThat(call.has(OTHER)).isFalse();
        assertThat(call.header("X-Y")).isEqualTo("z");
        assertThat(call.text("title")).isEqualTo("t");
        assertThat(call.text("count")).isNull();
    }

    @Test
    void whatIsGivenIsRead() throws Exception {
        Call call = call(
                Map.of(
                        "count", List.of("7"),
                        "some", List.of("a,b", "a"),
                        "one", List.of("b"),
                        "moment", List.of("1970-01-01T00:00:01Z"),
                        "version", List.of("0"),
                        "texts", List.of("x", "y,z")),
                "{\"title\":\"t\"}");

        assertThat(call.get(COUNT)).isEqualTo(7);
        assertThat(call.get(SOME)).containsExactly("a", "b");
        assertThat(call.get(ONE)).isEqualTo("b");
        assertThat(call.get(MOMENT)).isEqualTo(1_000);
        assertThat(call.get(VERSION)).isZero();
        assertThat(call.get(TEXTS)).containsExactly("x", "y,z");
        assertThatThrownBy(() -> call.get(OTHER)).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "count, 0",
        "count, 10",
        "count, x",
        "count, -1",
        "count, 99999999999",
        "some, c",
        "some, 'a,'",
        "one, c",
        "moment, yesterday",
        "moment, 2026-12-01T09:00:00",
        "version, -1",
        "version, 1e3",
        "text, ''",
        "text, 123456",
        "nothing, x"
    })
    void aParameterThatIsWrongIsNamed(String name, String value) {
        assertThatThrownBy(() -> call(Map.of(name, List.of(value)), "{\"title\":\"t\"}"))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.status()).isEqualTo(400);
                    assertThat(e.field()).isEqualTo(name);
                    assertThat(e.getMessage()).startsWith(name + ": ");
                });
    }

    @Test
    void aParameterThatTakesOneValueIsGivenOnce() {
        assertThatThrownBy(() -> call(Map.of("text", List.of("a", "b")), "{\"title\":\"t\"}"))
                .hasMessage("text: given more than once");
        assertThatThrownBy(() -> call(Map.of("texts", Collections.nCopies(21, "a")), "{\"title\":\"t\"}"))
                .hasMessage("texts: at most 20 are taken");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | not_json",
                "[] | not_json",
                "{ | not_json",
                "{\"title\":\"a\"} x | not_json",
                "{\"title\":\"a\",\"title\":\"b\"} | not_json",
                "{\"title\":null} | missing_field",
                "{} | missing_field",
                "{\"title\":\"a\",\"tenant\":\"other\"} | unknown_field"
            })
    void aBodyThatIsWrongIsRefused(String body, String code) {
        assertThatThrownBy(() -> call(Map.of(), body))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void aBodyThatIsNestedTooDeepIsRefused() {
        assertThatThrownBy(() -> call(Map.of(), "{\"title\":" + "[".repeat(1_000)))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void aTextIsAString() throws Exception {
        Call call = call(Map.of(), "{\"title\":\"t\",\"count\":1}");

        assertThatThrownBy(() -> call.text("count")).hasMessage("count: must be a string");
    }
}
