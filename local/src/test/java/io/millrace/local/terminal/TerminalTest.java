package io.millrace.local.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TerminalTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void pipedOutputIsPlainLines() {
        Terminal terminal = new Terminal(out, false, false, 80);

        terminal.live("one");
        terminal.println(terminal.bold("two"));

        assertThat(printed()).isEqualTo("one\ntwo\n");
    }

    @Test
    void onATerminalALiveLineIsReplacedAndFitsTheWidth() {
        Terminal terminal = new Terminal(out, true, true, 5);

        terminal.live("123456789");
        terminal.println(terminal.green("done"));

        assertThat(printed()).isEqualTo("\r\u001b[K1234\r\u001b[K\u001b[32mdone\u001b[0m\n");
    }

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        assertThat(new Table().row("a", "long", "x").row("bbb", "c", "").lines())
                .containsExactly("  a    long  x", "  bbb  c");
    }

    @Test
    void aCellCannotTalkToTheTerminal() {
        assertThat(new Table().row("a", "\u001b[2J").lines()).containsExactly("  a  \\u001b[2J");
    }

    @Test
    void figuresReadWell() {
        assertThat(Figures.count(1234567)).isEqualTo("1,234,567");
        assertThat(Figures.time(Duration.ofMillis(12))).isEqualTo("12 ms");
        assertThat(Figures.time(Duration.ofMillis(3_400))).isEqualTo("3.4 s");
        assertThat(Figures.time(Duration.ofSeconds(61))).isEqualTo("61 s");
        assertThat(Figures.time(Duration.ofMinutes(61))).isEqualTo("61 min");
        assertThat(Figures.time(Duration.ofHours(3))).isEqualTo("3 h");
        assertThat(Figures.time(Duration.ofDays(3))).isEqualTo("3 d");
        assertThat(Figures.bytes(1023)).isEqualTo("1023 B");
        assertThat(Figures.bytes(1536)).isEqualTo("1.5 KiB");
        assertThat(Figures.bytes(3L << 30)).isEqualTo("3.0 GiB");
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
