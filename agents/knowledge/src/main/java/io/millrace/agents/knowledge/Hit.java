package io.millrace.agents.knowledge;

import io.millrace.connectors.agents.java.AgentFailure;
import io.millrace.connectors.agents.java.AgentInput;
import java.util.ArrayList;
import java.util.List;

/**
 * A passage that was found, with what stands beside it in a document that is short.
 *
 * @param url may be null
 * @param score from 0 to 1
 */
record Hit(String documentId, String title, String section, String text, String language, double score, String url) {
    private static final int MOST = 20;

    /** @param text of it and what stands beside it */
    static Hit of(Passage passage, String text, double score) {
        return new Hit(
                passage.documentId(),
                passage.title(),
                passage.section(),
                text,
                passage.language(),
                score,
                passage.url());
    }

    /** The field {@code hits}, empty when it is absent; of too many the first. */
    static List<Hit> read(AgentInput input) throws AgentFailure {
        List<AgentInput> all = input.objects("hits");
        List<Hit> hits = new ArrayList<>();
        for (AgentInput each : all.subList(0, Math.min(all.size(), MOST))) {
            String text = each.beginning("text", 10_000);
            String id = each.beginning("document_id", 200);
            String title = each.optionalBeginning("title", 500);
            String language = each.optionalBeginning("language", 20);
            hits.add(new Hit(
                    id,
                    title == null ? id : title,
                    each.optionalBeginning("section", 500),
                    text,
                    language == null ? "en" : language,
                    each.fraction("score"),
                    each.optionalBeginning("url", 2_000)));
        }
        return hits;
    }
}
