package io.millrace.logic.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.pii.PiiSpan;
import io.millrace.logic.pii.PiiTokenizer;
import io.millrace.logic.pii.TokenKey;
import io.millrace.logic.pii.Tokens;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of all texts: what comes in goes out again to the same conversation, and to no other. */
class VaultPropertiesTest {
    private static final PiiTokenizer TOKENIZER = new PiiTokenizer(TokenKey.of(TestVault.TOKEN_KEY, "acme"));

    private static final List<String> PIECES = List.of(
            "jane.doe@example.com",
            "Jane.Doe@EXAMPLE.com",
            "+33 6 12 34 56 78",
            "06 12 34 56 78",
            "4111 1111 1111 1111",
            "FR76 3000 6000 0112 3456 7890 189",
            "Dear Mrs. Smith,",
            "my name is Rahsaan Kuhic",
            "je m'appelle Zoé Tremblay",
            "order #4711-22",
            "password=Xk92-ff01-qq",
            "https://u:p@host.example/",
            "12 rue de la Paix, 75002 Paris",
            "192.0.2.17",
            "😀",
            "é",
            "\u200B",
            "\n",
            " ",
            " ",
            ", ",
            "TOKEN_",
            "TOKEN_0b0e0c0a-1111-8222-8333-444455556666");

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> any = Arbitraries.strings().ascii().ofMaxLength(8);
        return Arbitraries.oneOf(Arbitraries.of(PIECES), Arbitraries.of(PIECES), Arbitraries.of(" "), any)
                .list()
                .ofMaxSize(14)
                .map(pieces -> String.join("", pieces));
    }

    @Property(tries = 3_000)
    void whatWasConcealedIsRevealedToThisConversationAsItWasWrittenLast(@ForAll("texts") String text) {
        TestVault vault = TestVault.begin();
        String concealed = vault.hear("c-1", text);
        TestVault restored = vault.restart(vault.checkpoint());

        assertThat(restored.answer("c-1", concealed)).isEqualTo(expected(text));
    }

    @Property(tries = 3_000)
    void whatWasConcealedIsRevealedToNoOtherConversation(@ForAll("texts") String text, @ForAll("texts") String own) {
        TestVault vault = TestVault.begin();
        String concealed = vault.hear("c-1", text);
        String others = vault.hear("c-2", own);
        Map<String, String> known = values(own);

        String revealed = vault.answer("c-2", concealed);
        StringBuilder expected = new StringBuilder();
        int from = 0;
        for (int at = Tokens.next(concealed, 0); at < concealed.length(); at = Tokens.next(concealed, from)) {
            String token = concealed.substring(at, at + Tokens.LENGTH);
            expected.append(concealed, from, at).append(known.getOrDefault(token, "[…]"));
            from = at + Tokens.LENGTH;
        }
        assertThat(revealed).isEqualTo(expected.append(concealed.substring(from)).toString());
        assertThat(vault.answer("c-2", others)).isEqualTo(expected(own));
    }

    /** The text with each value as it stands last, and with a neutral word for tokens that somebody typed. */
    private static String expected(String text) {
        Map<String, String> last = values(text);
        StringBuilder expected = new StringBuilder();
        int from = 0;
        for (PiiSpan span : PiiTokenizer.find(text)) {
            expected.append(neutral(text.substring(from, span.start())));
            expected.append(last.get(tokens(text).get(span.start())));
            from = span.end();
        }
        return expected.append(neutral(text.substring(from))).toString();
    }

    private static String neutral(String text) {
        return text.replaceAll("TOKEN_[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", "[…]");
    }

    /** By where a value begins: its token. */
    private static Map<Integer, String> tokens(String text) {
        Map<Integer, String> tokens = new HashMap<>();
        List<PiiSpan> spans = PiiTokenizer.find(text);
        int[] next = {0};
        TOKENIZER.tokenize(text, (type, token, value) -> tokens.put(spans.get(next[0]++).start(), token));
        return tokens;
    }

    private static Map<String, String> values(String text) {
        Map<String, String> values = new HashMap<>();
        TOKENIZER.tokenize(text, (type, token, value) -> values.put(token, value));
        return values;
    }
}
