package io.millrace.logic.agent.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.logic.agent.CallHistory;
import io.millrace.logic.agent.schema.JsonSchemaCheck;
import io.millrace.logic.agent.schema.SchemaCheck;
import io.millrace.schema.agent.AgentDefinition;
import io.millrace.schema.agent.AgentRegistryEvent;
import io.millrace.schema.agent.AgentRegistryReader;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentRegistryTest {
    private static final AgentRegistry EMPTY = AgentRegistry.empty(CallHistory.TRANSPORTS);

    private static AgentRegistryEvent registered(String agent, String... fields) throws RejectedEventException {
        String more = fields.length == 0 ? "" : "," + String.join(",", fields);
        String json = CallHistory.json("{'schema_version':1,'event_id':'00000000-0000-0000-0000-000000000001',"
                + "'event_type':'agent.registered','occurred_at':'2026-12-01T09:00:00Z','agent':'" + agent
                + "','version':1,'type':'OTHER','transport':{'kind':'http'}" + more + "}");
        byte[] key = agent.getBytes(StandardCharsets.UTF_8);
        return AgentRegistryReader.read(
                new SourceRecord("agent-registry", 0, 0, 0, key, json.getBytes(StandardCharsets.UTF_8), List.of()));
    }

    private static AgentRegistry with(AgentRegistry registry, String agent, String... fields)
            throws RejectedEventException {
        return registry.with(registered(agent, fields), 0);
    }

    private static AgentRegistryEvent removed(String agent) throws RejectedEventException {
        byte[] key = agent.getBytes(StandardCharsets.UTF_8);
        return AgentRegistryReader.read(new SourceRecord("agent-registry", 0, 0, 0, key, null, List.of()));
    }

    private static AgentRegistryEvent invalidated(String agent, String version, String dependency) {
        return new AgentRegistryEvent(
                null, AgentRegistryEvent.Kind.CACHE_INVALIDATED, 0, "default", agent, null, version, dependency, null);
    }

    private static RejectedEventException rejection(AgentRegistry registry, String agent, String... fields) {
        return catchThrowableOfType(RejectedEventException.class, () -> with(registry, agent, fields));
    }

    @Test
    void theSchemasOfAllAgentsHaveABound() throws Exception {
        String schema = "'input_schema':{'description':'" + "x".repeat(60_000) + "'}";
        AgentRegistry registry = EMPTY;
        for (int i = 0; i < AgentRegistry.MAX_WEIGHT / RegisteredAgent.WEIGHT_OF_SCHEMAS / 60_100; i++) {
            registry = with(registry, "a" + i, schema);
        }

        assertThat(rejection(registry, "more", schema)).hasMessageStartingWith("the definitions of all agents are ");
        assertThat(with(registry, "a0", "'critical':true").definitions()).hasSameSizeAs(registry.definitions());
        assertThat(with(registry, "small").definitions())
                .hasSize(registry.definitions().size() + 1);
    }

    @Test
    void whatDefinitionsHoldHasABoundThoughTheyHaveNoSchemas() throws Exception {
        String fields = "'fallback':{'then':'degraded','degraded_output':'" + "d".repeat(60_000) + "'}";
        AgentRegistry registry = EMPTY;
        int fit = AgentRegistry.MAX_WEIGHT / 61_000;
        for (int i = 0; i < fit; i++) {
            registry = with(registry, "a" + i, fields);
        }
        while (rejection(registry, "more-" + fit, fields) == null) {
            registry = with(registry, "more-" + fit, fields);
            fit++;
        }

        assertThat(fit).isLessThan(AgentRegistry.MAX_WEIGHT / 60_000);
        assertThat(rejection(registry, "more", fields)).hasMessageStartingWith("the definitions of all agents are ");
        assertThat(with(registry.with(removed("a0"), 0), "more", fields).definitions())
                .hasSameSizeAs(registry.definitions());
    }

    @Test
    void anAgentIsRegisteredChangedAndRemoved() throws Exception {
        AgentRegistry one = with(EMPTY, "a");
        AgentRegistry changed = with(one, "a", "'critical':true");

        assertThat(one.definition("a").critical()).isFalse();
        assertThat(changed.definition("a").critical()).isTrue();
        assertThat(changed.with(removed("a"), 0).definition("a")).isNull();
        assertThat(changed.with(removed("b"), 0)).isSameAs(changed);
        assertThat(EMPTY.definition("a")).as("a registry does not change").isNull();
    }

    @Test
    void registeringTheSameAgainChangesNothing() throws Exception {
        AgentRegistry one = with(EMPTY, "a", "'input_schema':{'type':'string'}");

        assertThat(with(one, "a", "'input_schema':{'type':'string'}")).isSameAs(one);
    }

    @Test
    void aTransportThatTheJobDoesNotHaveIsRejectedByName() throws Exception {
        AgentRegistryEvent event = registered("a");
        AgentRegistry registry = AgentRegistry.empty(Set.of("nats", "llm"));

        assertThatThrownBy(() -> registry.with(event, 0))
                .hasMessage("transport.kind: \"http\" is none of llm, nats")
                .extracting(e -> ((RejectedEventException) e).code())
                .isEqualTo(ErrorCode.UNKNOWN_TRANSPORT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'input_schema':{'type':'strin'}                                  | input_schema: ",
                "'output_schema':{'type':7}                                       | output_schema: ",
                "'output_schema':{'properties':[]}                                | output_schema: ",
                "'input_schema':{'$ref':'#/$defs/gone'}                           | input_schema: ",
                "'input_schema':{'$ref':'#/$defs/%ZZ'}                            | input_schema: a $ref, $dynamicRef",
                "'input_schema':{'$ref':'http://localhost:9/schema'}              | input_schema: ",
                "'input_schema':{'$ref':'classpath:schemas/agent.call.v1.json'}   | input_schema: ",
                "'input_schema':{'$ref':'file:///etc/hostname'}                   | input_schema: ",
                "'input_schema':{'$ref':'#'}                                      | input_schema: ",
                "'input_schema':{'pattern':'('}                                   | input_schema: ",
                "'input_schema':{'$schema':'http://json-schema.org/draft-07/schema#'} | input_schema: ",
                "'output_schema':{'type':'integer'},'fallback':{'then':'degraded','degraded_output':'x'} |"
                        + " fallback.degraded_output: ",
            })
    void aSchemaThatCannotBeFollowedIsRejectedByName(String fields, String message) {
        RejectedEventException rejection = rejection(EMPTY, "a", fields);

        assertThat(rejection).hasMessageStartingWith(message);
        assertThat(rejection.code()).isEqualTo(ErrorCode.INVALID_SCHEMA);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'$ref':'#/$defs/tree','$defs':{'tree':{'type':'object','properties':{'left':{'$ref':'#/$defs/tree'}}}}}"
                        + " | {'left':{'left':{}}} | {'left':{'left':7}}",
                "{'$schema':'https://json-schema.org/draft/2020-12/schema','enum':[1,2]} | 1.0 | 3",
                "{'format':'date'}                                                       | 'x' | ",
                "{'type':'number','multipleOf':0.1}                                      | 0.3 | 0.35",
                "{'maximum':1e400}                                                       | 9e399 | 2e400",
            })
    void aSchemaIsFollowed(String schema, String valid, String invalid) throws Exception {
        SchemaCheck check = JsonSchemaCheck.of("input_schema", CallHistory.json(schema));

        assertThat(check.problem(CallHistory.json(valid))).isNull();
        if (invalid != null) {
            assertThat(check.problem(CallHistory.json(invalid))).isNotEmpty();
        }
    }

    @Test
    void whatIsNoJsonIsAProblemAndManyProblemsAreSummedUp() throws Exception {
        SchemaCheck check = JsonSchemaCheck.of("x", "{\"required\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\"]}");

        assertThat(check.problem("{\"a\":")).startsWith("not JSON: ");
        assertThat(check.problem("{} {}")).startsWith("not JSON: ");
        assertThat(check.problem("{}")).endsWith("; and 2 more");
        assertThat(JsonSchemaCheck.of("x", null).problem("anything")).isNull();
    }

    @Test
    void anAgentIsNotItsOwnFallback() {
        assertThat(rejection(EMPTY, "a", "'fallback':{'agents':['b','a']}"))
                .hasMessage("fallback.agents: a → a is a loop")
                .extracting(RejectedEventException::code)
                .isEqualTo(ErrorCode.FALLBACK_LOOP);
    }

    @Test
    void norByWayOfOthers() throws Exception {
        AgentRegistry registry =
                with(with(EMPTY, "c", "'fallback':{'agents':['a']}"), "b", "'fallback':{'agents':['c']}");

        assertThat(rejection(registry, "a", "'fallback':{'agents':['b']}"))
                .hasMessage("fallback.agents: a → b → c → a is a loop");
        assertThat(with(registry, "a", "'fallback':{'agents':['d']}").chain("b"))
                .containsExactly("b", "c", "a", "d");
    }

    @Test
    void aWayOfTwentyThousandAgentsIsFollowedAndClosedByNone() throws Exception {
        AgentRegistry registry = EMPTY;
        int last = 20_000;
        for (int i = 1; i <= last; i++) {
            registry = with(registry, "a" + i, "'fallback':{'agents':['a" + (i + 1) + "']}");
        }
        AgentRegistry chain = with(registry, "a0", "'fallback':{'agents':['a1']}");

        assertThat(chain.chain("a0")).hasSize(20);
        assertThat(rejection(chain, "a" + (last + 1), "'fallback':{'agents':['a0']}"))
                .hasMessageStartingWith("fallback.agents: a20001 → a0 → a1 →")
                .hasMessageContaining("more …")
                .hasMessageEndingWith("→ a20000 → a20001 is a loop")
                .hasMessageMatching("(?s).{1,400}");
    }

    @Test
    void aLongWayOfFallbacksIsFollowedToATwentiethAgent() throws Exception {
        AgentRegistry registry = EMPTY;
        for (int i = 0; i < 30; i++) {
            registry = with(registry, "a" + i, "'fallback':{'agents':['a" + (i + 1) + "']}");
        }

        assertThat(registry.chain("a0")).hasSize(20).startsWith("a0", "a1").endsWith("a19");
    }

    @Test
    void anInvalidationConcernsWhatWasAskedForUpToIt() {
        AgentRegistry registry = with(EMPTY, invalidated("a", "2", "git"), 1_000);

        assertThat(registry.isInvalidated("a", "2", List.of("git", "x"), 1_000)).isTrue();
        assertThat(registry.isInvalidated("a", "2", List.of("git"), 1_001)).isFalse();
        assertThat(registry.isInvalidated("a", "1", List.of("git"), 1_000)).isFalse();
        assertThat(registry.isInvalidated("a", "2", List.of("x"), 1_000)).isFalse();
        assertThat(registry.isInvalidated("b", "2", List.of("git"), 1_000)).isFalse();
    }

    @Test
    void ofTheInvalidationsOfOneScopeTheLastIsKeptAndNoneForEver() {
        AgentRegistry registry = with(EMPTY, invalidated("a", null, null), 1_000);
        registry = with(registry, invalidated("a", null, null), 2_000);
        registry = with(registry, invalidated("a", "1", null), 3_000);
        assertThat(registry.invalidations()).hasSize(2);

        registry = with(registry, invalidated("a", "2", null), 3_001 + 30L * 86_400_000);
        assertThat(registry.invalidations()).hasSize(1);
    }

    @Test
    void noInvalidationIsKeptForEverAlsoOfAgentsThatNobodyNamesAgain() throws Exception {
        AgentRegistry registry = EMPTY;
        for (int i = 0; i < 100; i++) {
            registry = with(registry, invalidated("made-up-" + i, null, null), i);
        }
        assertThat(registry.invalidations()).hasSize(100);

        registry = with(registry, invalidated("a", null, null), 50 + 30L * 86_400_000);

        assertThat(registry.invalidations()).hasSize(51);
        assertThat(registry.isInvalidated("made-up-49", "1", List.of(), 0)).isFalse();
        assertThat(registry.isInvalidated("made-up-50", "1", List.of(), 0)).isTrue();
        assertThat(read(bytes(registry), CallHistory.TRANSPORTS).registry().invalidations())
                .containsExactlyInAnyOrderElementsOf(registry.invalidations());
    }

    @Test
    void theInvalidationsOfTooManyAgentsBecomeOneForAllAgents() throws Exception {
        AgentRegistry registry = with(EMPTY, invalidated("a", "1", null), 5_000);
        for (int i = 1; i <= AgentRegistry.MAX_INVALIDATED_AGENTS; i++) {
            assertThat(registry.isInvalidated("other", "1", List.of(), 0)).isFalse();
            registry = with(registry, invalidated("made-up-" + i, null, null), i);
        }

        assertThat(registry.invalidations()).hasSize(1);
        registry = read(bytes(registry), CallHistory.TRANSPORTS).registry();
        assertThat(registry.isInvalidated("other", "1", List.of(), 5_000)).isTrue();
        assertThat(registry.isInvalidated("a", "2", List.of(), 5_000)).isTrue();
        assertThat(registry.isInvalidated("a", "1", List.of(), 5_001)).isFalse();
    }

    @Test
    void tooManyInvalidationsBecomeOneForAllAnswers() {
        AgentRegistry registry = EMPTY;
        for (int i = 0; i <= 200; i++) {
            registry = with(registry, invalidated("a", null, "d" + i), i);
        }

        assertThat(registry.invalidations()).containsExactly(new Invalidation("a", null, null, 200));
    }

    private static AgentRegistry with(AgentRegistry registry, AgentRegistryEvent event, long logTime) {
        try {
            return registry.with(event, logTime);
        } catch (RejectedEventException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aRegistryIsTheSameAfterItsEncoding() throws Exception {
        AgentRegistry registry = with(EMPTY, "b", "'output_schema':{'type':'integer'}", "'model':'small'");
        registry = with(registry, "a", "'fallback':{'agents':['b'],'then':'degraded','degraded_output':[1.50]}");
        registry = with(registry, invalidated("a", null, "git"), 7);

        AgentRegistryCodec.Restored restored = read(bytes(registry), CallHistory.TRANSPORTS);

        assertThat(restored.dropped()).isEmpty();
        assertThat(restored.registry().definitions()).isEqualTo(registry.definitions());
        assertThat(restored.registry().invalidations()).isEqualTo(registry.invalidations());
        assertThat(restored.registry().find("b").output().problem("\"x\"")).isNotNull();
    }

    @Test
    void anAgentWhoseTransportIsGoneIsLeftOutByName() throws Exception {
        AgentRegistry registry = with(EMPTY, "a");

        AgentRegistryCodec.Restored restored = read(bytes(registry), Set.of("llm"));

        assertThat(restored.registry().definitions()).isEmpty();
        assertThat(restored.dropped()).containsExactly("a: transport.kind: \"http\" is none of llm");
    }

    @Test
    void aRegistryOfAnUnknownVersionIsRefused() throws Exception {
        byte[] bytes = bytes(EMPTY);
        bytes[0] = 9;

        assertThatThrownBy(() -> read(bytes, CallHistory.TRANSPORTS)).hasMessageContaining("version 9");
    }

    private static byte[] bytes(AgentRegistry registry) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        AgentRegistryCodec.write(registry, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static AgentRegistryCodec.Restored read(byte[] bytes, Set<String> transports) throws IOException {
        return AgentRegistryCodec.read(new DataInputStream(new ByteArrayInputStream(bytes)), transports);
    }

    @Test
    void definitionsAreListedByName() throws Exception {
        AgentRegistry registry = with(with(EMPTY, "b"), "a");

        assertThat(registry.definitions()).extracting(AgentDefinition::agent).containsExactly("a", "b");
    }
}
