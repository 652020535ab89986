package io.millrace.agents.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageAgentTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "👍",
                "12345",
                "TOKEN_3f0c1d2e-1111-8bbb-9ccc-0123456789ab",
                "a@b.example",
                "https://a.example/le"
            })
    void aTextWithoutWordsHasThePreviousLanguageOrEnglish(String text) {
        assertThat(LanguageAgent.guess(text, "fr-CA", List.of()).language()).isEqualTo("fr-CA");
        assertThat(LanguageAgent.guess(text, null, List.of()).language()).isEqualTo("en");
        assertThat(LanguageAgent.guess(text, "zh", List.of("¿Dónde está mi pedido?"))
                        .language())
                .isEqualTo("es");
    }

    @Test
    void aClearTextDecidesWhateverWasBefore() {
        assertThat(LanguageAgent.guess("Où est ma commande ?", "en", List.of()).language())
                .isEqualTo("fr-CA");
    }

    @Test
    void anIntentIsToldWithItsAlternatives() {
        try (Intents intents = new Intents()) {
            assertThat(intents.of("My card was refused").get(0).intent()).isEqualTo("payment");
            assertThat(intents.wantsPerson("I want to talk to a human")).isTrue();
            assertThat(intents.wantsPerson("je veux parler à quelqu’un")).isTrue();
            assertThat(intents.wantsPerson("quiero hablar con una persona")).isTrue();
            assertThat(intents.wantsPerson("Where is my order?")).isFalse();
        }
    }
}
