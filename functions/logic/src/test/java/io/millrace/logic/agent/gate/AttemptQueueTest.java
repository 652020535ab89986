package io.millrace.logic.agent.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentDefinition.Rate;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shares and turns, where acme and zeta are bound and others are not. */
class AttemptQueueTest {
    private static final TenantLines BOUND = TenantLines.of(List.of("acme", "zeta"));

    /** Of an attempt of these tests, whose id has two characters. */
    private static final long BYTES = attempt("a1").inputBytes();

    private static AttemptQueue queue(int length, long bytes, TenantLines lines) {
        return new AttemptQueue(new GateSettings(
                1_000, length, bytes, 1 << 20, 20, 10, Duration.ofSeconds(30), Duration.ofMinutes(5), lines));
    }

    /** Of the tenant that its first character stands for; a capital means none that is bound. */
    private static AgentAttempt attempt(String id) {
        String tenant =
                switch (id.charAt(0)) {
                    case 'a' -> "acme";
                    case 'z' -> "zeta";
                    default -> id.substring(0, 1);
                };
        return Gates.attempt(tenant, id, 0, Rate.UNLIMITED);
    }

    /** What becomes of it: {@code in}, {@code refused}, or who makes room. */
    private static String offer(AttemptQueue queue, String id) {
        List<String> displaced = new ArrayList<>();
        boolean added = queue.offer(attempt(id), each -> displaced.add(each.attemptId()));
        assertThat(added || displaced.isEmpty()).isTrue();
        return !added ? "refused" : displaced.isEmpty() ? "in" : String.join(" ", displaced);
    }

    private static List<String> drain(AttemptQueue queue) {
        List<String> order = new ArrayList<>();
        while (queue.size() > 0) {
            AgentAttempt next = queue.peek(tenant -> true);
            assertThat(queue.poll(next.tenant())).isSameAs(next);
            order.add(next.attemptId());
        }
        return order;
    }

