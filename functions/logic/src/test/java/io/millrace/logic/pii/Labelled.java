package io.millrace.logic.pii;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A text of which is known what in it is personal data. In the file a line is a language, a tab, and a text with each
 * of them as {@code [[KIND|value]]}. A broken bar is nothing: it keeps those who search for keys of others from
 * finding these.
 */
public record Labelled(String language, String text, List<PiiSpan> spans) {
    public static List<Labelled> all() {
        return read("labelled.tsv");
    }

    /** Texts that the detectors were not made with in sight. */
    static List<Labelled> heldOut() {
        return read("held-out.tsv");
    }

    private static List<Labelled> read(String file) {
        try (InputStream in = Labelled.class.getResourceAsStream("/pii/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(Labelled::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param line see above */
    static Labelled of(String line) {
        int tab = line.indexOf('\t');
        String marked = line.substring(tab + 1)
                .replace("\\n", "\n")
                .replace("\\\"", "\"")
                .replace("¦", "");
        StringBuilder text = new StringBuilder();
        List<PiiSpan> spans = new ArrayList<>();
        int from = 0;
        for (int open = marked.indexOf("[["); open >= 0; open = marked.indexOf("[[", from)) {
            int bar = marked.indexOf('|', open);
            int close = marked.indexOf("]]", bar);
            text.append(marked, from, open);
            int start = text.length();
            text.append(marked, bar + 1, close);
            spans.add(new PiiSpan(PiiType.valueOf(marked.substring(open + 2, bar)), start, text.length()));
            from = close + 2;
        }
        return new Labelled(
                line.substring(0, tab), text.append(marked.substring(from)).toString(), spans);
    }
}
