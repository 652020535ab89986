package io.millrace.logic.workflow.program;

import java.util.List;

/** What a run does at one place of its definition. */
public sealed interface Step {

    StepHead head();

    /** One step after the other; the whole workflow is one, with the empty pointer. */
    record Do(StepHead head, TaskList body) implements Step {}

    /** Makes a value. */
    record Set(StepHead head, Template value) implements Step {}

    /** Goes on elsewhere. */
    record Switch(StepHead head, List<Case> cases) implements Step {}

    /** @param when null when it always holds */
    record Case(Formula when, String then) {}

    /**
     * A list of steps for each element.
     *
     * @param condition null when all elements are gone through
     */
    record For(StepHead head, String each, String at, Template in, Formula condition, TaskList body) implements Step {}

    /** Steps at the same time. */
    record Fork(StepHead head, List<Branch> branches, boolean compete) implements Step {}

    /** @param needs the positions of the branches that have to be done first */
    record Branch(Step step, List<Integer> needs) {}

    /** Steps whose errors are dealt with. */
    record Try(StepHead head, TaskList body, Catch handler) implements Step {}

    /** Fails. */
    record Raise(StepHead head, Template error) implements Step {}

    /** Does nothing for a while. */
    record Wait(StepHead head, Period period) implements Step {}

    /** Publishes an event. */
    record Emit(StepHead head, Template event) implements Step {}

    /** Waits for signals. */
    record Listen(StepHead head, List<String> signals, boolean all) implements Step {}

    /**
     * Runs another workflow.
     *
     * @param version null for the newest
     */
    record Run(StepHead head, String name, String version, Template input, boolean await) implements Step {}

    /**
     * Calls an agent.
     *
     * @param input null for the step's own
     * @param timeout null when the agent's definition says how long it may take
     */
    record Agent(StepHead head, String agent, Template input, Period timeout) implements Step {}

    /** Asks people. */
    record Approval(StepHead head, Question question) implements Step {}
}
