package io.millrace.logic.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.agent.registry.AgentRegistry;
import io.millrace.logic.flag.CompiledFlag;
import io.millrace.schema.agent.AgentCall;
import io.millrace.schema.agent.AgentCallReader;
import io.millrace.schema.agent.AgentRegistryReader;
import io.millrace.schema.agent.AgentVersions;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionChoiceTest {
    private static final Instant NOW = Instant.parse("2026-12-01T09:00:00Z");

    private static SourceRecord event(String topic, String key, String fields) {
        String json = "{'schema_version':1,'event_id':'00000000-0000-0000-0000-000000000001','occurred_at':"
                + "'2026-12-01T08:00:00Z'," + fields + "}";
        return new SourceRecord(
                topic,
                0,
                0,
                0,
                key.getBytes(StandardCharsets.UTF_8),
                json.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                List.of());
    }

    private static AgentRegistry registry() throws Exception {
        AgentRegistry registry = AgentRegistry.empty(Set.of("http", AgentVersions.KIND));
        for (String agent : List.of("old", "new")) {
            registry = with(registry, agent, "{'kind':'http'}");
        }
        registry = with(registry, "choice", "{'kind':'flag','flag':'v','otherwise':'old'}");
        return with(registry, "strict", "{'kind':'flag','flag':'v'}");
    }

    private static AgentRegistry with(AgentRegistry registry, String agent, String transport) throws Exception {
        return registry.with(
                AgentRegistryReader.read(event(
                        Topics.AGENT_REGISTRY,
                        agent,
                        "'event_type':'agent.registered','agent':'" + agent
                                + "','version':1,'type':'OTHER','transport':" + transport)),
                0);
    }

    private static CompiledFlag flag(String json) throws Exception {
        return CompiledFlag.compile("v", json.replace('\'', '"'));
    }

    private static AgentCall call(String agent, String fields) throws Exception {
        return AgentCallReader.read(event(
                Topics.AGENT_CALLS, "k", "'event_type':'agent.call','agent':'" + agent + "','call_key':'k'" + fields));
    }

    @ParameterizedTest
    @CsvSource({
        "choice, new,    new",
        "choice, old,    old",
        "choice, ,       old",
        "choice, gone,   old",
        "choice, strict, old",
        "strict, new,    new",
        "strict, ,       strict",
        "strict, gone,   strict",
        "new,    old,    new",
        "nobody, old,    nobody",
    })
    void whoIsAsked(String called, String variant, String asked) throws Exception {
        CompiledFlag flag = variant == null
                ? null
                : flag("{'state':'ENABLED','variants':{'one':'" + variant + "'},'defaultVariant':'one'}");

        assertThat(VersionChoice.of(call(called, ""), registry(), name -> flag, NOW)
                        .agent())
                .isEqualTo(asked);
    }

    @Test
    void aVariantThatIsNoTextIsNoAgent() throws Exception {
        CompiledFlag flag = flag("{'state':'ENABLED','variants':{'on':true},'defaultVariant':'on'}");

        assertThat(VersionChoice.of(call("choice", ""), registry(), name -> flag, NOW)
                        .agent())
                .isEqualTo("old");
    }

    @Test
    void callsOfOneConversationHaveOneVersionAndATenantMayBeAskedFor() throws Exception {
        CompiledFlag half = flag("{'state':'ENABLED','variants':{'n':'new','o':'old'},'defaultVariant':'o','targeting':"
                + "{'if':[{'==':[{'var':'tenant'},'acme']},'n',{'fractional':[['n',50],['o',50]]}]}}");
        int changed = 0;
        for (int i = 0; i < 100; i++) {
            String conversation = ",'correlation_id':'c-" + i + "'";
            String first = VersionChoice.of(call("choice", conversation), registry(), name -> half, NOW)
                    .agent();
            String second = VersionChoice.of(call("choice", conversation), registry(), name -> half, NOW)
                    .agent();
            assertThat(second).isEqualTo(first);
            changed += first.equals("new") ? 1 : 0;
            assertThat(VersionChoice.of(
                                    call("choice", conversation + ",'tenant':'acme'"), registry(), name -> half, NOW)
                            .agent())
                    .isEqualTo("new");
        }
        assertThat(changed).isBetween(20, 80);
    }
}
