package io.millrace.operations.flink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureReasonTest {

    @Test
    void theInnermostCauseIsTheReason() {
        String trace = "java.lang.RuntimeException: outer\n\tat A.b(A.java:1)\nCaused by: java.io.IOException: middle\n"
                + "\tat C.d(C.java:2)\nCaused by: java.lang.IllegalStateException: no such topic\n\tat E.f(E.java:3)\n";

        assertThat(FailureReason.of(trace)).contains("java.lang.IllegalStateException: no such topic");
    }

    @Test
    void withoutCauseItIsTheFirstLine() {
        assertThat(FailureReason.of("\n  Job not found\nat X")).contains("Job not found");
        assertThat(FailureReason.of(" \n")).isEmpty();
    }
}
