package io.millrace.contestants;

import java.util.function.Consumer;

/** A program under measurement. */
@FunctionalInterface
public interface Contestant {

    /**
     * Begins to read the input from its beginning; the work goes on in threads of its own until the result is closed.
     *
     * @param onFailure is told when the work has failed, at most once for each cause
     */
    AutoCloseable start(Assignment assignment, Consumer<Throwable> onFailure) throws Exception;
}
