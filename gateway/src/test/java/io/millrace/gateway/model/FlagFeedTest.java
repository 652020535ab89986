package io.millrace.gateway.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.TestRecords;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flags in memory are those of the file, whatever becomes of either. */
class FlagFeedTest {
    private static final String ON =
            "{\"state\":\"ENABLED\",\"variants\":{\"on\":true,\"off\":false},\"defaultVariant\":\"on\"}";

    @TempDir
    Path directory;

    private final TestRecords log = new TestRecords();
    private ModelBed bed;

    @BeforeEach
    void open() throws Exception {
        bed = new ModelBed(directory);
    }

    @AfterEach
    void close() throws Exception {
        bed.close();
    }

    private Flags flags() {
        return bed.model().flags();
    }

    private List<String> keys() {
        return flags().all().stream().map(ServedFlag::key).toList();
    }

    @Test
    void theyAreThereAfterAStart() throws Exception {
        bed.live().tell(log.flag("b", ON), log.flag("a", ON), log.flag("c", ON), log.tombstone(Topics.FLAGS, "c"));
        Flags.Version version = flags().version();

        bed.reopen();

        assertThat(keys()).containsExactly("a", "b");
        assertThat(flags().version().tag()).isEqualTo(version.tag());
        assertThat(flags().isComplete()).isTrue();
        assertThat(flags().get("a").definition().path("defaultVariant").asText())
                .isEqualTo("on");
    }

    @Test
    void aModelThatIsMadeAnewHasNoneUntilItIsTold() throws Exception {
        bed.live().tell(log.flag("a", ON));

        bed.model().restart();
        assertThat(keys()).isEmpty();
        assertThat(flags().isComplete()).isFalse();

        bed.tell(log.flag("a", ON)).live();
        assertThat(keys()).containsExactly("a");
        assertThat(flags().isComplete()).isTrue();
    }

    @Test
    void aRecordWithoutAKeyIsSkippedAndOneThatIsNoFlagIsServedAsThat() throws Exception {
        List<SourceRecord> records = new ArrayList<>();
        records.add(log.flag("a", ON));
        records.add(log.record(Topics.FLAGS, "", ON.getBytes(StandardCharsets.UTF_8), List.of()));
        records.add(log.flag("b", "no JSON"));
        bed.live().model().apply(new Batch(records, Map.of(new LogPartition(Topics.FLAGS, 0), 3L)));

        assertThat(keys()).containsExactly("a", "b");
        assertThat(bed.model().skipped()).isEqualTo(1);
        assertThat(flags().get("b").problem()).startsWith("a flag: ");
        assertThat(flags().broken()).isEqualTo(1);
    }

    @Test
    void moreThanThereIsRoomForAreNotServed() throws Exception {
        Flags few = new Flags();
        for (int i = 0; i <= Flags.MAX_FLAGS; i++) {
            few.put(ServedFlag.of("f" + i, ON), 0);
        }

        assertThat(few.all()).hasSize(Flags.MAX_FLAGS);
        few.remove("f1", 0);
        few.put(ServedFlag.of("g", ON), 0);
        assertThat(few.get("g")).isNotNull();
    }
}
