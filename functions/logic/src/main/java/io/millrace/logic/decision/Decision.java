package io.millrace.logic.decision;

import java.util.ArrayList;
import java.util.List;

/**
 * The result of a decision about one key.
 *
 * @param <S> the key's state, immutable
 * @param <E> what can become of an input
 * @param <C> what is to be carried out
 * @param state the state from now on; null when there is nothing left to remember. The very instance that was passed in
 *     when nothing changed
 * @param effect what became of the input; each constant is a metric
 * @param commands in the order in which they are to be carried out
 */
public record Decision<S, E extends Enum<E>, C>(S state, E effect, List<C> commands) {

    /** The same with commands that come before its own. */
    public Decision<S, E, C> after(List<C> earlier) {
        if (earlier.isEmpty()) {
            return this;
        }
        List<C> all = new ArrayList<>(earlier);
        all.addAll(commands);
        return new Decision<>(state, effect, all);
    }
}
