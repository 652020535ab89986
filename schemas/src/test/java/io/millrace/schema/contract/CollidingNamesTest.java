package io.millrace.schema.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schema.task.TaskEventReader;
import io.millrace.schema.wire.CanonicalJson;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever names somebody makes up: the events of others are read as before. */
class CollidingNamesTest {
    private static final String EVENT = Contract.example("task.created.v1.json").toString();

    @Test
    void namesThatCollideWithThoseOfEventsHarmNoOtherEvent() {
        // More names than a table of Jackson's keeps, so that it begins with the next event.
        String many =
                object(IntStream.range(0, 6_600).mapToObj("r%05x"::formatted).toList());
        String colliding = object(colliding("event_id", 560));

        for (int round = 0; round < 20; round++) {
            read(many);
            assertThatThrownBy(() -> accept(colliding))
                    .isInstanceOf(RejectedEventException.class)
                    .hasMessageContaining("too many names of fields that were made to collide");
            assertThatCode(() -> accept(EVENT)).as("round " + round).doesNotThrowAnyException();
        }
    }

    @Test
    void fewAtATimeHarmNoneEither() {
        List<String> names = List.copyOf(colliding("event_id", 2_000));

        for (int from = 0; from + 50 <= names.size(); from += 50) {
            read(object(names.subList(from, from + 50)));
            int round = from;
            assertThatCode(() -> accept(EVENT)).as("from " + round).doesNotThrowAnyException();
        }
    }

    @Test
    void namesOfOneInputHarmNoOtherInput() {
        // Of texts the table adds up 33 times what came before: "Ab" and "BA" are one.
        Set<String> names = new TreeSet<>();
        for (int bits = 0; bits < 1 << 12; bits++) {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 12; bit++) {
                name.append((bits >> bit & 1) == 0 ? "Ab" : "BA");
            }
            names.add(name.toString());
        }
        for (int round = 0; round < 3; round++) {
            assertThatCode(() -> CanonicalJson.of("input", object(names))).doesNotThrowAnyException();
            assertThatCode(() -> CanonicalJson.of("input", "{\"" + "Ab".repeat(11) + "Bc\":1}"))
                    .doesNotThrowAnyException();
        }
    }

    private static void read(String event) {
        try {
            accept(event);
        } catch (RejectedEventException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    private static void accept(String event) throws RejectedEventException {
        TaskEventReader.read(
                new SourceRecord("task-events", 0, 0, 0, null, event.getBytes(StandardCharsets.UTF_8), List.of()));
    }

    private static String object(Collection<String> names) {
        return names.stream().map(name -> '"' + name + "\":0").collect(Collectors.joining(",", "{", "}"));
    }

    /**
     * Names of eight characters that Jackson's table of bytes can't tell from another one of eight: it mixes the first four
     * bytes, adds the second four 33 times, and only then what it can't be known by.
     */
    private static Set<String> colliding(String name, int count) {
        Random random = new Random(1);
        int sum = mixed(quad(name, 0)) + quad(name, 4) * 33;
        int inverse = 33;
        for (int i = 0; i < 5; i++) {
            inverse *= 2 - 33 * inverse;
        }
        Set<String> names = new TreeSet<>();
        while (names.size() < count) {
            int first = 0;
            for (int i = 0; i < 4; i++) {
                first = first << 8 | 'a' + random.nextInt(26);
            }
            byte[] bytes = ByteBuffer.allocate(8)
                    .putInt(first)
                    .putInt((sum - mixed(first)) * inverse)
                    .array();
            String other = new String(bytes, StandardCharsets.ISO_8859_1);
            if (other.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '\\') && !other.equals(name)) {
                names.add(other);
            }
        }
        return names;
    }

    private static int quad(String name, int from) {
        return ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII)).getInt(from);
    }

    private static int mixed(int quad) {
        int sum = quad + (quad >>> 15);
        return sum ^ sum >>> 9;
    }
}
