package io.millrace.operators.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.agent.ApprovalProof;
import io.millrace.logic.agent.CallKeys;
import io.millrace.logic.workflow.RunCommand;
import io.millrace.schema.agent.AgentCall;
import io.millrace.schema.agent.AgentCallReader;
import io.millrace.schema.agent.AgentCallWriter;
import io.millrace.schema.wire.SourceRecord;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AgentCallsTest {
    private static final long AT = 1_800_000_000_000L;
    private static final String DEFINITION = "d".repeat(64);
    private static final ApprovalProof PROOF = ApprovalProof.with(new byte[32]);

    private static RunCommand.Call call(RunCommand.Grant grant) {
        return new RunCommand.Call(
                new UUID(0, 1), AT, "acme", "r", "k-1", "patcher", "{\"b\":1.0,\"a\":2}", 5_000, grant, "c-1", null);
    }

    @Test
    void aCallThatWasApprovedCarriesAProofThatHoldsForIt() throws Exception {
        RunCommand.Grant grant = new RunCommand.Grant("q-1", "ada, bob", DEFINITION);
        AgentCall made = new AgentCalls(PROOF, true, "workflow-inbox").of(call(grant));

        AgentCall read = AgentCallReader.read(
                new SourceRecord("agent-calls", 0, 0, AT, null, AgentCallWriter.write(made), List.of()));
        assertThat(read).as("the agents job reads what was made").isEqualTo(made);
        assertThat(read.replyTo()).isEqualTo("workflow-inbox");
        assertThat(read.replyKey()).isEqualTo("r");
        assertThat(read.timeoutMs()).isEqualTo(5_000);
        assertThat(read.approval().mac())
                .isEqualTo(PROOF.mac(
                        CallKeys.idempotencyKey("acme", "k-1"),
                        "patcher",
                        DEFINITION,
                        read.inputDigest(),
                        "q-1",
                        "ada, bob",
                        read.approval().expiresAt()));
        assertThat(read.approval().expiresAt() - AT)
                .as("the agents job takes no proof that lives longer than it remembers keys")
                .isPositive()
                .isLessThan(Duration.ofHours(24).toMillis());
    }

    @Test
    void withoutAGrantOrAKeyThereIsNoProof() {
        assertThat(new AgentCalls(PROOF, true, "i").of(call(null)).approval()).isNull();
        assertThat(new AgentCalls(ApprovalProof.none(), false, "i")
                        .of(call(new RunCommand.Grant("q-1", "ada", DEFINITION)))
                        .approval())
                .isNull();
    }
}
