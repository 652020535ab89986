package io.millrace.logic.workflow.bind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionBookTest {
    private final DefinitionBook book = new DefinitionBook();

    private static KnownDefinition definition(String tenant, String version, String digest) {
        return new KnownDefinition(tenant, "release", version, digest, List.of(), 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.0.0 1.2.0 1.10.0 | 1.10.0",
                "1.0.0 2.0.0-rc.1 | 1.0.0",
                "2.0.0-rc.1 2.0.0-rc.2 2.0.0-alpha | 2.0.0-rc.2",
                "2.0.0-rc.10 2.0.0-rc.9 | 2.0.0-rc.10",
                "2.0.0-rc 2.0.0-rc.1 | 2.0.0-rc.1",
                "2.0.0-1 2.0.0-a | 2.0.0-a",
                "1.0.0+b 1.0.0+a 0.9.0 | 1.0.0+b",
            })
    void withoutAVersionTheHighestThatIsReleasedIsMeant(String versions, String latest) throws Exception {
        for (String version : versions.split(" ")) {
            book.put(definition("acme", version, version));
        }

        assertThat(book.find("acme", "release", null).version()).isEqualTo(latest);
        assertThat(List.of(versions.split(" "))).allSatisfy(version -> assertThat(
                        new SemanticVersion(version).isPreferredTo(new SemanticVersion(latest)))
                .as(version)
                .isFalse());
        assertThat(Stream.of(versions.split(" "))).allSatisfy(version -> assertThat(
                        book.find("acme", "release", version).version())
                .isEqualTo(version));
    }

    @Test
    void aVersionStaysWhatItIs() throws Exception {
        assertThat(book.put(definition("acme", "1.0.0", "a"))).isTrue();
        assertThat(book.put(definition("acme", "1.0.0", "a"))).isFalse();

        assertThatThrownBy(() -> book.put(definition("acme", "1.0.0", "b")))
                .isInstanceOfSatisfying(
                        RejectedEventException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.VERSION_EXISTS))
                .hasMessageContaining("release 1.0.0 is another text already");
        assertThat(book.find("acme", "release", "1.0.0").digest()).isEqualTo("a");
        assertThat(book.size()).isEqualTo(1);
    }

    @Test
    void whatAllTextsTakeIsBounded() throws Exception {
        int half = (int) (DefinitionBook.MAX_CHARACTERS / 2);
        book.put(new KnownDefinition("acme", "a", "1.0.0", "a", List.of(), half));
        book.put(new KnownDefinition("acme", "b", "1.0.0", "b", List.of(), half));

        assertThatThrownBy(() -> book.put(definition("acme", "1.0.0", "c"))).hasMessageContaining("there is no room");
        assertThat(book.size()).isEqualTo(2);
    }

    @Test
    void tenantsHaveTheirOwn() throws Exception {
        book.put(definition("acme", "1.0.0", "a"));

        assertThat(book.find("other", "release", null)).isNull();
        assertThat(book.put(definition("other", "1.0.0", "b"))).isTrue();
    }
}
