package io.millrace.logic.workflow;

import io.millrace.logic.workflow.program.Program;

/** The definitions that are known, by their digests: what a digest stands for never changes. */
@FunctionalInterface
public interface Definitions {

    /** @return null when it is not known yet */
    Program of(String tenant, String digest);
}
