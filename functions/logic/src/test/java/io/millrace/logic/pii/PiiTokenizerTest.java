package io.millrace.logic.pii;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PiiTokenizerTest {
    private static final byte[] MASTER = "a master key of at least 32 bytes".getBytes(StandardCharsets.UTF_8);
    private static final String TOKEN = "TOKEN_[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

    private final PiiTokenizer tokenizer = of("acme");

    private static PiiTokenizer of(String tenant) {
        return new PiiTokenizer(TokenKey.of(MASTER, tenant));
    }

    /** The first token in what becomes of a text. */
    private String token(String text) {
        String tokenized = tokenizer.tokenize(text);
        int at = tokenized.indexOf(Tokens.PREFIX);
        assertThat(at).as("a token in <%s>", tokenized).isNotNegative();
        return tokenized.substring(at, at + Tokens.LENGTH);
    }

    @Test
    void aTokenStandsInPlaceOfWhatWasFound() {
        assertThat(tokenizer.tokenize("Write to jane@example.com, please."))
                .matches("Write to " + TOKEN + ", please\\.");
    }

    @Test
    void aTextWithoutPersonalDataIsTheSameInstance() {
        String text = "Buy milk on Monday, task t-42";

        assertThat(tokenizer.tokenize(text)).isSameAs(text);
    }

    @Test
    void aTokenIsThatOfItsTenantAndKind() {
        assertThat(of("acme").tokenize("jane@example.com")).isEqualTo(token("jane@example.com"));
        assertThat(of("other").tokenize("jane@example.com")).isNotEqualTo(token("jane@example.com"));
        assertThat(tokenizer.tokenizeWhole(PiiType.PERSON, "jane@example.com", new PiiCounts()))
                .isNotEqualTo(token("jane@example.com"));
    }

    /** Tokens in the lake are joined with those of later versions: this one may not change. */
    @Test
    void aTokenStaysWhatItIs() {
        assertThat(tokenizer.tokenize("jane@example.com")).isEqualTo("TOKEN_9dd42b98-74e4-81ea-8a91-7ec43996fb7f");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jane@example.com                   | JANE@Example.COM",
                "jane@example.com                   | ｊａｎｅ＠ｅｘａｍｐｌｅ．ｃｏｍ",
                "jane@example.com                   | ja\u200Bne@exam\u00ADple.com",
                "call +33 6 12 34 56 78             | appelez le 06.12.34.56.78",
                "call +33 6 12 34 56 78             | au 0033612345678",
                "phone +1 212 736 5000              | phone (212) 736-5000",
                "tel +44 20 7946 0018               | the home phone is 020 7946 0018",
                "tel +34 612 345 678                | mi móvil es 612345678",
                "4111 1111 1111 1111                | 4111-1111-1111-1111",
                "FR76 3000 6000 0112 3456 7890 189  | fr7630006000011234567890189",
                "2001:db8::1                        | 2001:0DB8:0:0:0:0:0:1",
                "00:1A:2B:3C:4D:5E                  | 001a.2b3c.4d5e",
                "DNI 12345678Z                      | dni 12.345.678-z",
                "ask Jean Müller there              | JEAN MULLER",
                "12 rue de la Paix, 75002 Paris     | 12, rue de la paix 75002 PARIS",
            })
    void oneThingHasOneTokenHoweverItIsWritten(String one, String other) {
        assertThat(token(other)).isEqualTo(token(one));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jane\u00A0doe@example.com", "😀jane@example.com😀", "\uD83Djane@example.com\uDE00"})
    void whatStandsAroundStays(String text) {
        PiiSpan span = PiiTokenizer.find(text).get(0);

        assertThat(tokenizer.tokenize(text))
                .startsWith(text.substring(0, span.start()))
                .endsWith(text.substring(span.end()));
    }

    @Test
    void whatIsFoundIsCounted() {
        PiiCounts counts = new PiiCounts();

        tokenizer.tokenize("jane@example.com, joe@example.com and 4111 1111 1111 1111", counts);

        assertThat(counts).hasToString("EMAIL=2 CARD=1");
        assertThat(counts.of(PiiType.EMAIL)).isEqualTo(2);
        assertThat(counts.total()).isEqualTo(3);
    }

    @Test
    void aWholeValueIsATokenWhateverItLooksLike() {
        PiiCounts counts = new PiiCounts();

        String token = tokenizer.tokenizeWhole(PiiType.PERSON, "xyzzy", counts);

        assertThat(token).matches(TOKEN);
        assertThat(tokenizer.tokenizeWhole(PiiType.PERSON, " XYZZY ", counts)).isEqualTo(token);
        assertThat(tokenizer.tokenizeWhole(PiiType.PERSON, token, counts)).isEqualTo(token);
        assertThat(tokenizer.tokenizeWhole(PiiType.PERSON, " ", counts)).isEqualTo(" ");
        assertThat(counts).hasToString("PERSON=2");
    }

    @Test
    void aWholeValueHasTheTokenItHasInAText() {
        assertThat(tokenizer.tokenizeWhole(PiiType.EMAIL, "Jane@example.com", new PiiCounts()))
                .isEqualTo(token("write to jane@example.com"));
        assertThat(tokenizer.tokenizeWhole(PiiType.PHONE, "06 12 34 56 78", new PiiCounts()))
                .isEqualTo(token("appelez le +33 6 12 34 56 78"));
        assertThat(tokenizer.tokenizeWhole(PiiType.PHONE, "not given", new PiiCounts()))
                .matches(TOKEN);
    }

    @Test
    void aShortMasterKeyIsRefused() {
        assertThatThrownBy(() -> TokenKey.of(new byte[31], "acme"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a master key must have at least 32 bytes");
    }

    @Test
    void aKeyIsNotShown() {
        assertThat(TokenKey.of(MASTER, "acme")).hasToString("TokenKey[key]");
    }
}
