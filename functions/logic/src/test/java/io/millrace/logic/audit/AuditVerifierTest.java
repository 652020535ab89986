package io.millrace.logic.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.audit.AuditVerifier.Fault;
import io.millrace.logic.audit.AuditVerifier.Finding;
import io.millrace.schema.audit.AuditEvent;
import io.millrace.schema.lake.SourcePosition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditVerifierTest {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);

    private final List<AuditEvent> rows = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private Seal seal;

    @BeforeEach
    void sealRows() {
        Random random = new Random(1);
        seal = new Seal(new AuditChain(KEY), () -> {
            byte[] salt = new byte[16];
            random.nextBytes(salt);
            return salt;
        });
        for (int partition = 0; partition < 2; partition++) {
            for (long offset = 0; offset < 10; offset++) {
                rows.add(seal.seal(SealTest.row(partition, offset, "payload " + offset)));
            }
        }
    }

    @Test
    void whatIsUntouchedIsClean() {
        AuditVerifier verifier = verify(List.of());

        assertThat(findings).isEmpty();
        assertThat(verifier.rows()).isEqualTo(20);
        assertThat(verifier.partitions()).isEqualTo(2);
    }

    @Test
    void anAlteredColumnIsFound() {
        AuditEvent row = rows.get(4);
        AuditEvent altered =
                SealTest.row(0, 4, "something else").sealed(row.after(), row.salt(), row.digest(), row.link());
        rows.set(4, altered);

        verify(List.of());

        assertThat(findings).containsExactly(new Finding(Fault.ALTERED, "t", 0, 4));
    }

    @Test
    void aRowMadeAnewWithoutTheKeyIsFound() {
        AuditEvent row = rows.get(4);
        AuditEvent altered = SealTest.row(0, 4, "something else");
        AuditChain other = new AuditChain("fedcba9876543210fedcba9876543210".getBytes(StandardCharsets.UTF_8));
        byte[] digest = other.digest(row.salt(), altered);
        rows.set(
                4,
                altered.sealed(
                        row.after(), row.salt(), digest, other.link(rows.get(3).link(), digest)));

        verify(List.of());

        assertThat(findings).contains(new Finding(Fault.BROKEN, "t", 0, 4), new Finding(Fault.BROKEN, "t", 0, 5));
    }

    @Test
    void aRowThatWasTakenOutIsFound() {
        rows.remove(4);

        verify(List.of());

        assertThat(findings).containsExactly(new Finding(Fault.BROKEN, "t", 0, 5));
    }

    @Test
    void aRowThatIsThereTwiceIsFound() {
        rows.add(5, rows.get(4));

        verify(List.of());

        assertThat(findings).containsExactly(new Finding(Fault.TWICE, "t", 0, 4));
    }

    @Test
    void anEndThatWasCutOffIsFound() {
        List<SourcePosition> known = seal.positions();
        rows.remove(9);

        verify(known);

        assertThat(findings).containsExactly(new Finding(Fault.CUT_OFF, "t", 0, 9));
    }

    @Test
    void aChainMadeAnewWithTheKeyIsFoundByAnAnchor() {
        SourcePosition anchor = new SourcePosition("t", 0, 4, rows.get(4).link());
        rows.clear();
        Seal again = new Seal(new AuditChain(KEY), () -> new byte[] {1});
        for (long offset = 0; offset < 10; offset++) {
            rows.add(again.seal(SealTest.row(0, offset, "other " + offset)));
        }
        AuditVerifier verifier = new AuditVerifier(new AuditChain(KEY), findings::add);
        verifier.anchored(List.of(anchor));
        rows.forEach(verifier::row);

        assertThat(findings).containsExactly(new Finding(Fault.BROKEN, "t", 0, 4));
    }

    @Test
    void anErasedRowBreaksNoChain() {
        AuditEvent row = rows.get(4);
        rows.set(4, SealTest.row(0, 4, null).sealed(row.after(), null, row.digest(), row.link()));

        AuditVerifier verifier = verify(List.of());

        assertThat(findings).isEmpty();
        assertThat(verifier.erased()).isOne();
    }

    private AuditVerifier verify(List<SourcePosition> known) {
        AuditVerifier verifier = new AuditVerifier(new AuditChain(KEY), findings::add);
        rows.forEach(verifier::row);
        verifier.ends(known);
        return verifier;
    }
}
