package io.millrace.local.safety;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.flag.CompiledFlag;
import io.millrace.logic.flag.FlagContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SwitchTest {
    private static final Instant NOW = Instant.parse("2026-12-01T09:00:00Z");

    private static boolean isOn(Switch of, String tenant, String agent) throws Exception {
        CompiledFlag flag = CompiledFlag.compile("millrace-stop", new String(of.toFlag(), StandardCharsets.UTF_8));
        FlagContext context = FlagContext.ofTexts(Map.of("tenant", tenant, "agent", agent));
        return flag.evaluate(context, NOW).value().asBoolean();
    }

    private static List<String> list(String names) {
        return names == null ? List.of() : List.of(names.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        ",            ,      acme,  a, true",
        "acme,        ,      acme,  a, true",
        "acme,        ,      other, a, false",
        "acme other,  ,      other, a, true",
        ",            a b,   acme,  b, true",
        ",            a b,   acme,  c, false",
        "acme,        b,     acme,  c, true",
        "acme,        b,     other, b, true",
        "acme,        b,     other, c, false",
    })
    void itIsOnForAllOrForThoseThatAreNamed(
            String tenants, String agents, String tenant, String agent, boolean expected) throws Exception {
        Switch on = Switch.on(list(tenants), list(agents), "ann", "because", NOW);

        assertThat(isOn(on, tenant, agent)).isEqualTo(expected);
        assertThat(Switch.of(on.toFlag())).isEqualTo(on);
    }

    @Test
    void itIsOffAfterwardsAndSaysWhoSaidSo() throws Exception {
        Switch off = Switch.off("ann", "it is over", NOW);

        assertThat(isOn(off, "acme", "a")).isFalse();
        assertThat(Switch.of(off.toFlag())).isEqualTo(off);
        assertThat(off.isOn()).isFalse();
    }

    @Test
    void whatSomebodyElseHasWrittenIsReadAsFarAsItCanBe() {
        assertThat(Switch.of("{".getBytes(StandardCharsets.UTF_8))).isEqualTo(Switch.OFF);
        assertThat(Switch.of("{\"state\":\"ENABLED\",\"variants\":{\"yes\":true},\"defaultVariant\":\"yes\"}"
                                .getBytes(StandardCharsets.UTF_8))
                        .everywhere())
                .isTrue();
        assertThat(Switch.of("{\"state\":\"DISABLED\",\"variants\":{\"yes\":true},\"defaultVariant\":\"yes\"}"
                                .getBytes(StandardCharsets.UTF_8))
                        .everywhere())
                .isFalse();
    }
}
