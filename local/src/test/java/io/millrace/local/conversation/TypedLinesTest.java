package io.millrace.local.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.Await;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TypedLinesTest {

    private static List<String> read(String text) {
        TypedLines typed = TypedLines.of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 10);
        List<String> lines = new ArrayList<>();
        Await.until("the end of the input", () -> {
            typed.next().ifPresent(lines::add);
            return typed.isEnded();
        });
        return lines;
    }

    @Test
    void linesWithoutTextArePassedOver() {
        assertThat(read("où est-il ?\r\n\n  \n last")).containsExactly("où est-il ?".substring(0, 11), "last");
    }

    @Test
    void ofALineThatIsTooLongOneCharacterMoreThanAllowedIsKept() {
        assertThat(read("x".repeat(1_000) + "\nnext\n")).containsExactly("x".repeat(11), "next");
    }

    @Test
    void nothingIsNoLine() {
        assertThat(read("")).isEmpty();
    }

    @Test
    void moreLinesThanAreReadAheadAllCome() {
        assertThat(read("a\n".repeat(500))).hasSize(500);
    }
}
