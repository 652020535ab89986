package io.millrace.logic.workflow.bind;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.flag.CompiledFlag;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.workflow.RunStarted;
import io.millrace.schema.workflow.WorkflowStart;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionChoiceTest {
    private static final String FLAG = "workflow.release";
    private static final String ALL_V1 = flag("\"1.0.0\"", "");

    private final DefinitionBook book = new DefinitionBook();

    /** @param v1 JSON */
    private static String flag(String v1, String targeting) {
        return "{\"state\":\"ENABLED\",\"variants\":{\"v1\":" + v1 + ",\"v2\":\"2.0.0\"},\"defaultVariant\":\"v1\""
                + targeting + "}";
    }

    @BeforeEach
    void publish() throws Exception {
        for (String version : List.of("1.0.0", "2.0.0", "3.0.0")) {
            book.put(new KnownDefinition("acme", "release", version, "d", List.of(), 1));
        }
    }

    private static WorkflowStart start(String run, String correlation, String version, Map<String, String> attributes) {
        Envelope envelope = new Envelope(UUID.randomUUID(), "workflow.start", Instant.EPOCH, "acme", correlation, null);
        return new WorkflowStart(envelope, run, "release", version, null, attributes, null);
    }

    private VersionChoice choose(String definition, WorkflowStart start) throws RejectedEventException {
        CompiledFlag flag = definition == null ? null : CompiledFlag.compile(FLAG, definition);
        return VersionChoice.of(start, book, key -> key.equals(FLAG) ? flag : null, 0);
    }

    private String version(String definition, WorkflowStart start) throws RejectedEventException {
        return choose(definition, start).definition().version();
    }

    @Test
    void theFlagChoosesWhereTheStartNamesNone() throws Exception {
        VersionChoice chosen = choose(ALL_V1, start("r", null, null, Map.of()));
        assertThat(chosen.definition().version()).isEqualTo("1.0.0");
        assertThat(chosen.choice()).isEqualTo(new RunStarted.Choice(FLAG, "v1"));

        VersionChoice named = choose(ALL_V1, start("r", null, "2.0.0", Map.of()));
        assertThat(named.definition().version()).isEqualTo("2.0.0");
        assertThat(named.choice()).isNull();

        assertThat(choose(ALL_V1, start("r", null, "9.0.0", Map.of())).definition())
                .as("a version that is named is waited for")
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"9.0.0", "", "x", "1", "1.0.0 "})
    void whatNamesNoVersionThatIsThereChoosesNone(String value) throws Exception {
        VersionChoice chosen = choose(flag('"' + value + '"', ""), start("r", null, null, Map.of()));
        assertThat(chosen.definition().version()).isEqualTo("3.0.0");
        assertThat(chosen.choice()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v\\n1", "%0101d", "\\ud800"})
    void norDoesAVariantWhoseNameNoSignalCanHave(String form) throws Exception {
        String definition = ALL_V1.replace("\"v1\"", '"' + form.formatted(1) + '"');
        assertThat(choose(definition, start("r", null, null, Map.of())).choice())
                .isNull();
        assertThat(version(definition, start("r", null, null, Map.of()))).isEqualTo("3.0.0");
    }

    @Test
    void norDoesAFlagThatIsNoText() throws Exception {
        String numbers = "{\"state\":\"ENABLED\",\"variants\":{\"v1\":1},\"defaultVariant\":\"v1\"}";
        assertThat(version(numbers, start("r", null, null, Map.of()))).isEqualTo("3.0.0");
    }

    @Test
    void withoutAFlagItIsTheHighest() throws Exception {
        assertThat(version(null, start("r", null, null, Map.of()))).isEqualTo("3.0.0");
        assertThat(version(ALL_V1.replace("ENABLED", "DISABLED"), start("r", null, null, Map.of())))
                .isEqualTo("3.0.0");
    }

    @Test
    void runsOfACorrelationHaveOneVersion() throws Exception {
        String half = flag("\"1.0.0\"", ",\"targeting\":{\"fractional\":[[\"v1\",50],[\"v2\",50]]}");
        Set<String> ofOne = new HashSet<>();
        Set<String> ofMany = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            ofOne.add(version(half, start("r-" + i, "c-1", null, Map.of())));
            ofMany.add(version(half, start("r-" + i, null, null, Map.of())));
        }
        assertThat(ofOne).hasSize(1);
        assertThat(ofMany).containsExactlyInAnyOrder("1.0.0", "2.0.0");
    }

    @Test
    void attributesOfTheStartMayDecideButSayNothingOfWhoItIs() throws Exception {
        String byAttribute =
                flag("\"1.0.0\"", ",\"targeting\":{\"if\":[{\"==\":[{\"var\":\"customer\"},\"beta\"]},\"v2\",\"v1\"]}");
        assertThat(version(byAttribute, start("r", null, null, Map.of("customer", "beta"))))
                .isEqualTo("2.0.0");
        assertThat(version(byAttribute, start("r", null, null, Map.of()))).isEqualTo("1.0.0");
        String byTenant =
                flag("\"1.0.0\"", ",\"targeting\":{\"if\":[{\"==\":[{\"var\":\"tenant\"},\"acme\"]},\"v2\",\"v1\"]}");
        assertThat(version(byTenant, start("r", null, null, Map.of("tenant", "other"))))
                .isEqualTo("2.0.0");
    }
}
