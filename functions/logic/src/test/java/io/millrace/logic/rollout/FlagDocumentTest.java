package io.millrace.logic.rollout;

import static io.millrace.logic.rollout.TestRollout.SIMPLE;
import static io.millrace.logic.rollout.TestRollout.defined;
import static io.millrace.logic.rollout.TestRollout.forAudience;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.rollout.RolloutDefined;
import io.millrace.schema.rollout.RolloutDefined.Audience;
import io.millrace.schema.rollout.RolloutPhase;
import io.millrace.schema.wire.RejectedEventException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlagDocumentTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final RolloutDefined DEFINED = defined(null, 60, 10, 100);
    private static final Audience AUDIENCE = new Audience("email", List.of("ann@example.com"));

    private static WantedFlag wanted(int percent, Audience audience) {
        return new WantedFlag(
                "checkout",
                "checkout-v2",
                7,
                RolloutPhase.RUNNING,
                "new",
                "old",
                percent,
                audience,
                audience != null,
                null);
    }

    private static String flag(String targeting) {
        return "{\"state\":\"ENABLED\",\"variants\":{\"new\":true,\"old\":false},\"defaultVariant\":\"old\",\"targeting\":"
                + targeting + "}";
    }

    private static JsonNode targeting(String flag) throws Exception {
        return JSON.readTree(flag).path("targeting");
    }

    @Test
    void aFlagWithoutTargetingGetsARuleByWhichUsersStayOnTheirSide() throws Exception {
        String changed = FlagDocument.read(SIMPLE).with(wanted(10, null));

        assertThat(targeting(changed))
                .isEqualTo(
                        JSON.readTree(
                                """
                        {"fractional":[{"cat":[{"var":"$flagd.flagKey"},{"var":"targetingKey"}]},["new",10],["old",90]]}"""));
        FlagDocument read = FlagDocument.read(changed);
        assertThat(read.rollout()).isEqualTo("checkout-v2");
        assertThat(read.revision()).isEqualTo(7);
        assertThat(read.phase()).isEqualTo(RolloutPhase.RUNNING);
        assertThat(read.percent(DEFINED)).isEqualTo(10);
    }

    @Test
    void onlyTheWeightsOfItsOwnRuleChange() throws Exception {
        String flag = flag(
                """
                {"if":[{"ends_with":[{"var":"email"},"@example.com"]},"new",
                       {"in":[{"var":"country"},["FR"]]},{"fractional":[{"var":"company"},["old",3],["new",1]]},
                       "old"]}""");
        ObjectNode whole = (ObjectNode) JSON.readTree(flag);
        whole.putObject("metadata").put("team", "checkout");
        whole.put("$comment", "1.50");

        JsonNode changed = JSON.readTree(FlagDocument.read(whole.toString()).with(wanted(30, null)));

        assertThat(changed.at("/targeting/if/3").toString())
                .as("which of them is first stays, so users do not change sides")
                .isEqualTo("{\"fractional\":[{\"var\":\"company\"},[\"old\",70],[\"new\",30]]}");
        ObjectNode rest = changed.deepCopy();
        ((ObjectNode) rest.path("metadata")).retain("team");
        ((ArrayNode) rest.at("/targeting/if")).set(3, whole.at("/targeting/if/3"));
        assertThat(rest).isEqualTo(whole);
    }

    @Test
    void anIfWhoseElseIsTheOldVariantHasAPlaceForIt() throws Exception {
        for (String end : List.of(",\"old\"]}", "]}", ",null]}")) {
            String flag = flag("{\"if\":[{\"in\":[{\"var\":\"country\"},[\"FR\"]]},\"new\"" + end);
            FlagDocument document = FlagDocument.read(flag);
            assertThat(document.unfit(DEFINED)).isNull();

            assertThat(targeting(document.with(wanted(30, null))).at("/if/2/fractional/1"))
                    .isEqualTo(JSON.readTree("[\"new\",30]"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"if\":[{\"var\":\"x\"},\"new\",\"other\"]} | nor an if whose else is",
                "{\"var\":\"x\"} | has neither a fractional",
                "{\"fractional\":[[\"new\",1],[\"old\",1],[\"other\",1]]} | has neither a fractional",
                "{\"if\":[{\"var\":\"x\"},{\"fractional\":[[\"new\",1],[\"old\",1]]},{\"fractional\":[[\"new\",1],[\"old\",1]]}]} | several",
            })
    void aFlagWithoutOnePlaceForItIsUnfit(String targeting, String why) throws Exception {
        FlagDocument document = FlagDocument.read(flag(targeting));

        assertThat(document.unfit(DEFINED)).contains(why);
        assertThatThrownBy(() -> document.with(wanted(10, null)))
                .isInstanceOf(RejectedEventException.class)
                .hasMessageStartingWith("targeting: ");
    }

    @Test
    void aFlagThatIsDisabledOrHasNoSuchVariantIsUnfit() throws Exception {
        assertThat(FlagDocument.read(SIMPLE.replace("ENABLED", "DISABLED")).unfit(DEFINED))
                .isEqualTo("the flag is disabled");
        assertThat(FlagDocument.read("{\"state\":\"ENABLED\",\"variants\":{\"old\":1}}")
                        .unfit(DEFINED))
                .isEqualTo("the flag has no variant \"new\"");
    }

    @Test
    void anAudienceComesFirstAndGoesAsItCame() throws Exception {
        RolloutDefined canary = forAudience(DEFINED, AUDIENCE);
        String with = FlagDocument.read(SIMPLE).with(wanted(0, AUDIENCE));

        assertThat(targeting(with).at("/if/0/in/1/0").asText()).isEqualTo("ann@example.com");
        FlagDocument document = FlagDocument.read(with);
        assertThat(document.unfit(canary)).isNull();
        assertThat(document.percent(canary)).isZero();
        String again = document.with(wanted(20, AUDIENCE));
        assertThat(targeting(again).at("/if/2/fractional/1/1").asInt()).isEqualTo(20);
        assertThat(targeting(again).path("if")).hasSize(3);
        WantedFlag last = new WantedFlag(
                "checkout", "checkout-v2", 9, RolloutPhase.COMPLETED, "new", "old", 100, AUDIENCE, false, null);
        assertThat(FlagDocument.read(again).with(last)).doesNotContain("ann@example.com");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"fractional\":[[\"new\",100],[\"old\",0]]} | new",
                "{\"fractional\":[{\"var\":\"x\"},[\"new\"],[\"old\",0]]} | new",
                "{\"fractional\":[[\"new\",99],[\"old\",1]]} | ",
                "{\"fractional\":[[{\"var\":\"x\"},1],[\"old\",0]]} | ",
                "{\"fractional\":[[\"new\",{\"var\":\"x\"}],[\"old\",0]]} | ",
                "{\"if\":[true,\"new\"]} | ",
                "{} | old",
            })
    void whatEverybodyGetsIsSeen(String targeting, String serves) throws Exception {
        assertThat(FlagDocument.read(flag(targeting)).serves()).isEqualTo(serves);
    }

    @Test
    void aDisabledFlagServesNothing() throws Exception {
        assertThat(FlagDocument.read(SIMPLE.replace("ENABLED", "DISABLED")).serves())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | expected a JSON object",
                "{ | a flag: ",
                "{\"variants\":{\"a\":1}} | state: missing",
                "{\"state\":\"ON\",\"variants\":{\"a\":1}} | state: must be",
                "{\"state\":\"ENABLED\"} | variants: must be an object",
                "{\"state\":\"ENABLED\",\"variants\":{}} | variants: must be an object",
                "{\"state\":\"ENABLED\",\"variants\":{\"\":1}} | variants: must have names",
                "{\"state\":\"ENABLED\",\"variants\":{\"a\":1,\"b\":\"x\"}} | variants: must all be",
                "{\"state\":\"ENABLED\",\"variants\":{\"a\":null}} | variants: must all be",
                "{\"state\":\"ENABLED\",\"variants\":{\"a\":1},\"defaultVariant\":\"b\"} | defaultVariant: must be one",
                "{\"state\":\"ENABLED\",\"variants\":{\"a\":1},\"targeting\":[]} | targeting: must be an object",
                "{\"state\":\"ENABLED\",\"variants\":{\"a\":1},\"targeting\":{\"fractional\":[[\"a\",0.5]]}} | targeting: weights",
                "{\"state\":\"ENABLED\",\"variants\":{\"a\":1},\"targeting\":{\"fractional\":[[\"a\",-5]]}} | targeting: weights",
                "{\"state\":\"ENABLED\",\"variants\":{\"a\":1},\"metadata\":[]} | metadata: must be an object",
                "{\"state\":\"ENABLED\",\"variants\":{\"a\":1},\"metadata\":{\"x\":{}}} | metadata: must have",
                "{\"state\":\"ENABLED\",\"state\":\"ENABLED\",\"variants\":{\"a\":1}} | a flag: Duplicate",
                "{\"state\":\"ENABLED\",\"variants\":{\"a\":1}} {} | a flag: ",
            })
    void whatIsNoFlagIsNamed(String flag, String message) {
        assertThatThrownBy(() -> FlagDocument.read(flag))
                .isInstanceOf(RejectedEventException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void nothingOverflowsTheStack(String nested) {
        assertThatThrownBy(() -> FlagDocument.read(nested.repeat(5_000))).isInstanceOf(RejectedEventException.class);
        assertThatThrownBy(() -> FlagDocument.read("x".repeat(FlagDocument.MAX_LENGTH + 1)))
                .isInstanceOf(RejectedEventException.class);
    }

    @Test
    void numbersStayAsTheyStand() throws Exception {
        String flag = SIMPLE.replace(
                "\"defaultVariant\"", "\"$n\":[1.50,1e999999999,12345678901234567890],\"defaultVariant\"");

        assertThat(FlagDocument.read(flag).with(wanted(10, null)))
                .contains("1.50")
                .contains("12345678901234567890");
    }
}