    private static AttemptQueue restored(AttemptQueue queue, int length, long bytes, TenantLines lines) {
        AttemptQueue restored = queue(length, bytes, lines);
        byte[] state = Gates.bytes(queue::write);
        try {
            restored.read(new DataInputStream(new ByteArrayInputStream(state)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(Gates.bytes(restored::write)).isEqualTo(state);
        return restored;
    }

    @ParameterizedTest
    @CsvSource({
        // who waits of 6,          who comes, what happens
        "A1 B1 C1 D1 E1 F1,         a1,        F1",
        "A1 B1 C1 D1 E1 a1,         a2,        E1",
        "A1 B1 C1 a1 a2 a3,         a4,        refused",
        "A1 B1 C1 a1 a2 a3,         D1,        C1",
        "A1 A2 B1 a1 a2 a3,         C1,        A2",
        "A1 A2 A3 a1 a2 z1,         z2,        A3",
        "A1 A2 A3 a1 a2 z1,         B1,        A3",
        "A1 B1 a1 a2 z1 z2,         a3,        refused",
        "A1 a1 a2 a3 a4 a5,         B1,        a5",
        "A1 B1 a1 a2 a3 a4,         C1,        a4",
        "A1 B1 a1 a2 a3 a4,         z1,        a4",
        "a1 a2 a3 z1 z2 z3,         A1,        z3",
    })
    void aBoundTenantsShareIsAmongTheBoundAndOneLineOfAllOthers(String waiting, String comes, String expected) {
        AttemptQueue queue = queue(6, 1 << 20, BOUND);
        for (String id : waiting.split(" ")) {
            assertThat(offer(queue, id)).isEqualTo("in");
        }

        assertThat(offer(queue, comes)).isEqualTo(expected);
        assertThat(queue.size()).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({
        // who waits of 6 in bytes, who comes, what happens
        "A1 B1 C1 D1 E1 F1,         a1,        F1",
        "A1 B1 C1 a1 a2 a3,         a4,        refused",
        "A1 A2 B1 a1 a2 a3,         C1,        A2",
        "A1 A2 A3 a1 a2 z1,         z2,        A3",
    })
    void soIsThatOfBytes(String waiting, String comes, String expected) {
        AttemptQueue queue = queue(100, 6 * BYTES, BOUND);
        for (String id : waiting.split(" ")) {
            assertThat(offer(queue, id)).isEqualTo("in");
        }

        assertThat(offer(queue, comes)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // who waits of 3, who comes, what happens
        "A1 B1 C1,         D1,        C1",
        "A1 A2 B1,         C1,        A2",
        "A1 A2 B1,         B2,        refused",
        "A1 B1 C1,         C2,        refused",
    })
    void whereNobodyIsBoundAShareIsNeverLessThanOne(String waiting, String comes, String expected) {
        AttemptQueue queue = queue(3, 1 << 20, TenantLines.NONE_BOUND);
        for (String id : waiting.split(" ")) {
            assertThat(offer(queue, id)).isEqualTo("in");
        }

        assertThat(offer(queue, comes)).isEqualTo(expected);
    }

    @Test
    void linesTakeTurnsAndInALineItsTenantsDo() {
        AttemptQueue queue = queue(100, 1 << 20, BOUND);
        for (String id : "A1 A2 B1 C1 a1 a2 z1 B2 C2".split(" ")) {
            offer(queue, id);
        }

        assertThat(drain(queue)).containsExactly("A1", "a1", "z1", "B1", "a2", "C1", "A2", "B2", "C2");
    }

    @Test
    void whereNobodyIsBoundEachTenantTakesTurns() {
        AttemptQueue queue = queue(100, 1 << 20, TenantLines.NONE_BOUND);
        for (String id : "A1 A2 B1 a1 a2 z1".split(" ")) {
            offer(queue, id);
        }

        assertThat(drain(queue)).containsExactly("A1", "B1", "a1", "z1", "A2", "a2");
    }

    @Test
    void whoMayNotStartIsPassedOver() {
        AttemptQueue queue = queue(100, 1 << 20, BOUND);
        for (String id : "A1 B1 a1".split(" ")) {
            offer(queue, id);
        }
        Predicate<String> others = tenant -> !tenant.equals("A");

        assertThat(queue.peek(others).attemptId()).isEqualTo("B1");
        assertThat(queue.tenants()).containsExactly("A", "B", "acme");
        assertThat(queue.drop("A").attemptId()).isEqualTo("A1");
        assertThat(queue.drop("A")).isNull();
        assertThat(drain(queue)).containsExactly("B1", "a1");
    }

    @Property(tries = 500)
    void aRestoredQueueHasTheSameTurns(
            @ForAll @Size(max = 40) List<@IntRange(max = 13) Integer> steps, @ForAll boolean bound) {
        TenantLines lines = bound ? BOUND : TenantLines.NONE_BOUND;
        AttemptQueue straight = queue(12, 20 * BYTES, lines);
        AttemptQueue other = queue(12, 20 * BYTES, lines);
        for (int i = 0; i < steps.size(); i++) {
            int step = steps.get(i);
            other = restored(other, 12, 20 * BYTES, lines);
            if (step < 10) {
                String id = "aazABCDABC".charAt(step) + "" + i;
                assertThat(offer(other, id)).isEqualTo(offer(straight, id));
            } else if (straight.size() > 0) {
                AgentAttempt next = straight.peek(tenant -> true);
                assertThat(other.peek(tenant -> true)).isEqualTo(next);
                straight.poll(next.tenant());
                other.poll(next.tenant());
            }
        }

        assertThat(drain(restored(other, 12, 20 * BYTES, lines))).isEqualTo(drain(straight));
    }

    /** Those who wait, in a model of their shares. */
    private record Model(List<AgentAttempt> waiting, int length, long bytes, TenantLines lines) {

        private boolean isWithin(List<AgentAttempt> some, long ofLength, long ofBytes) {
            return some.size() <= ofLength
                    && some.stream().mapToLong(AgentAttempt::inputBytes).sum() <= ofBytes;
        }

        private String lineOf(AgentAttempt attempt) {
            return lines.lineOf(attempt.tenant());
        }

        /** Whether what its tenant, or its line, has here is within an equal share. */
        private boolean isWithinItsShare(AgentAttempt attempt) {
            long count = waiting.stream().map(this::lineOf).distinct().count();
            List<AgentAttempt> line = waiting.stream()
                    .filter(each -> lineOf(each).equals(lineOf(attempt)))
                    .toList();
            long parts =
                    count * line.stream().map(AgentAttempt::tenant).distinct().count();
            List<AgentAttempt> own = line.stream()
                    .filter(each -> each.tenant().equals(attempt.tenant()))
                    .toList();
            return isWithin(line, length / count, bytes / count) || isWithin(own, length / parts, bytes / parts);
        }
    }

    @Property(tries = 1_000)
    void whoWaitsWithinItsShareIsNeverRefused(
            @ForAll @Size(max = 60) List<@IntRange(max = 9) Integer> steps,
            @ForAll boolean bound,
            @ForAll @IntRange(min = 7, max = 15) int length,
            @ForAll @IntRange(min = 4, max = 20) int inBytes) {
        TenantLines lines = bound ? BOUND : TenantLines.NONE_BOUND;
        AttemptQueue queue = queue(length, inBytes * BYTES, lines);
        List<AgentAttempt> waiting = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            // Ids, and with them inputs, of different lengths.
            AgentAttempt comes = attempt("aazABCDABC".charAt(steps.get(i)) + "x".repeat(i * 7 % 11) + i);
            waiting.add(comes);
            Model model = new Model(List.copyOf(waiting), length, inBytes * BYTES, lines);
            List<AgentAttempt> refused = new ArrayList<>();
            if (!queue.offer(comes, refused::add)) {
                refused.add(comes);
            }
            waiting.removeAll(refused);

            assertThat(refused).noneMatch(model::isWithinItsShare);
            assertThat(queue.size()).isEqualTo(waiting.size()).isLessThanOrEqualTo(length);
            assertThat(waiting.stream().mapToLong(AgentAttempt::inputBytes).sum())
                    .isLessThanOrEqualTo(inBytes * BYTES);
        }
    }

    @Test
    void linesAreThoseOfBoundTenantsAndOneMore() {
        assertThat(Stream.of("acme", "zeta", "A", "B").map(BOUND::lineOf).distinct())
                .hasSize(3);
        assertThat(Arrays.asList("acme", "A"))
                .allMatch(tenant -> TenantLines.NONE_BOUND.lineOf(tenant).equals(tenant));
    }
}
