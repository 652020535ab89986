package io.millrace.agents.knowledge;

import io.millrace.schema.knowledge.KnowledgeDocument.Audience;
import java.time.Instant;

/**
 * What is looked for.
 *
 * @param language null when nobody knows: then documents of all languages are looked at
 * @param top how many hits at most, each of another document
 * @param at documents have to be valid then
 */
record Question(String text, String language, Audience audience, int top, Instant at) {}
