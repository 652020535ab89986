package io.millrace.logic.workflow.program;

/** Where a run goes on after a step, unless at a step of that name. */
public final class Flow {
    public static final String CONTINUE = "continue";
    public static final String EXIT = "exit";
    public static final String END = "end";

    private Flow() {}

    static boolean isDirective(String then) {
        return then.equals(CONTINUE) || then.equals(EXIT) || then.equals(END);
    }
}
