package io.millrace.agents.knowledge;

/**
 * How what was found by words and by meaning is put together: a weighted sum, both from 0 to 1, so that a threshold can be
 * set. The figures were set by eye, with the tuned half of the labelled questions in sight (docs/knowledge.md); the model of
 * the vectors is an English one and counts for less elsewhere.
 */
final class Scores {
    /** Below it nothing is returned. */
    static final double THRESHOLD = 0.25;
    /** Of the text that one vector is made of; with what stands before, and in French and Spanish, the model sees all. */
    static final int VECTOR_TOKENS = 120;

    /** The BM25 score that counts half. */
    private static final double HALF = 8;

    private static final double ENGLISH_MEANING = 0.5;
    private static final double OTHER_MEANING = 0.35;

    /** Of a sentence: vectors are of English glosses, so that they say as much in each language. */
    private static final double OF_MEANING = 0.5;

    /** What it counts that a sentence tells what is sought. */
    static final double TOLD = 0.25;

    /** What it counts from which hit a sentence is. */
    static final double OF_HIT = 0.4;

    /** What is left of the confidence when no sentence tells what is sought. */
    static final double UNTOLD = 0.4;

    /** The score at which half of the best hits are right. */
    private static final double EVEN = 0.42;

    private static final double STEEPNESS = 18;

    private Scores() {}

    static double of(String language, float likeness, float words) {
        double meaning = language.startsWith("en") ? ENGLISH_MEANING : OTHER_MEANING;
        return meaning * Math.max(0, Math.min(1, likeness)) + (1 - meaning) * (words / (words + HALF));
    }

    /** @param shared how much of the question's words a sentence has, from 0 to 1 */
    static double sentence(double likeness, double shared) {
        return OF_MEANING * likeness + (1 - OF_MEANING) * shared;
    }

    /** How probable it is that the best hit answers: a logistic curve, set by eye with the tuned questions in sight. */
    static double confidence(double best) {
        return 1 / (1 + Math.exp(-STEEPNESS * (best - EVEN)));
    }
}
