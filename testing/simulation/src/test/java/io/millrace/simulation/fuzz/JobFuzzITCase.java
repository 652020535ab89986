package io.millrace.simulation.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A few seconds of what {@code ./millrace simulate --fuzz-job} does for minutes. */
@Timeout(240)
class JobFuzzITCase {

    @Test
    void theJobAnswersMalformedEventsAsTheDecisionsAloneDo() throws Exception {
        ByteArrayOutputStream told = new ByteArrayOutputStream();

        boolean good = new JobFuzz(new PrintStream(told, true, StandardCharsets.UTF_8)).run(1, 20_000);

        assertThat(good).as(told.toString(StandardCharsets.UTF_8)).isTrue();
    }
}
