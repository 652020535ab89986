package io.millrace.logic.pii;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The words that are known, without case and accents, and their kinds. Looking one up allocates nothing. */
final class Lexicon {
    /** Letters of the longest word that is looked up. */
    static final int LONGEST = 24;

    private static final String[] FILES = {"words-en.txt", "words-fr.txt", "words-es.txt", "words-all.txt"};
    private static final char[][] WORDS;
    private static final int[] HASHES;
    private static final int[] KINDS;

    static {
        Map<String, Integer> words = new HashMap<>();
        for (String file : FILES) {
            for (String line : lines(file)) {
                int colon = line.indexOf(':');
                int kind = WordKind.valueOf(line.substring(0, colon).toUpperCase(Locale.ROOT))
                        .bit();
                for (String word : line.substring(colon + 1).trim().split(" +")) {
                    words.merge(Chars.bases(word, ""), kind, (one, other) -> one | other);
                }
            }
        }
        int size = Integer.highestOneBit(words.size()) << 2;
        WORDS = new char[size][];
        HASHES = new int[size];
        KINDS = new int[size];
        words.forEach((word, kinds) -> {
            int hash = hash(word.toCharArray(), 0, word.length());
            int slot = hash & size - 1;
            while (WORDS[slot] != null) {
                slot = slot + 1 & size - 1;
            }
            WORDS[slot] = word.toCharArray();
            HASHES[slot] = hash;
            KINDS[slot] = kinds;
        });
    }

    private Lexicon() {}

    /** Lines of a resource that are not empty and no comments. */
    static String[] lines(String resource) {
        try (InputStream in = Lexicon.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the jar has no " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toArray(String[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    /** The kinds of a word, as bits; 0 when it is not known. */
    static int kinds(char[] text, int start, int end) {
        return end - start > LONGEST || start >= end ? 0 : kinds(hash(text, start, end), text, start, end);
    }

    private static int kinds(int hash, char[] text, int start, int end) {
        int slot = hash & WORDS.length - 1;
        while (WORDS[slot] != null) {
            if (HASHES[slot] == hash && isSame(WORDS[slot], text, start, end)) {
                return KINDS[slot];
            }
            slot = slot + 1 & WORDS.length - 1;
        }
        return 0;
    }

    private static int hash(char[] text, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            char c = text[i];
            if (!Chars.isMark(c)) {
                hash = hash * 31 + Chars.base(c);
            }
        }
        return hash ^ hash >>> 15;
    }

    private static boolean isSame(char[] word, char[] text, int start, int end) {
        int at = 0;
        for (int i = start; i < end; i++) {
            char c = text[i];
            if (!Chars.isMark(c)) {
                if (at == word.length || word[at++] != Chars.base(c)) {
                    return false;
                }
            }
        }
        return at == word.length;
    }
}
