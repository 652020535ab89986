package io.millrace.logic.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.logic.dedup.RecentIds;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentAttemptCodec;
import io.millrace.schema.agent.AgentDefinition.Budget;
import io.millrace.schema.agent.AgentDefinition.Rate;
import io.millrace.schema.agent.AgentDefinition.Transport;
import io.millrace.schema.agent.AgentError;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome;
import io.millrace.schema.agent.Usage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CallStateCodecTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final String CHANGED =
            "Savepoints hold this format. A change of it needs a new version of the codec that still reads this one, and"
                    + " a golden file of its own; those of earlier versions stay as they are.";
    private static final long TIME = CallHistory.START;

    @Test
    void version1OfCallsIsReadAsEver() throws IOException {
        List<byte[]> golden = golden("call-v1.bin", List.of());

        assertThat(golden).hasSize(3);
        for (int i = 0; i < golden.size(); i++) {
            assertThat(CallHistory.decoded(golden.get(i)))
                    .as("an approval of version 1 is good for no further attempt")
                    .isEqualTo(states(null, null).get(i));
        }
    }

    @Test
    void version2OfCallsIsReadAsEver() throws IOException {
        List<CallState> states = states("5f70bf18a0860070", null);
        List<byte[]> golden = golden("call-v2.bin", List.of());

        assertThat(golden).hasSameSizeAs(states);
        for (int i = 0; i < golden.size(); i++) {
            assertThat(CallHistory.decoded(golden.get(i))).as(CHANGED).isEqualTo(states.get(i));
        }
    }

    @Test
    void version3OfCallsIsReadAndWrittenAsEver() throws IOException {
        List<CallState> states = states("5f70bf18a0860070", "run-7");
        List<byte[]> encoded = states.stream().map(CallHistory::encoded).toList();

        List<byte[]> golden = golden("call-v3.bin", encoded);

        for (int i = 0; i < golden.size(); i++) {
            assertThat(CallHistory.decoded(golden.get(i))).as(CHANGED).isEqualTo(states.get(i));
            assertThat(encoded.get(i)).as(CHANGED).isEqualTo(golden.get(i));
        }
        assertThat(golden).hasSameSizeAs(encoded);
    }

    @Test
    void version1OfAttemptsIsReadAndWrittenAsEver() throws IOException {
        AgentAttemptCodec codec = new AgentAttemptCodec();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        codec.write(attempt(), new DataOutputStream(bytes));

        byte[] golden = golden("attempt-v1.bin", List.of(bytes.toByteArray())).get(0);

        assertThat(codec.read(new DataInputStream(new ByteArrayInputStream(golden))))
                .as(CHANGED)
                .isEqualTo(attempt());
        assertThat(bytes.toByteArray()).as(CHANGED).isEqualTo(golden);
        assertThat(codec.type()).isEqualTo(AgentAttempt.class);
    }

    @Test
    void unknownVersionsAreRefused() {
        byte[] bytes = CallHistory.encoded(CallState.EMPTY);
        bytes[0] = 4;

        assertThatThrownBy(() -> CallHistory.decoded(bytes)).hasMessageContaining("version 4");
        assertThatThrownBy(() ->
                        new AgentAttemptCodec().read(new DataInputStream(new ByteArrayInputStream(new byte[] {7}))))
                .hasMessageContaining("version 7");
        assertThat(new CallStateCodec().type()).isEqualTo(CallState.class);
        assertThat(new RoutedCallCodec().type()).isEqualTo(RoutedCall.class);
    }

    private static List<byte[]> golden(String name, List<byte[]> fresh) throws IOException {
        Path file = GOLDEN.resolve(name);
        if (!Files.exists(file) && Boolean.getBoolean("millrace.refresh")) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            for (byte[] encoded : fresh) {
                out.writeInt(encoded.length);
                out.write(encoded);
            }
            Files.write(file, bytes.toByteArray());
        }
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
        List<byte[]> frames = new ArrayList<>();
        while (in.hasRemaining()) {
            byte[] frame = new byte[in.getInt()];
            in.get(frame);
            frames.add(frame);
        }
        return frames;
    }

    /** Never change these: add new ones at the end, to a file of their own. */
    private static List<CallState> states(String approved, String replyKey) {
        return List.of(busy(approved, replyKey), kept(), pending(replyKey));
    }

    private static CallState busy(String approved, String replyKey) {
        Flight flight = new Flight(
                id(1),
                "5b1e0c7a",
                approved,
                "acme",
                "summariser",
                "{\"text\":\"überall\"}",
                "3",
                List.of("git:main"),
                List.of("summariser", "small"),
                1,
                2,
                3,
                TIME + 500,
                "/summary: missing",
                Ending.INVALID_ANSWER,
                new AgentError(AgentErrorCode.OUTPUT_INVALID, "/summary: missing"),
                TIME - 1_000,
                new Spent(3, new Usage(100, 20), 77, 5, 900),
                "c-1",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        Waiter first = new Waiter(id(1), "k-1", "agent-results", TIME - 1_000, TIME + 9_000, "c-1", null, null);
        Waiter second = new Waiter(id(2), "k-2", "replies-a", TIME, TIME + 60_000, null, null, replyKey);
        return new CallState(
                TIME,
                null,
                flight,
                List.of(first, second),
                List.of(),
                RecentIds.NONE.plus(id(3), TIME - 7_200_000, 0).plus(id(4), TIME, 0),
                List.of(new EarlyOutcome(early(), TIME + 5)));
    }

    private static AgentOutcome early() {
        return new AgentOutcome(
                "key@small#3",
                "owner",
                "acme",
                "small",
                AgentOutcome.Status.OK,
                "{\"summary\":\"…\"}",
                null,
                0,
                new Usage(7, 8),
                9,
                TIME,
                TIME + 4,
                1,
                "c-1",
                null);
    }

    private static CallState kept() {
        CachedAnswer kept = new CachedAnswer("[1,2]", "2026-11-20", List.of(), TIME - 500, TIME, TIME + 60_000);
        return new CallState(TIME, kept, null, List.of(), List.of(), RecentIds.NONE, List.of());
    }

    private static CallState pending(String replyKey) {
        RoutedCall routed = new RoutedCall(
                new CallHistory()
                        .parsed(
                                "k-1",
                                "nobody",
                                "'tenant':'acme'",
                                "'input':[1.0]",
                                "'deadline':'2026-12-01T10:00:00Z'",
                                "'cache':'refresh'",
                                replyKey == null ? "'reply_key':null" : "'reply_key':'" + replyKey + "'",
                                "'dependencies':{'a':'1','b':'2'}",
                                "'approval':{'request_id':'r','approved_by':'ada',"
                                        + "'expires_at':'2026-12-01T10:00:00Z','mac':'" + "0".repeat(64) + "'}"),
                "owner",
                "1",
                TIME,
                "replies-a");
        Pending pending = new Pending(routed, id(5), TIME + 5_000, TIME + 500);
        return new CallState(TIME, null, null, List.of(), List.of(pending), RecentIds.NONE, List.of());
    }

    private static AgentAttempt attempt() {
        return new AgentAttempt(
                id(1) + "#2",
                id(1).toString(),
                "owner",
                "acme",
                "summariser",
                "3",
                2,
                "{\"text\":\"überall\"}",
                "/summary: missing",
                new Transport("http", "{\"kind\":\"http\"}"),
                "small",
                30_000,
                TIME + 60_000,
                new Usage(1_200, 300),
                360,
                new Rate(600, 90_000, 20),
                new Budget(5_000_000, 0),
                TIME,
                "c-1",
                null);
    }

    private static UUID id(int number) {
        return new UUID(0x0123_4567_89AB_4CDEL, 0x8000_0000_0000_0000L + number);
    }
}
