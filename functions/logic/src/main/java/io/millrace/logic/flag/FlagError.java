package io.millrace.logic.flag;

/** Why a flag has no value, by OpenFeature's names. */
public enum FlagError {
    /** The flag can't be understood. */
    PARSE_ERROR,
    /** Its targeting came to nothing that can be used, for this context. */
    GENERAL
}
