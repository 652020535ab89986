package io.millrace.local.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

class ReplayProgressTest {

    @Test
    void nothingCommittedMeansFromTheBeginning() {
        assertThat(ReplayProgress.of(null, 5)).isEqualTo(new ReplayProgress(5, Map.of()));
    }

    @Test
    void oneCodeMovesForwardAlone() {
        ReplayProgress progress = new ReplayProgress(0, Map.of()).upTo(10, "not_json");

        assertThat(progress.isDone(9, "not_json")).isTrue();
        assertThat(progress.isDone(10, "not_json")).isFalse();
        assertThat(progress.isDone(0, "unknown_type")).isFalse();
        assertThat(progress.toCommit()).isEqualTo(new OffsetAndMetadata(0, "not_json=10;"));
        assertThat(ReplayProgress.of(progress.toCommit(), 0)).isEqualTo(progress);
    }

    @Test
    void allTogetherForgetWhatIsBehindThem() {
        ReplayProgress progress = new ReplayProgress(0, Map.of("not_json", 10L, "unknown_type", 30L)).upTo(20, null);

        assertThat(progress).isEqualTo(new ReplayProgress(20, Map.of("unknown_type", 30L)));
        assertThat(progress.isDone(25, "unknown_type")).isTrue();
        assertThat(progress.isDone(25, "not_json")).isFalse();
    }
}
