package io.millrace.schema.rollout;

import io.millrace.schema.event.Field;

/**
 * What is known of a metric: what a verdict rests on.
 *
 * @param thresholdMs of latency: what is counted are requests that took longer; null otherwise
 * @param ratio null while nothing was counted in either variant
 */
public record Evidence(
        @Field(max = Names.MAX) String metric,
        @Field(description = "Requests with the new variant.") double newRequests,
        @Field(description = "What was counted in them.") double newCount,
        @Field(description = "Requests with the old variant in the same intervals.") double oldRequests,
        @Field(description = "What was counted in them.") double oldCount,
        @Field(description = "The odds of the new variant by those of the old one (Mantel-Haenszel).", optional = true)
                Double ratio,
        @Field(description = "Milliseconds beyond which a request counts as slow.", optional = true) Long thresholdMs,
        @Field(
                        description =
                                "The wealth of who bet from the beginning that the new variant is worse, as its decimal"
                                        + " logarithm.",
                        min = -400)
                double wealth,
        @Field(description = "The wealth at which it is rolled back, in the same way.") double needed) {}
