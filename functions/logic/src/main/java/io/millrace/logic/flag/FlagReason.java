package io.millrace.logic.flag;

/** Why a flag has the value that it has, by OpenFeature's names. As flagd, a {@code fractional} is a match of the targeting. */
public enum FlagReason {
    /** It has no targeting: everybody gets the same. */
    STATIC,
    /** The targeting chose nothing, or there is no variant to give: then whoever asks uses a default of their own. */
    DEFAULT,
    TARGETING_MATCH,
    DISABLED,
    ERROR
}
