package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossTest {
    private static final TopicPartition PARTITION = new TopicPartition("task-events", 3);

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "new and empty            | 0  | 0  | 0  | false | 0  | ''",
                "read to its end          | 20 | 0  | 20 | false | 0  | ''",
                "a backlog                | 7  | 0  | 20 | false | 0  | ''",
                "deleted as far as read   | 7  | 7  | 20 | false | 0  | ''",
                "deleted before it was    | 7  | 12 | 20 | false | 5  | offsets 7 to 11 were deleted",
                "all of it deleted        | 7  | 20 | 20 | false | 13 | offsets 7 to 19 were deleted",
                "shorter than it was read | 7  | 0  | 3  | false | 1  | ends before offset 3, and was read up to before offset 7",
                "made again and shorter   | 7  | 0  | 3  | true  | 1  | it is read from offset 0 on",
                "made again and longer    | 7  | 0  | 20 | true  | 7  | the records before offset 7 are not read",
            })
    void whatIsMissing(String name, long next, long beginning, long end, boolean remade, long records, String says) {
        Loss loss = Loss.of(PARTITION, next, beginning, end, remade);

        if (records == 0) {
            assertThat(loss).isNull();
        } else {
            assertThat(loss.records()).isEqualTo(records);
            assertThat(loss.message()).startsWith("task-events-3").contains(says);
        }
    }
}
