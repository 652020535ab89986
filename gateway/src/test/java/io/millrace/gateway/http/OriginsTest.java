package io.millrace.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginsTest {
    private final Origins origins = new Origins(Set.of("api.example.com"), Set.of("https://shop.example.com"));

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "localhost:8088, -, -",
                "LOCALHOST, -, none",
                "127.0.0.1:8088, http://127.0.0.1:8088, same-origin",
                "[::1]:8088, http://[::1]:8088, -",
                "api.example.com, https://api.example.com, same-origin",
                "api.example.com:443, https://shop.example.com, cross-site"
            })
    void whatComesFromHereOrFromAnAllowedPageIsTaken(String host, String origin, String site) {
        assertThatCode(() -> origins.check(Method.GET, host, origin, site)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, -, 421",
                "evil.example.com, -, -, 421",
                "localhost.evil.example.com:8088, -, -, 421",
                "127.0.0.1.nip.io, -, -, 421",
                "localhost:8088, https://evil.example.com, cross-site, 403",
                "localhost:8088, null, -, 403",
                "localhost:8088, http://localhost:9999, same-site, 403",
                "localhost:8088, -, cross-site, 403",
                "api.example.com, https://shop.example.com.evil.com, -, 403"
            })
    void whatAnyOtherPageSendsIsRefused(String host, String origin, String site, int status) {
        assertThatThrownBy(() -> origins.check(Method.GET, host, origin, site))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.status()).isEqualTo(status));
    }

    @Test
    void whatAnotherPortOfThisMachineSendsChangesNothing() {
        for (Method method : new Method[] {Method.POST, Method.PATCH, Method.DELETE}) {
            for (String site : new String[] {"same-site", "cross-site", "other"}) {
                assertThatThrownBy(() -> origins.check(method, "localhost:8088", null, site))
                        .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.status())
                                .isEqualTo(403));
            }
            for (String site : new String[] {"same-origin", "none", null}) {
                assertThatCode(() -> origins.check(method, "localhost:8088", null, site))
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void withoutASettingNoPageElsewhereIsTaken() {
        assertThatThrownBy(() -> new Origins(Set.of(), Set.of())
                        .check(Method.GET, "localhost", "https://shop.example.com", null))
                .isInstanceOf(ProblemException.class);
    }
}
