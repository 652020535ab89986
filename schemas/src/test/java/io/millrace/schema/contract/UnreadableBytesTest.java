package io.millrace.schema.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.schema.agent.AgentCallReader;
import io.millrace.schema.agent.AgentOutcomeReader;
import io.millrace.schema.agent.AgentRegistryReader;
import io.millrace.schema.agent.AgentResultReader;
import io.millrace.schema.task.TaskEventReader;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that are no event at all, and the code each is a dead letter with. */
class UnreadableBytesTest {

    private static final String EVENT =
            Contract.example("task.created.minimal.v1.json").toString();

    static Stream<Arguments> unreadable() {
        return Stream.of(
                Arguments.of("a tombstone", null, ErrorCode.EMPTY_VALUE),
                Arguments.of("nothing", new byte[0], ErrorCode.EMPTY_VALUE),
                Arguments.of("blanks", utf8("  "), ErrorCode.NOT_JSON),
                Arguments.of("text", utf8("hello"), ErrorCode.NOT_JSON),
                Arguments.of("an array", utf8("[" + EVENT + "]"), ErrorCode.NOT_JSON),
                Arguments.of("a number", utf8("42"), ErrorCode.NOT_JSON),
                Arguments.of("two objects", utf8(EVENT + EVENT), ErrorCode.NOT_JSON),
                Arguments.of("half an object", utf8(EVENT.substring(0, 80)), ErrorCode.NOT_JSON),
                Arguments.of("single quotes", utf8(EVENT.replace('"', '\'')), ErrorCode.NOT_JSON),
                Arguments.of("UTF-16", EVENT.getBytes(StandardCharsets.UTF_16), ErrorCode.NOT_UTF8),
                Arguments.of("UTF-16LE", EVENT.getBytes(StandardCharsets.UTF_16LE), ErrorCode.NOT_UTF8),
                Arguments.of("an overlong slash", withTitle(0xC0, 0xAF), ErrorCode.NOT_UTF8),
                Arguments.of(
                        "a surrogate pair in bytes", withTitle(0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80), ErrorCode.NOT_UTF8),
                Arguments.of("beyond the last code point", withTitle(0xF4, 0x90, 0x80, 0x80), ErrorCode.NOT_UTF8),
                Arguments.of(
                        "Latin-1",
                        EVENT.replace("Call", "Überweise").getBytes(StandardCharsets.ISO_8859_1),
                        ErrorCode.NOT_UTF8),
                Arguments.of(
                        "a value one byte over 256 KiB",
                        utf8(EVENT + " ".repeat(256 * 1024 + 1 - EVENT.length())),
                        ErrorCode.TOO_LARGE));
    }

    /** The event with these bytes in its title, which no string could hold. */
    private static byte[] withTitle(int... bytes) {
        byte[] event = utf8(EVENT.replace("Call", "@".repeat(bytes.length) + "Call"));
        int at = 0;
        while (event[at] != '@') {
            at++;
        }
        for (int i = 0; i < bytes.length; i++) {
            event[at + i] = (byte) bytes[i];
        }
        return event;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadable")
    void itIsADeadLetterWithThatCode(String what, byte[] value, ErrorCode code) {
        RejectedEventException rejection = rejection(value);

        assertThat(rejection).as(what).isNotNull();
        assertThat(rejection.code()).isEqualTo(code);
        assertThat(rejection.getMessage()).isNotBlank();
    }

    @Test
    void aValueOfExactly256KiBIsRead() {
        assertThat(rejection(utf8(EVENT + " ".repeat(256 * 1024 - EVENT.length()))))
                .isNull();
    }

    @Property(tries = 2000)
    void whateverIsInTheValueItIsReadOrRejected(
            @ForAll byte[] noise, @ForAll @IntRange(max = 200) int at, @ForAll boolean alone) {
        byte[] value = alone ? noise : splice(utf8(EVENT), at, noise);

        RejectedEventException rejection = rejection(value);

        assertThat(rejection == null || rejection.code() != null).isTrue();
    }

    @Property(tries = 1000)
    void whateverIsInAnEventAboutAgentsItIsReadOrRejected(
            @ForAll("agentExamples") String example, @ForAll byte[] noise, @ForAll @IntRange(max = 700) int at) {
        byte[] value = splice(utf8(Contract.example(example).toString()), at, noise);
        SourceRecord source = Mutation.keyed("summariser", value);

        for (AgentReader reader : AGENT_READERS) {
            RejectedEventException rejection =
                    catchThrowableOfType(RejectedEventException.class, () -> reader.read(source));
            assertThat(rejection == null || rejection.getMessage() != null).isTrue();
        }
    }

    @Provide
    Arbitrary<String> agentExamples() {
        return Arbitraries.of(Contract.examples().keySet().stream()
                .filter(name -> name.startsWith("agent."))
                .toList());
    }

    private interface AgentReader {
        Record read(SourceRecord source) throws RejectedEventException;
    }

    private static final List<AgentReader> AGENT_READERS = List.of(
            AgentCallReader::read, AgentRegistryReader::read, AgentOutcomeReader::read, AgentResultReader::read);

    private static byte[] splice(byte[] value, int at, byte[] noise) {
        byte[] spliced = Arrays.copyOf(value, Math.max(value.length, at + noise.length));
        System.arraycopy(noise, 0, spliced, at, noise.length);
        return spliced;
    }

    private static RejectedEventException rejection(byte[] value) {
        return catchThrowableOfType(RejectedEventException.class, () -> TaskEventReader.read(Mutation.record(value)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
