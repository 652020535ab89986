package io.millrace.logic.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.flag.CompiledFlag;
import io.millrace.schema.agent.AgentError;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.agent.AgentResult.Status;
import io.millrace.schema.agent.Usage;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionSignalsTest {

    private static VersionSignals signals() throws Exception {
        return new VersionSignals(List.of(
                flag("a-version", "{'old':'a-1','new':'a-2'}", "old"),
                flag("no-agents", "{'on':true,'off':false}", "off")));
    }

    private static CompiledFlag flag(String key, String variants, String defaultVariant) throws Exception {
        return CompiledFlag.compile(
                key,
                ("{'state':'ENABLED','variants':" + variants + ",'defaultVariant':'" + defaultVariant + "'}")
                        .replace('\'', '"'));
    }

    private static AgentResult result(String agent, Status status, boolean cached) {
        boolean ok = status == Status.OK;
        return new AgentResult(
                new UUID(1, 2),
                1_000,
                "acme",
                "k",
                agent,
                ok ? agent : null,
                status,
                ok ? "1" : null,
                ok ? null : new AgentError(AgentErrorCode.AGENT_FAILED, "it fell over"),
                Usage.NONE,
                0,
                1,
                cached,
                5,
                40,
                60,
                "run-7",
                null);
    }

    @ParameterizedTest
    @CsvSource({
        "a-1, OK,        false, old 0",
        "a-2, OK,        false, new 0",
        "a-2, FAILED,    false, new 1",
        "a-2, TIMED_OUT, false, new 1",
        "a-2, DEGRADED,  false, new 1",
        "a-2, SKIPPED,   false, new 1",
        "a-2, REFUSED,   false, ",
        "a-2, OK,        true,  ",
        "b,   OK,        false, ",
    })
    void howACallOfAVersionWentIsTold(String agent, Status status, boolean cached, String told) throws Exception {
        assertThat(signals().of(result(agent, status, cached)))
                .allMatch(signal -> signal.flag().equals("a-version")
                        && signal.source().equals("agents")
                        && signal.latencyMs() == 40
                        && signal.envelope().correlationId().equals("run-7"))
                .extracting(signal -> signal.variant() + " " + signal.errors())
                .isEqualTo(told == null ? List.of() : List.of(told));
    }

    @Test
    void aResultThatComesAgainIsToldUnderTheSameId() throws Exception {
        AgentResult result = result("a-1", Status.OK, false);

        assertThat(signals().of(result)).isEqualTo(signals().of(result)).hasSize(1);
    }
}
