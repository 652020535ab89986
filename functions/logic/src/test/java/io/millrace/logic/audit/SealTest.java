package io.millrace.logic.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.audit.AuditEvent;
import io.millrace.schema.lake.SourcePosition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SealTest {
    private static final AuditChain CHAIN =
            new AuditChain("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));

    private final Seal seal = new Seal(CHAIN, () -> new byte[] {1, 2, 3});

    @Test
    void eachRowIsLinkedToTheOneBeforeItInItsPartition() {
        AuditEvent first = seal.seal(row(0, 4, "a"));
        AuditEvent other = seal.seal(row(1, 4, "b"));
        AuditEvent second = seal.seal(row(0, 7, "c"));

        assertThat(first.after()).isEqualTo(-1);
        assertThat(first.link()).isEqualTo(CHAIN.link(AuditChain.START, first.digest()));
        assertThat(other.link()).isEqualTo(CHAIN.link(AuditChain.START, other.digest()));
        assertThat(second.after()).isEqualTo(4);
        assertThat(second.link()).isEqualTo(CHAIN.link(first.link(), second.digest()));
    }

    @Test
    void aRowThatWasSealedBeforeIsNotSealedAgain() {
        seal.seal(row(0, 4, "a"));

        assertThat(seal.seal(row(0, 4, "a"))).isNull();
        assertThat(seal.seal(row(0, 3, "a"))).isNull();
    }

    @Test
    void itGoesOnFromTheLaterOfCheckpointAndTable() {
        byte[] link = {9};
        seal.from(List.of(new SourcePosition("t", 0, 10, new byte[] {1}), new SourcePosition("t", 0, 20, link)));
        seal.from(List.of(new SourcePosition("t", 0, 15, new byte[] {2})));

        assertThat(seal.seal(row(0, 20, "a"))).isNull();
        AuditEvent next = seal.seal(row(0, 21, "a"));
        assertThat(next.after()).isEqualTo(20);
        assertThat(next.link()).isEqualTo(CHAIN.link(link, next.digest()));
        assertThat(seal.positions()).singleElement().satisfies(at -> assertThat(at.offset())
                .isEqualTo(21));
    }

    @Test
    void aDigestTellsRowsApart() {
        byte[] salt = {1};
        byte[] digest = CHAIN.digest(salt, row(0, 1, "a"));

        assertThat(CHAIN.digest(salt, row(0, 1, "a"))).isEqualTo(digest);
        assertThat(CHAIN.digest(new byte[] {2}, row(0, 1, "a"))).isNotEqualTo(digest);
        assertThat(CHAIN.digest(salt, row(1, 1, "a"))).isNotEqualTo(digest);
        assertThat(CHAIN.digest(salt, row(0, 1, "b"))).isNotEqualTo(digest);
        assertThat(CHAIN.digest(salt, row(0, 1, null))).isNotEqualTo(digest);
    }

    static AuditEvent row(int partition, long offset, String payload) {
        return new AuditEvent(
                "t",
                partition,
                offset,
                Instant.ofEpochMilli(5),
                "k",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Map.of("h", "v"),
                payload,
                payload == null ? null : payload.length(),
                null,
                null,
                null,
                -1);
    }
}
