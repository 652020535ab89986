/**
 * Sentence embeddings by a model that comes with the jar. What is compared with what, and what a likeness means, is the
 * agents' that use it.
 */
package io.millrace.agents.embeddings;
