package io.millrace.schema.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTextTest {

    @Test
    void whatATerminalWouldObeyIsShown() {
        assertThat(VisibleText.of("\u001b]0;title\u0007 \u009b31m \u007f"))
                .isEqualTo("\\u001b]0;title\\u0007 \\u009b31m \\u007f");
        assertThat(VisibleText.of("line\nforged \u202egpj.exe\u2028"))
                .isEqualTo("line\\u000aforged \\u202egpj.exe\\u2028");
    }

    @Test
    void otherTextStaysAsItIs() {
        assertThat(VisibleText.of("Ünïcode, 日本語 and 🙂")).isEqualTo("Ünïcode, 日本語 and 🙂");
        assertThat(VisibleText.of(null)).isNull();
    }

    @Test
    void aRefusalHoldsNothingThatIsHidden() {
        assertThat(new RejectedEventException(ErrorCode.INVALID_VALUE, "title: is \u001b[2J"))
                .hasMessage("title: is \\u001b[2J");
    }
}
