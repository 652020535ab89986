package io.millrace.agents.knowledge;

import java.util.ArrayList;
import java.util.List;

/** Cuts text into sentences, looking at each character once, and counts roughly how many tokens of a model it is. */
final class Sentences {
    private static final String END = ".!?…";
    private static final String CLOSING = ")]}\"'”’»";
    private static final int LETTERS_OF_A_TOKEN = 5;

    private Sentences() {}

    /** A line ends a sentence as well: headings and entries of lists have no full stop. */
    static List<String> of(String text) {
        List<String> sentences = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < text.length(); ) {
            char c = text.charAt(at++);
            if (c == '\n') {
                start = add(sentences, text, start, at);
            } else if (END.indexOf(c) >= 0) {
                while (at < text.length()
                        && (END.indexOf(text.charAt(at)) >= 0 || CLOSING.indexOf(text.charAt(at)) >= 0)) {
                    at++;
                }
                // French sets a space before its closing quotation mark.
                if (at + 1 < text.length() && text.charAt(at) == '\u00a0' && text.charAt(at + 1) == '»') {
                    at += 2;
                }
                if (at == text.length() || Character.isWhitespace(text.charAt(at))) {
                    start = add(sentences, text, start, at);
                }
            }
        }
        add(sentences, text, start, text.length());
        return sentences;
    }

    private static int add(List<String> sentences, String text, int start, int end) {
        String sentence = text.substring(start, end).strip();
        if (!sentence.isEmpty()) {
            sentences.add(sentence);
        }
        return end;
    }

    /**
     * A token for every five letters or digits of a word that have begun, and for every other visible character: within a
     * fifth of what tokenisers of models count in English, French and Spanish prose.
     */
    static int tokens(String text) {
        int tokens = 0;
        int letters = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (Character.isLetterOrDigit(c)) {
                if (letters++ % LETTERS_OF_A_TOKEN == 0) {
                    tokens++;
                }
            } else {
                letters = 0;
                if (!Character.isWhitespace(c)) {
                    tokens++;
                }
            }
        }
        return tokens;
    }

    /** Puts sentences together, separated by spaces, until the next would have it pass the limit; long ones are cut. */
    static List<String> packed(List<String> sentences, int limit) {
        List<String> packs = new ArrayList<>();
        StringBuilder pack = new StringBuilder();
        int tokens = 0;
        for (String sentence : sentences) {
            for (String piece : pieces(sentence, limit)) {
                int more = tokens(piece);
                if (tokens + more > limit && tokens > 0) {
                    packs.add(pack.toString());
                    pack.setLength(0);
                    tokens = 0;
                }
                pack.append(pack.isEmpty() ? "" : " ").append(piece);
                tokens += more;
            }
        }
        if (!pack.isEmpty()) {
            packs.add(pack.toString());
        }
        return packs;
    }

    /** No piece of as many characters as the limit can have more tokens. */
    private static List<String> pieces(String sentence, int limit) {
        if (sentence.length() <= limit || tokens(sentence) <= limit) {
            return List.of(sentence);
        }
        List<String> pieces = new ArrayList<>();
        for (int at = 0; at < sentence.length(); ) {
            int end = Math.min(sentence.length(), at + limit);
            if (end < sentence.length()) {
                int space = sentence.lastIndexOf(' ', end);
                if (space > at + limit / 2) {
                    end = space;
                } else if (Character.isHighSurrogate(sentence.charAt(end - 1))) {
                    end--;
                }
            }
            pieces.add(sentence.substring(at, end).strip());
            at = end;
        }
        return pieces;
    }
}
