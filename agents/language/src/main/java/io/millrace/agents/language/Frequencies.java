package io.millrace.agents.language;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * How frequent runs of one to five letters are in a language: those that Lingua was trained with, read from its jar. A run is five
 * letters of 12 bits in one number, so the table of a language is two arrays.
 */
final class Frequencies {
    static final int LONGEST = 5;
    private static final String[] FILES = {"unigrams", "bigrams", "trigrams", "quadrigrams", "fivegrams"};
    private static final int BITS_OF_A_LETTER = 12;
    private static final double UNKNOWN = Math.log(1e-7);

    private long[] runs = new long[1 << 20];
    private float[] logs = new float[1 << 20];
    private int size;

    Frequencies(String language) {
        for (String file : FILES) {
            read("/language-models/" + language + "/" + file + ".json");
        }
    }

    private void read(String name) {
        try (InputStream stream = Frequencies.class.getResourceAsStream(name);
                JsonParser parser = new JsonFactory().createParser(stream)) {
            while (!"ngrams".equals(parser.currentName()) || parser.currentToken() != JsonToken.START_OBJECT) {
                parser.nextToken();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String[] fraction = parser.currentName().split("/");
                float log = (float) Math.log(Double.parseDouble(fraction[0]) / Double.parseDouble(fraction[1]));
                for (String run : parser.nextTextValue().split(" ")) {
                    put(packed(run, 0, run.length()), log);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long packed(CharSequence text, int start, int end) {
        long packed = 0;
        for (int i = start; i < end; i++) {
            packed = packed << BITS_OF_A_LETTER | text.charAt(i) & 0xFFF;
        }
        return packed;
    }

    private int slot(long run) {
        long mixed = run * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed >>> 40) & (runs.length - 1);
        while (runs[slot] != 0 && runs[slot] != run) {
            slot = slot + 1 & (runs.length - 1);
        }
        return slot;
    }

    private void put(long run, float log) {
        if (2 * ++size > runs.length) {
            long[] oldRuns = runs;
            float[] oldLogs = logs;
            runs = new long[2 * oldRuns.length];
            logs = new float[runs.length];
            for (int i = 0; i < oldRuns.length; i++) {
                if (oldRuns[i] != 0) {
                    int slot = slot(oldRuns[i]);
                    runs[slot] = oldRuns[i];
                    logs[slot] = oldLogs[i];
                }
            }
        }
        int slot = slot(run);
        runs[slot] = run;
        logs[slot] = log;
    }

    /** The logarithm of the word's probability: each run of letters by its own frequency, or by that of a shorter beginning. */
    double log(CharSequence word) {
        double sum = 0;
        for (int length = 1; length <= LONGEST; length++) {
            for (int start = 0; start + length <= word.length(); start++) {
                sum += log(word, start, start + length);
            }
        }
        return sum;
    }

    private double log(CharSequence word, int start, int end) {
        for (int shorter = end; shorter > start; shorter--) {
            int slot = slot(packed(word, start, shorter));
            if (runs[slot] != 0) {
                return logs[slot];
            }
        }
        return UNKNOWN;
    }
}
