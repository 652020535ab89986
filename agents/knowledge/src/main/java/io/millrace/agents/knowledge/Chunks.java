package io.millrace.agents.knowledge;

import java.util.ArrayList;
import java.util.List;

/** Cuts a document where its headings are, and long sections into parts of some 500 tokens at the ends of sentences. */
final class Chunks {
    /** Of a chunk, by {@link Sentences#tokens}. */
    static final int TOKENS = 500;
    /** A section that is shorter is put together with the next: alone it answers nothing. */
    static final int FEWEST_TOKENS = 12;
    /** Of a document; of longer ones the rest is not found. */
    static final int MOST = 200;

    private Chunks() {}

    static List<Section> of(List<Section> sections) {
        List<Section> chunks = new ArrayList<>();
        String heading = "";
        StringBuilder pending = new StringBuilder();
        for (Section section : sections) {
            if (chunks.size() >= MOST) {
                break;
            }
            if (pending.isEmpty()) {
                heading = section.heading();
            } else if (!section.heading().isEmpty()) {
                pending.append(section.heading()).append('\n');
            }
            pending.append(section.text()).append('\n');
            if (Sentences.tokens(pending.toString()) >= FEWEST_TOKENS) {
                add(chunks, heading, pending);
            }
        }
        if (!heading.isEmpty() || !pending.toString().isBlank()) {
            add(chunks, heading, pending);
        }
        return chunks.size() > MOST ? List.copyOf(chunks.subList(0, MOST)) : chunks;
    }

    private static void add(List<Section> chunks, String heading, StringBuilder pending) {
        String text = pending.toString().strip();
        pending.setLength(0);
        if (Sentences.tokens(text) <= TOKENS) {
            if (!text.isEmpty()) {
                chunks.add(new Section(heading, text));
            }
            return;
        }
        for (String part : Sentences.packed(Sentences.of(text), TOKENS)) {
            chunks.add(new Section(heading, part));
        }
    }
}
