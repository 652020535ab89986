package io.millrace.agents.critic;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.millrace.agents.critic.Rules.Rule;
import io.millrace.agents.language.Languages;
import io.millrace.logic.pii.PiiSpan;
import io.millrace.logic.pii.PiiTokenizer;
import io.millrace.logic.pii.PiiType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a reply must not say: rules, and checks against what it may rely on. */
final class Replies {
    /** Names are often those of shops and places, and numbers of orders are customers' own; both are left to the vault. */
    private static final Set<PiiType> PERSONAL = EnumSet.of(
            PiiType.EMAIL,
            PiiType.PHONE,
            PiiType.CARD,
            PiiType.IBAN,
            PiiType.ADDRESS,
            PiiType.NATIONAL_ID,
            PiiType.SECRET);

    private static final Pattern TOKEN =
            Pattern.compile("(?i)TOKEN_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern FIGURE = Pattern.compile("[0-9]+(?:[.,  ][0-9]{3})*(?:[.,][0-9]+)?");
    private static final Pattern WORD = Pattern.compile("[a-z]{4,}");
    private static final Pattern SENTENCE_END = Pattern.compile("[.!?\\n]+(?: |$)");
    /** What a reply says without any source. */
    private static final Pattern COURTESY = Pattern.compile(
            "\\b(?:thank|thanks|sorry|apolog\\w+|hello|hi|welcome|please|let me know|happy to help|colleague|contact|could you|can you"
                    + "|merci|desole\\w*|excus\\w+|bonjour|bienvenue|veuillez|n'hesitez|collegue|pourriez|pouvez|conseiller"
                    + "|gracias|siento|lament\\w+|disculp\\w+|hola|bienvenid\\w+|por favor|no dude|companer\\w+|podria|puede|asesor)\\b");
    /** A sentence with fewer words of four letters claims little. */
    private static final int CLAIM_WORDS = 4;
    /** Of a claim's words so many have to be in what supports it. */
    private static final double SUPPORTED = 0.4;
    /** So many letters of a word are compared: what it is, without its ending. */
    private static final int STEM = 5;

    private static final int CERTAIN_WORDS = 4;
    private static final double CERTAIN_LANGUAGE = 0.95;

    private final Rules rules;

    Replies(Rules rules) {
        this.rules = rules;
    }

    List<Finding> of(CriticInput input, String text) {
        List<Finding> findings = new ArrayList<>();
        List<String> readings = Folding.readings(text);
        List<String> support = input.supportedBy() == null ? List.of() : input.supportedBy();
        List<String> foldedSupport = support.stream().map(Folding::fold).toList();
        for (Rule rule : rules.matching(readings, CriticClass.OUT)) {
            boolean supported = rule.of() == CriticClass.FORBIDDEN_PROMISE && isPromised(rule, foldedSupport);
            if (!supported) {
                findings.add(new Finding(rule.of(), rule.score(), "rules", rule.id()));
            }
        }
        String known = String.join("\n", support) + "\n" + String.join("\n", input.saidBefore());
        if (hasForeignToken(text, known)) {
            findings.add(check(CriticClass.FOREIGN_TOKEN, "token"));
        }
        String bare = TOKEN.matcher(text).replaceAll(" ");
        personal(bare, known, findings);
        if (input.supportedBy() != null) {
            unsupported(bare, TOKEN.matcher(known).replaceAll(" "), foldedSupport, findings);
        }
        language(bare, input.language(), findings);
        return findings;
    }

    private static Finding check(CriticClass of, String name) {
        return new Finding(of, 0.9, "checks", name);
    }

    /** A source that promises the same. */
    private static boolean isPromised(Rule rule, List<String> support) {
        return support.stream().anyMatch(rule::matches);
    }

    /** Half a token and one that only looks like one are foreign too: nobody could put a value in its place. */
    private static boolean hasForeignToken(String text, String known) {
        Set<String> tokens = new HashSet<>();
        Matcher ofKnown = TOKEN.matcher(known);
        while (ofKnown.find()) {
            tokens.add(ofKnown.group());
        }
        String rest = text;
        for (String token : tokens) {
            rest = rest.replace(token, " ");
        }
        return rest.contains("TOKEN_");
    }

    private static void personal(String text, String known, List<Finding> findings) {
        for (PiiSpan span : PiiTokenizer.find(text)) {
            if (PERSONAL.contains(span.type()) && !known.contains(text.substring(span.start(), span.end()))) {
                findings.add(check(CriticClass.PII, span.type().name().toLowerCase(Locale.ROOT)));
                return;
            }
        }
    }

    private static void unsupported(String text, String known, List<String> support, List<Finding> findings) {
        Set<String> figures = figures(known);
        for (String figure : figures(text)) {
            if (!figures.contains(figure)) {
                findings.add(check(CriticClass.UNSUPPORTED, "figure"));
                return;
            }
        }
        Set<String> stems = new HashSet<>();
        stems(Folding.fold(known), stems);
        for (String sentence : SENTENCE_END.split(text)) {
            String folded = Folding.fold(sentence);
            Set<String> claimed = new HashSet<>();
            int words = stems(folded, claimed);
            if (words < CLAIM_WORDS || COURTESY.matcher(folded).find()) {
                continue;
            }
            long found = claimed.stream().filter(stems::contains).count();
            if (support.isEmpty() || found < SUPPORTED * claimed.size()) {
                findings.add(new Finding(CriticClass.UNSUPPORTED, 0.6, "checks", "claim"));
                return;
            }
        }
    }

    private static int stems(String folded, Set<String> stems) {
        Matcher words = WORD.matcher(folded);
        int count = 0;
        while (words.find()) {
            String word = words.group();
            stems.add(word.substring(0, Math.min(STEM, word.length())));
            count++;
        }
        return count;
    }

    /** {@code 1,250.00}, {@code 1 250,00} and {@code 1250} are one. Single digits are counted as words. */
    private static Set<String> figures(String text) {
        Set<String> figures = new HashSet<>();
        Matcher matcher = FIGURE.matcher(text);
        while (matcher.find()) {
            String figure = matcher.group();
            int cents = figure.length() - 3;
            boolean hasCents = cents > 0 && ".,".indexOf(figure.charAt(cents)) >= 0;
            String whole = (hasCents ? figure.substring(0, cents) : figure).replaceAll("[^0-9]", "");
            String part = hasCents ? figure.substring(cents + 1) : "00";
            String plain = whole.replaceFirst("^0+(?=.)", "");
            if (plain.length() > 1 || !part.equals("00")) {
                figures.add(part.equals("00") ? plain : plain + "." + part);
            }
        }
        return figures;
    }

    private static void language(String text, String expected, List<Finding> findings) {
        if (expected == null || expected.length() < 2 || text.split("\\s+").length < CERTAIN_WORDS) {
            return;
        }
        Languages.Guess guess = Languages.of(text);
        boolean certain = guess.language() != null && guess.confidence() >= CERTAIN_LANGUAGE;
        if (certain && !guess.language().regionMatches(0, expected, 0, 2)) {
            findings.add(check(CriticClass.WRONG_LANGUAGE, guess.language()));
        }
    }
}
