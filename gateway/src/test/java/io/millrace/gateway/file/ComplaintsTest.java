package io.millrace.gateway.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComplaintsTest {
    private static final long SECOND = 1_000_000_000L;

    private long now;
    private final List<String> said = new ArrayList<>();
    private final Complaints complaints = new Complaints(() -> now, said::add);

    @Test
    void whatLastsIsSaidEachMinute() {
        complaints.say("a");
        now += 59 * SECOND;
        complaints.say("b");
        now += SECOND;
        complaints.say("c");

        assertThat(said).containsExactly("a", "c");
    }

    @Test
    void whatBeginsAgainIsSaidAtOnce() {
        complaints.say("a");
        complaints.over();
        complaints.say("b");

        assertThat(said).containsExactly("a", "b");
    }
}
