package io.millrace.simulation.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A few seconds of what {@code ./millrace simulate --fuzz-job} does for minutes. */
@Timeout(240)
class JobFuzzITCase {

    @Test
    void theJobAnswersMalformedEventsAsTheDecisionsAloneDo() throws Exception {
        requireAgreement(2_000);
    }

    @Test
    @Tag("nightly")
    void theJobAnswersManyMalformedEventsAsTheDecisionsAloneDo() throws Exception {
        requireAgreement(20_000);
    }

    private static void requireAgreement(int inputs) throws Exception {
        ByteArrayOutputStream told = new ByteArrayOutputStream();

        boolean good = new JobFuzz(new PrintStream(told, true, StandardCharsets.UTF_8)).run(1, inputs);

        assertThat(good).as(told.toString(StandardCharsets.UTF_8)).isTrue();
    }
}
