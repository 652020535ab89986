package io.millrace.agents.critic;

import io.millrace.agents.critic.Meanings.Sense;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a text is judged by: its words alone and beside one another, the pieces of its words, what they mean, which meanings
 * stand together, and how it is written. Each is a number below {@value #BUCKETS}; two may share one. Within a kind all weigh
 * the same, and the kinds as much as {@link Kind} says, however long the text is.
 */
final class Features {
    static final int BUCKETS = 1 << 15;

    private static final int MOST_WORDS = 120;
    private static final int MOST_SENSES = 48;
    private static final int APART = 8;
    private static final int LONGEST_PIECE = 5;
    private static final int SHORTEST_PIECE = 3;

    /** How much all features of a kind weigh together. */
    enum Kind {
        WORDS(1.0),
        PIECES(0.7),
        MEANINGS(1.0),
        PAIRS(1.6),
        TRIPLES(1.2),
        SHAPE(0.5);

        final double weight;

        Kind(double weight) {
            this.weight = weight;
        }
    }

    /** @param values beside {@code buckets}: how much each weighs */
    record Vector(int[] buckets, float[] values) {}

    private final Meanings meanings;

    Features(Meanings meanings) {
        this.meanings = meanings;
    }

    static List<String> words(String folded) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= folded.length() && words.size() < MOST_WORDS; i++) {
            boolean inside =
                    i < folded.length() && (Character.isLetterOrDigit(folded.charAt(i)) || folded.charAt(i) == '_');
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                words.add(folded.substring(start, i));
                start = -1;
            }
        }
        return words;
    }

    Vector of(String folded) {
        List<String> words = words(folded);
        List<Set<Integer>> kinds = new ArrayList<>();
        while (kinds.size() < Kind.values().length) {
            kinds.add(new HashSet<>());
        }
        words(words, kinds.get(Kind.WORDS.ordinal()));
        pieces(words, kinds.get(Kind.PIECES.ordinal()));
        meanings(meanings.of(words), kinds);
        shape(folded, words, kinds.get(Kind.SHAPE.ordinal()));
        int size = kinds.stream().mapToInt(Set::size).sum();
        int[] buckets = new int[size];
        float[] values = new float[size];
        int at = 0;
        for (Kind kind : Kind.values()) {
            Set<Integer> of = kinds.get(kind.ordinal());
            float value = (float) (kind.weight / Math.sqrt(Math.max(1, of.size())));
            for (int bucket : of.stream().sorted().toList()) {
                buckets[at] = bucket;
                values[at++] = value;
            }
        }
        return new Vector(buckets, values);
    }

    private static void words(List<String> words, Set<Integer> into) {
        String last = "^";
        String beforeLast = "";
        for (String word : words) {
            into.add(bucket("w", word, ""));
            into.add(bucket("b", last, word));
            into.add(bucket("s", beforeLast, word));
            beforeLast = last;
            last = word;
        }
        into.add(bucket("b", last, "$"));
    }

    private static void pieces(List<String> words, Set<Integer> into) {
        for (String word : words) {
            String whole = "<" + word.substring(0, Math.min(word.length(), 30)) + ">";
            for (int length = SHORTEST_PIECE; length <= LONGEST_PIECE; length++) {
                for (int start = 0; start + length <= whole.length(); start++) {
                    into.add(bucket("p", whole.substring(start, start + length), ""));
                }
            }
        }
    }

    private static void meanings(List<Sense> all, List<Set<Integer>> kinds) {
        List<Sense> senses = all.subList(0, Math.min(all.size(), MOST_SENSES));
        for (int i = 0; i < senses.size(); i++) {
            Sense one = senses.get(i);
            kinds.get(Kind.MEANINGS.ordinal()).add(bucket("m", one.meaning(), -1, -1));
            for (int j = i + 1; j < senses.size(); j++) {
                Sense two = senses.get(j);
                int apart = two.place() - one.place();
                if (two.meaning() == one.meaning() || apart > APART) {
                    continue;
                }
                kinds.get(Kind.PAIRS.ordinal()).add(bucket("o", one.meaning(), two.meaning(), -1));
                if (apart <= 2) {
                    kinds.get(Kind.PAIRS.ordinal()).add(bucket("n", one.meaning(), two.meaning(), -1));
                }
                for (int k = j + 1; k < senses.size(); k++) {
                    Sense three = senses.get(k);
                    if (three.place() - one.place() > APART) {
                        break;
                    }
                    if (three.meaning() != one.meaning() && three.meaning() != two.meaning()) {
                        kinds.get(Kind.TRIPLES.ordinal()).add(triple(one, two, three));
                    }
                }
            }
        }
    }

    /** In whatever order: languages differ in that. */
    private static int triple(Sense one, Sense two, Sense three) {
        int low = Math.min(one.meaning(), Math.min(two.meaning(), three.meaning()));
        int high = Math.max(one.meaning(), Math.max(two.meaning(), three.meaning()));
        return bucket("t", low, one.meaning() + two.meaning() + three.meaning() - low - high, high);
    }

    private static void shape(String folded, List<String> words, Set<Integer> into) {
        into.add(bucket("l", String.valueOf(Math.min(6, words.size() / 4)), ""));
        for (String mark : List.of("?", "!", ":", "\"", "[", "]", "{", "<", ">", "#", "=", "---", "...", "/", "*")) {
            if (folded.contains(mark)) {
                into.add(bucket("x", mark, ""));
            }
        }
        if (folded.endsWith("?")) {
            into.add(bucket("x", "ends", "?"));
        }
    }

    private static int bucket(String kind, int one, int two, int three) {
        return bucket(kind, one + "," + two, String.valueOf(three));
    }

    /** FNV-1a. */
    private static int bucket(String kind, String one, String two) {
        int hash = 0x811c9dc5;
        String all = kind + '\u0001' + one + '\u0001' + two;
        for (int i = 0; i < all.length(); i++) {
            hash = (hash ^ all.charAt(i)) * 0x01000193;
        }
        return (hash ^ hash >>> 15) & BUCKETS - 1;
    }
}
