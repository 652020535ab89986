package io.millrace.logic.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schema.rollout.RolloutDefined;
import io.millrace.schema.rollout.RolloutDefined.Step;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {

    private static Plan plan(String fields) throws RejectedEventException {
        String event =
                """
                {"schema_version":1,"event_id":"00000000-0000-0000-0000-000000000001","event_type":"rollout.defined",
                 "occurred_at":"2026-12-01T00:00:00Z","name":"r","flag":"f","to":"new","from":"old",%s}"""
                        .formatted(fields);
        return Plan.of(Plan.read(new SourceRecord(
                "rollout-definitions",
                0,
                0,
                0,
                "r".getBytes(StandardCharsets.UTF_8),
                event.getBytes(StandardCharsets.UTF_8),
                List.of())));
    }

    @ParameterizedTest
    @CsvSource({"safe, P7D", "fast, P3D", "instant, PT1M"})
    void aPaceTakesAsLongAsItSays(String pace, Duration takes) throws Exception {
        Plan plan = plan("\"strategy\":\"progressive\",\"pace\":\"" + pace + "\"");

        assertThat(plan.steps().stream().mapToLong(Step::holdSeconds).sum()).isEqualTo(takes.toSeconds());
        assertThat(plan.steps()).extracting(Step::percent).containsExactly(5, 10, 25, 50, 75, 100);
    }

    @Test
    void aPercentageIsWhereItEnds() throws Exception {
        assertThat(plan("\"strategy\":\"percentage\",\"percent\":20").steps()).containsExactly(new Step(20, 0, false));
        assertThat(plan("\"strategy\":\"all_at_once\"").steps()).containsExactly(new Step(100, 0, false));
    }

    @Test
    void eachMetricHasItsPartOfTheFalseAlarms() throws Exception {
        assertThat(plan("\"strategy\":\"progressive\",\"health\":{\"sources\":[{\"name\":\"s\"}],\"false_alarm\":0.02}")
                        .needed())
                .isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"strategy\":\"percentage\" | percent: ",
                "\"strategy\":\"canary\" | audience: ",
                "\"strategy\":\"canary\",\"audience\":{\"attribute\":\"email\",\"values\":[]} | audience.values: ",
                "\"strategy\":\"progressive\",\"steps\":[{\"percent\":0}] | steps: ",
                "\"strategy\":\"progressive\",\"steps\":[{\"percent\":20},{\"percent\":20}] | steps: ",
                "\"strategy\":\"progressive\",\"windows\":\"sometimes\" | windows: ",
                "\"strategy\":\"progressive\",\"time_zone\":\"Europe/Atlantis\" | time_zone: ",
                "\"strategy\":\"progressive\",\"after\":[{\"flag\":\"f\",\"variant\":\"x\"}] | after: ",
                "\"strategy\":\"progressive\",\"health\":{\"sources\":[]} | health.sources: ",
                "\"strategy\":\"progressive\",\"health\":{\"sources\":[{\"name\":\"a\"},{\"name\":\"a\"}]} | health.sources: ",
                "\"strategy\":\"progressive\",\"health\":{\"sources\":[{\"name\":\"a\"}],\"false_alarm\":0} | health.false_alarm: ",
                "\"strategy\":\"progressive\",\"health\":{\"sources\":[{\"name\":\"a\"}],\"false_alarm\":2} | health.false_alarm: ",
                "\"strategy\":\"progressive\",\"health\":{\"sources\":[{\"name\":\"a\"}],\"metrics\":[{\"name\":\"x\",\"kind\":\"event\"}]} | health.metrics: ",
                "\"strategy\":\"progressive\",\"health\":{\"sources\":[{\"name\":\"a\"}],\"metrics\":[{\"name\":\"x\",\"kind\":\"errors\"},{\"name\":\"x\",\"kind\":\"errors\"}]} | health.metrics: ",
                "\"strategy\":\"progressive\",\"health\":{\"sources\":[{\"name\":\"a\"}],\"metrics\":[{\"name\":\"x\",\"kind\":\"errors\",\"fewer_is_worse\":true}]} | health.metrics: ",
                "\"strategy\":\"fast\" | strategy: must be one of",
            })
    void whatDoesNotFitTogetherIsNamed(String fields, String message) {
        assertThatThrownBy(() -> plan(fields))
                .isInstanceOf(RejectedEventException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void toAndFromAreTwoVariants() {
        assertThatThrownBy(() -> Plan.of(new RolloutDefined(
                        null,
                        "r",
                        null,
                        "f",
                        "x",
                        "x",
                        RolloutDefined.Strategy.ALL_AT_ONCE,
                        null,
                        null,
                        List.of(),
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        null,
                        null)))
                .hasMessageStartingWith("to: ");
    }
}
