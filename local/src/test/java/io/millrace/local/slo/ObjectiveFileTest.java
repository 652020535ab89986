package io.millrace.local.slo;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.topic.DefinitionsFile;
import io.millrace.local.topic.DefinitionsFile.Written;
import io.millrace.schema.slo.SloDefined;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectiveFileTest {

    private static DefinitionsFile<SloDefined> read(String text) {
        return DefinitionsFile.read(Objectives.KIND, "f", text);
    }

    @Test
    void theObjectivesThatShipAreRight() throws IOException {
        DefinitionsFile<SloDefined> shipped = read(Files.readString(Path.of("../docs/examples/slo/default.jsonl")));

        assertThat(shipped.problems()).isEmpty();
        assertThat(shipped.ignored()).isEmpty();
        assertThat(shipped.definitions()).extracting(Written::name).containsExactly("default", "jobs-keep-up");
    }

    @Test
    void objectsMayBeLaidOut() {
        DefinitionsFile<SloDefined> file =
                read("{\n  \"name\": \"a\",\n  \"max_lag_records\": 1\n}\n{\n\"name\":\"b\",\"max_lag_records\":2}\n");

        assertThat(file.problems()).isEmpty();
        assertThat(file.definitions())
                .extracting(written -> written.definition().maxLagRecords())
                .containsExactly(1L, 2L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'name':'a','max_lag_records':1}~{'name':'b'} | f:2: max_lag_seconds: missing",
                "{'name':'a',~'max_lag_records':1,~'target':2} | f:3: target: must be between 0 and 1",
                "{'name':'a','max_lag_records':1}~{'name':'a','max_lag_records':1} | f:2: name: is that of the objective in line 1",
                "~~{'name':'a','max_lag_records':'many'} | f:3: max_lag_records: expected an integer",
                "{'max_lag_records':1} | f:1: name: missing",
                "[1] | f:1: not an object",
                "{'name':'a','name':'b','max_lag_records':1} | f:1: ",
                "{'name':'a',~'group_pattern':'a(','max_lag_records':1} | f:2: group_pattern: is no pattern in RE2 syntax",
                "{'name':'a',~oops} | f:2: ",
            })
    void whatIsWrongIsNamedWithItsLineAndField(String text, String problem) {
        DefinitionsFile<SloDefined> file = read(text.replace('\'', '"').replace('~', '\n'));

        assertThat(file.problems()).singleElement().asString().startsWith(problem);
    }

    @Test
    void aFieldThatNoObjectiveHasIsNamed() {
        DefinitionsFile<SloDefined> file = read("{\"name\":\"a\",\n\"max_lag\":1,\"max_lag_records\":1}");

        assertThat(file.ignored()).containsExactly("f:2: max_lag");
        assertThat(file.definitions()).hasSize(1);
    }
}
