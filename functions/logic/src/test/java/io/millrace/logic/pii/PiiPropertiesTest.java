package io.millrace.logic.pii;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of all texts, whoever wrote them. */
class PiiPropertiesTest {
    private static final List<Labelled> LABELLED = Labelled.all();

    private final PiiTokenizer tokenizer = new PiiTokenizer(TokenKey.of(new byte[32], "acme"));

    /** Pieces of labelled texts, of what triggers a search, and of anything, in any order. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> values = Arbitraries.of(LABELLED).map(Labelled::text);
        Arbitrary<String> cut = values.flatMap(
                text -> Arbitraries.integers().between(0, text.length()).flatMap(from -> Arbitraries.integers()
                        .between(from, text.length())
                        .map(to -> text.substring(from, to))));
        Arbitrary<String> triggers = Arbitraries.of(
                "@",
                ":",
                "=",
                "+",
                "(",
                ")",
                "-",
                ".",
                ",",
                " ",
                "\n",
                "'",
                "\"",
                "://",
                "::",
                "TOKEN_",
                "eyJ",
                "sk-",
                "0",
                "06",
                "1",
                "4111",
                "Mr. ",
                "Dear ",
                "rue ",
                "Calle ",
                " Street",
                "password",
                "order #",
                "My name is ",
                "\u200B",
                "%40",
                "\\u0040",
                "😀",
                "\uD83D",
                "é",
                "-----BEGIN PRIVATE KEY-----",
                "TOKEN_0b0e0c0a-1111-8222-8333-444455556666");
        Arbitrary<String> any = Arbitraries.strings().ofMaxLength(8);
        return Arbitraries.oneOf(cut, triggers, triggers, any)
                .list()
                .ofMaxSize(12)
                .map(pieces -> String.join("", pieces));
    }

    @Property(tries = 5_000)
    void spansAreInOrderAndWithinTheText(@ForAll("texts") String text) {
        int last = 0;
        for (PiiSpan span : PiiTokenizer.find(text)) {
            assertThat(span.start()).isGreaterThanOrEqualTo(last);
            assertThat(span.end()).isGreaterThan(span.start());
            last = span.end();
        }
        assertThat(last).isLessThanOrEqualTo(text.length());
    }

    @Property(tries = 5_000)
    void whatWasTokenisedIsNotTokenisedAgain(@ForAll("texts") String text) {
        String once = tokenizer.tokenize(text);

        assertThat(tokenizer.tokenize(once)).isEqualTo(once);
    }

    @Property(tries = 2_000)
    void nothingFoundIsLeftWhereItWas(@ForAll("texts") String text) {
        List<PiiSpan> spans = PiiTokenizer.find(text);
        String tokenized = tokenizer.tokenize(text);
        StringBuilder rest = new StringBuilder();
        int from = 0;
        for (PiiSpan span : spans) {
            rest.append(text, from, span.start()).append('T');
            from = span.end();
        }
        rest.append(text.substring(from));
        String without = spans.isEmpty() ? tokenized : stripped(tokenized, text);

        assertThat(without).isEqualTo(spans.isEmpty() ? text : rest.toString());
    }

    /** With a T for each token that was made, and those that the text had. */
    private static String stripped(String tokenized, String text) {
        Set<String> before = text.length() < Tokens.LENGTH
                ? Set.of()
                : IntStream.rangeClosed(0, text.length() - Tokens.LENGTH)
                        .filter(i -> Tokens.standsAt(text, i))
                        .mapToObj(i -> text.substring(i, i + Tokens.LENGTH))
                        .collect(Collectors.toSet());
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < tokenized.length()) {
            boolean isToken = Tokens.standsAt(tokenized, i);
            if (isToken && !before.contains(tokenized.substring(i, i + Tokens.LENGTH))) {
                out.append('T');
                i += Tokens.LENGTH;
            } else {
                out.append(tokenized.charAt(i++));
            }
        }
        return out.toString();
    }

    @Property(tries = 1_000)
    void bytesOfAnyKindAreTokenisedOnce(@ForAll byte[] bytes, @ForAll("texts") String text) {
        JsonTokenizer json = new JsonTokenizer(tokenizer, Set.of());
        byte[] document = (new String(bytes, StandardCharsets.ISO_8859_1) + text).getBytes(StandardCharsets.UTF_8);

        byte[] once = json.tokenize(document);
        assertThat(json.tokenize(bytes)).isNotNull();
        assertThat(new String(json.tokenize(once), StandardCharsets.UTF_8))
                .isEqualTo(new String(once, StandardCharsets.UTF_8));
    }
}
