package io.millrace.logic.workflow;

import static io.millrace.logic.workflow.RunDeciderTest.agent;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.workflow.RunStarted;
import io.millrace.schema.workflow.RunStatus;
import io.millrace.schema.workflow.WorkflowControl.Action;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunStateCodecTest {
    private static final Path GOLDEN_1 = Path.of("src/test/resources/golden/run-v1.bin");
    private static final Path GOLDEN = Path.of("src/test/resources/golden/run-v2.bin");
    private static final RunStarted.Choice CHOICE = new RunStarted.Choice("workflow.test", "v2");
    private static final String CHANGED =
            "Savepoints hold this format. A change of it needs a new version of the codec that still reads this one, and"
                    + " a golden file of its own; those of earlier versions stay as they are.";

    /** In the middle of everything that a run can be in the middle of. */
    private static TestRun busy(RunStarted.Choice choice) {
        TestRun run = TestRun.of("[" + agent("lost", "z") + ", {all: {fork: {branches: ["
                + agent("call", "a") + ","
                + "{ok: {call: 'approval', with: {message: 'Sure?', quorum: 2, escalate_after: 'PT1H', escalate_to: ['boss']}}},"
                + "{hear: {listen: {to: {all: [{with: {type: 'x'}}, {with: {type: 'y'}}]}}}},"
                + "{loop: {for: {each: 'e', in: '${ range(3) }'}, do: [{pause: {wait: {hours: 2}, timeout: {after: 'PT3H'}}}]}},"
                + "{again: {try: [" + agent("flaky", "f")
                + "], catch: {retry: {delay: 'PT1H', limit: {attempt: {count: 3}}}}}},"
                + "{sub: {run: {workflow: {namespace: 'test', name: 'child', version: '1.0.0'}}}}]}}}]");
        run.start("{list: [1, 2.5, -3, 12345678901, true, null, 'é']}", null, List.of(TestRun.risky("a")), choice);
        return run.answer("z", "{x: {y: 'z'}}")
                .decide("ada", "approve")
                .signal("x", "{\"n\":1}")
                .signal("early", "2")
                .fails("f");
    }

    private static RunState read(Path golden) throws IOException {
        return new RunStateCodec().read(new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(golden))));
    }

    @Test
    void version2IsReadAndWrittenAsEver() throws IOException {
        byte[] written = busy(CHOICE).encoded();
        if (Boolean.getBoolean("millrace.refresh") && !Files.exists(GOLDEN)) {
            Files.write(GOLDEN, written);
        }
        byte[] golden = Files.readAllBytes(GOLDEN);
        assertThat(written).as(CHANGED).isEqualTo(golden);
        assertThat(busy(CHOICE).with(read(GOLDEN)).encoded()).as(CHANGED).isEqualTo(golden);
    }

    @Test
    void version1IsReadAsEver() throws IOException {
        TestRun run = busy(null);
        assertThat(busy(CHOICE).with(read(GOLDEN_1)).encoded()).isEqualTo(run.encoded());
    }

    @Test
    void whatWasReadGoesOn() throws IOException {
        for (Path golden : List.of(GOLDEN_1, GOLDEN)) {
            TestRun run = busy(null).with(read(golden));
            run.control(Action.CANCEL);
            assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
        }
    }

    @Test
    void idsOfCallsAreAsEver() {
        TestRun run = TestRun.started("[" + agent("one", "a") + "]", "1");
        assertThat(run.call("a").callKey())
                .as("an agent is asked again after an upgrade under the key that it knows")
                .isEqualTo("91d90c83-edf9-5271-9f9b-df1c285d9c51");
    }
}
