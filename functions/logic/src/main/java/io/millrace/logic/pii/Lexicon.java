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
    private static final long FACTOR = 1_000_003;
    /** The golden ratio, which spreads what is alike over the whole table. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /** A word is known by its hash alone: of 64 bits, two words don't have the same by chance. */
    private static final long[] HASHES;

    private static final int[] KINDS;
    private static final int SHIFT;

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
        SHIFT = Long.numberOfLeadingZeros(size) + 1;
        HASHES = new long[size];
        KINDS = new int[size];
        words.forEach((word, kinds) -> {
            long hash = 0;
            for (int i = 0; i < word.length(); i++) {
                hash = with(hash, Chars.base(word.charAt(i)));
            }
            int slot = slot(hash);
            while (HASHES[slot] != 0) {
                slot = slot + 1 & size - 1;
            }
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
        if (end - start > LONGEST || start >= end) {
            return 0;
        }
        long hash = 0;
        for (int i = start; i < end; i++) {
            hash = with(hash, Chars.base(text[i]));
        }
        return kinds(hash);
    }

    /** @param hash what {@link #with} gives for one letter after the other, from 0 */
    static int kinds(long hash) {
        int slot = slot(hash);
        while (HASHES[slot] != hash) {
            if (HASHES[slot] == 0) {
                return 0;
            }
            slot = slot + 1 & HASHES.length - 1;
        }
        return KINDS[slot];
    }

    /** @param letter without case; an accent of its own counts for nothing */
    static long with(long hash, char letter) {
        return Chars.isMark(letter) ? hash : (hash ^ letter) * FACTOR;
    }

    private static int slot(long hash) {
        return (int) (hash * SPREAD >>> SHIFT);
    }
}
