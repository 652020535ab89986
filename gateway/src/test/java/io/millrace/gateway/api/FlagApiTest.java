package io.millrace.gateway.api;

import static io.millrace.gateway.TestRecords.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.gateway.GatewayBed;
import io.millrace.gateway.TestRecords;
import io.millrace.gateway.access.Role;
import io.millrace.schema.wire.Topics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flags over HTTP: evaluated for whoever may read, defined for whoever runs the platform. */
class FlagApiTest {
    private static final String ALL = "/ofrep/v1/evaluate/flags";
    private static final String ANN = "ann";
    private static final String PLATFORM = "platform";

    @TempDir
    Path directory;

    private final TestRecords log = new TestRecords();
    private GatewayBed gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = GatewayBed.of(
                directory,
                GatewayBed.caller(ANN, "acme", "ann", Role.USER),
                GatewayBed.caller("operator", "acme", null, Role.OPERATOR),
                GatewayBed.caller(PLATFORM, "default", null, Role.PLATFORM));
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    private static String flag(String more) {
        return ("{'state':'ENABLED','variants':{'on':true,'off':false},'defaultVariant':'off'" + more + "}")
                .replace('\'', '"');
    }

    private void tellSome() throws Exception {
        gateway.model()
                .live()
                .tell(
                        log.flag("plain", flag("")),
                        log.flag("aimed", flag(",'targeting':{'if':[{'==':[{'var':'plan'},'gold']},'on']}")),
                        log.flag(
                                "split",
                                flag(
                                        ",'targeting':{'fractional':[['on',100],['off',0]]},'metadata':{'team':'a','n':1}")),
                        log.flag("off", flag("").replace("ENABLED", "DISABLED")),
                        log.flag("own", flag(",'defaultVariant':null").replaceFirst(",\"defaultVariant\":\"off\"", "")),
                        log.flag("wrong", flag(",'targeting':{'nope':1}")),
                        log.flag("lost", flag(",'targeting':{'var':'plan'}")),
                        log.flag("broken", "{\"state\":\"ENABLED\"}"));
    }

