package io.millrace.agents.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoughtTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            How long does delivery take?                | TIME     | It takes three to five working days.   | It costs 6.90 dollars.
            En combien de temps est-ce livré ?          | TIME     | Comptez de 2 à 4 jours ouvrables.      | C'est 6,90 $.
            ¿Cuánto tarda el envío?                     | TIME     | Tardan de 2 a 4 días hábiles.          | Cuesta 6,90 dólares.
            How much is shipping?                       | AMOUNT   | It is 6.90 dollars.                    | It takes 2 days.
            Combien coûte la livraison ?                | AMOUNT   | Elle est gratuite dès 75 $.            | Elle prend 2 jours.
            ¿Cuánto cuesta?                             | AMOUNT   | El envío es gratis.                    | Llega en 2 días.
            Where do I find my invoice?                 | PLACE    | It is in your account.                 | It shows GST.
            May I return it?                            | ANYTHING | You may.                               |
            """)
    void aQuestionSeeksWhatItAsksFor(String question, Sought sought, String told, String untold) {
        assertThat(Sought.of(question)).isEqualTo(sought);
        assertThat(sought.isTold(told)).isTrue();
        assertThat(untold == null || !sought.isTold(untold)).isTrue();
    }
}
