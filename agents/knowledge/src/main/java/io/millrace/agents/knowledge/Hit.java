package io.millrace.agents.knowledge;

/**
 * A passage that was found.
 *
 * @param url may be null
 * @param score from 0 to 1
 */
record Hit(String documentId, String title, String section, String text, String language, double score, String url) {

    static Hit of(Passage passage, double score) {
        return new Hit(
                passage.documentId(),
                passage.title(),
                passage.section(),
                passage.text(),
                passage.language(),
                score,
                passage.url());
    }
}