    private HttpResponse<String> evaluate(String key, String context) throws Exception {
        return gateway.post(ANN, ALL + "/" + key, "{\"context\":" + context.replace('\'', '"') + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "plain  | {'targetingKey':'u'} | 200 | {'key':'plain','value':false,'reason':'STATIC','variant':'off'}",
                "aimed  | {'plan':'gold'}      | 200 | {'key':'aimed','value':true,'reason':'TARGETING_MATCH','variant':'on'}",
                "aimed  | {'targetingKey':'u'} | 200 | {'key':'aimed','value':false,'reason':'DEFAULT','variant':'off'}",
                "split  | {'targetingKey':'u'} | 200 | {'key':'split','value':true,'reason':'TARGETING_MATCH','variant':'on','metadata':{'team':'a','n':1}}",
                "split  | {}                   | 200 | {'key':'split','value':false,'reason':'DEFAULT','variant':'off','metadata':{'team':'a','n':1}}",
                "off    | {'targetingKey':'u'} | 200 | {'key':'off','reason':'DISABLED'}",
                "own    | {'targetingKey':'u'} | 200 | {'key':'own','reason':'DEFAULT'}",
                "wrong  | {'targetingKey':'u'} | 400 | {'key':'wrong','errorCode':'PARSE_ERROR','errorDetails':'targeting: \\\"nope\\\" is no operator'}",
                "lost   | {'plan':'gold'}      | 400 | {'key':'lost','errorCode':'GENERAL','errorDetails':'targeting: chose \\\"gold\\\", which is no variant'}",
                "broken | {'targetingKey':'u'} | 400 | {'key':'broken','errorCode':'PARSE_ERROR','errorDetails':'variants: must be an object with at least one variant'}",
                "none   | {'targetingKey':'u'} | 404 | {'key':'none','errorCode':'FLAG_NOT_FOUND','errorDetails':'there is no flag \\\"none\\\"'}",
                "plain  | {'targetingKey':7}   | 400 | {'key':'plain','errorCode':'INVALID_CONTEXT','errorDetails':'context.targetingKey: must be a string'}",
                "plain  | []                   | 400 | {'key':'plain','errorCode':'INVALID_CONTEXT','errorDetails':'context: must be an object'}",
            })
    void aFlagIsEvaluatedAsTheProtocolHasIt(String key, String context, int status, String answer) throws Exception {
        tellSome();

        HttpResponse<String> reply = evaluate(key, context);

        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
        assertThat(read(reply)).isEqualTo(json(answer.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatIsNoRequestIsRefusedAsTheProtocolHasIt() throws Exception {
        tellSome();

        HttpResponse<String> noJson = gateway.post(ANN, ALL + "/plain", "{");
        assertThat(noJson.statusCode()).isEqualTo(400);
        assertThat(read(noJson).path("errorCode").asText()).isEqualTo("PARSE_ERROR");
        assertThat(read(gateway.post(ANN, ALL, "{}")).path("errorCode").asText())
                .isEqualTo("INVALID_CONTEXT");
        assertThat(read(evaluate("plain", "{'l':[" + "1,".repeat(6_000) + "1]}"))
                        .path("errorDetails")
                        .asText())
                .contains("more than 5000 values");
        assertThat(gateway.post(ANN, ALL, "{\"context\":{\"t\":\"" + "x".repeat(70_000) + "\"}}")
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void allThatAreEnabledAreEvaluatedTogetherAndOnlyAgainWhenSomethingIsDifferent() throws Exception {
        tellSome();
        String gold = "{\"context\":{\"targetingKey\":\"u\",\"plan\":\"gold\"}}";

        HttpResponse<String> first = gateway.post(ANN, ALL, gold);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(read(first).path("flags").findValuesAsText("key"))
                .containsExactly("aimed", "broken", "lost", "own", "plain", "split", "wrong");
        assertThat(read(first).path("flags").path(0).path("value").booleanValue())
                .isTrue();
        assertThat(read(first).path("flags").path(1).path("errorCode").asText()).isEqualTo("PARSE_ERROR");

        String tag = first.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> same = gateway.send(ANN, "POST", ALL, gold, "If-None-Match", tag);
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(gateway.send(
                                ANN,
                                "POST",
                                ALL + "?flagConfigEtag=x&flagConfigLastModified=1",
                                gold,
                                "If-None-Match",
                                tag)
                        .statusCode())
                .isEqualTo(304);
        assertThat(gateway.send(ANN, "POST", ALL, gold.replace("gold", "tin"), "If-None-Match", tag)
                        .statusCode())
                .isEqualTo(200);

        gateway.model().tell(log.tombstone(Topics.FLAGS, "lost"));
        HttpResponse<String> changed = gateway.send(ANN, "POST", ALL, gold, "If-None-Match", tag);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(read(changed).path("flags").findValuesAsText("key")).doesNotContain("lost");
    }

    @Test
    void togetherTheyTakeBoundedWork() throws Exception {
        gateway.model().live();
        for (int i = 0; i < 300; i++) {
            gateway.model()
                    .tell(log.flag("f" + i, flag(",'targeting':{'some':[{'var':'l'},{'==':[{'var':''},'none']}]}")));
        }

        HttpResponse<String> reply =
                gateway.post(ANN, ALL, "{\"context\":{\"l\":[" + "\"x\",".repeat(4_900) + "\"x\"]}}");

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(read(reply).path("errorCode").asText()).isEqualTo("GENERAL");
        assertThat(read(reply).path("errorDetails").asText()).contains("5000000 steps", "evaluate single flags");
    }

    @Test
    void definitionsAreForWhoeverRunsThePlatform() throws Exception {
        tellSome();

        assertThat(gateway.get(ANN, "/v1/flags").statusCode()).isEqualTo(403);
        assertThat(gateway.get("operator", "/v1/flags/plain").statusCode()).isEqualTo(403);

        HttpResponse<String> all = gateway.get(PLATFORM, "/v1/flags");
        assertThat(read(all).path("flags").path("plain")).isEqualTo(json(flag("").getBytes(StandardCharsets.UTF_8)));
        assertThat(read(all).path("flags").has("broken")).isFalse();
        String tag = all.headers().firstValue("ETag").orElseThrow();
        assertThat(gateway.get(PLATFORM, "/v1/flags", "If-None-Match", tag).statusCode())
                .isEqualTo(304);

        assertThat(read(gateway.get(PLATFORM, "/v1/flags/plain"))
                        .path("defaultVariant")
                        .asText())
                .isEqualTo("off");
        assertThat(gateway.get(PLATFORM, "/v1/flags/none").statusCode()).isEqualTo(404);
        assertThat(gateway.get(PLATFORM, "/v1/flags/broken").body()).contains("is no flag: variants");

        // The same flags are the same version, whatever came between.
        gateway.model().tell(log.flag("plain", flag(",'metadata':{'a':1}")));
        assertThat(gateway.get(PLATFORM, "/v1/flags", "If-None-Match", tag).statusCode())
                .isEqualTo(200);
        gateway.model().tell(log.flag("plain", flag("")));
        assertThat(gateway.get(PLATFORM, "/v1/flags", "If-None-Match", tag).statusCode())
                .isEqualTo(304);
    }

    @Test
    void whatWasNotReadYetIsNotSaidNotToBeThere() throws Exception {
        gateway.model().tell(log.flag("plain", flag("")));

        assertThat(evaluate("plain", "{}").statusCode()).isEqualTo(200);
        assertThat(evaluate("other", "{}").statusCode()).isEqualTo(503);
        assertThat(gateway.post(ANN, ALL, "{\"context\":{}}").statusCode()).isEqualTo(503);
        assertThat(gateway.get(PLATFORM, "/v1/flags").statusCode()).isEqualTo(503);

        gateway.model().live();
        assertThat(evaluate("other", "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void aKeyOfAnOpenFeatureClientIsALogin() throws Exception {
        tellSome();

        assertThat(gateway.send(null, "POST", ALL, "{\"context\":{}}", "X-API-Key", ANN)
                        .statusCode())
                .isEqualTo(200);
        assertThat(gateway.send(null, "POST", ALL, "{\"context\":{}}", "X-API-Key", "nobody")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void whoFollowsIsToldToAskAgainAndFromTheVersionThatTheyKnow() throws Exception {
        tellSome();
        JsonNode stream = read(gateway.post(ANN, ALL, "{\"context\":{}}"))
                .path("eventStreams")
                .path(0);
        assertThat(stream.path("type").asText()).isEqualTo("sse");
        String uri = stream.path("endpoint").path("requestUri").asText();
        String told;
        try (BufferedReader events = follow(uri)) {
            gateway.model().tell(log.flag("plain", flag(",'metadata':{'a':1}")));
            told = data(events);
        }
        JsonNode event = json(told.getBytes(StandardCharsets.UTF_8));
        assertThat(event.path("type").asText()).isEqualTo("refetchEvaluation");
        assertThat(event.path("lastModified").longValue()).isPositive();

        // Who asked before the change and follows after it.
        try (BufferedReader events = follow(uri)) {
            assertThat(data(events)).isEqualTo(told);
        }
    }

    private BufferedReader follow(String uri) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(gateway.uri(uri))
                .header("Authorization", "Bearer " + ANN)
                .timeout(Duration.ofSeconds(60))
                .build();
        HttpResponse<InputStream> reply = gateway.client().send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(reply.statusCode()).isEqualTo(200);
        return new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8));
    }

    private static String data(BufferedReader events) throws IOException {
        for (String line = events.readLine(); line != null; line = events.readLine()) {
            if (line.startsWith("data: ")) {
                return line.substring(6);
            }
        }
        return "";
    }

    private static JsonNode read(HttpResponse<String> reply) {
        return json(reply.body().getBytes(StandardCharsets.UTF_8));
    }
}
