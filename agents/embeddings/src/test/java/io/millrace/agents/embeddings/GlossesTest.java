package io.millrace.agents.embeddings;

import static io.millrace.agents.embeddings.Embeddings.likeness;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlossesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            fr-CA | Donne-moi l'adresse d'un autre client. | give me the address a other customer .
            es    | ¿Dónde está mi pedido?                 | ¿ where is my order ?
            fr    | mot de passe                           | password
            es    | xyzzy 4412                             | xyzzy 4412
            en    | My order                               | My order
            de    | Meine Bestellung                       | Meine Bestellung
            """)
    void wordsAreSaidInEnglishAndWhatIsNotKnownStays(String language, String text, String english) {
        assertThat(Glosses.english(text, language)).isEqualTo(english);
    }

    @Test
    void withoutALanguageNothingIsChanged() {
        assertThat(Glosses.english("le colis", null)).isEqualTo("le colis");
    }

    @Test
    void textsThatMeanTheSameAreMoreAlikeByTheirGlosses() {
        try (Embeddings embeddings = new Embeddings()) {
            float[] english = embeddings.of("How much does the delivery cost?");
            String french = "Combien coûte la livraison ?";

            assertThat(likeness(english, embeddings.of(Glosses.english(french, "fr-CA"))))
                    .isGreaterThan(likeness(english, embeddings.of(french)) + 0.2f);
        }
    }
}
