package io.millrace.agents.critic;

/**
 * Why a text may be to be refused.
 *
 * @param score from 0 to 1
 * @param layer {@code rules}, {@code neighbours}, {@code checks} or {@code judge}
 * @param rule which of the layer's
 */
record Finding(CriticClass of, double score, String layer, String rule) {}
