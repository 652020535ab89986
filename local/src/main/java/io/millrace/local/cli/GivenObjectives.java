package io.millrace.local.cli;

import io.millrace.local.slo.ObjectiveFile;
import io.millrace.local.terminal.Figures;
import io.millrace.schema.wire.VisibleText;
import java.io.IOException;

/** Objectives in a file that was named to a command. */
final class GivenObjectives {
    /** What all that there can be take, laid out as people do. */
    private static final int MAX_BYTES = 1 << 20;

    private GivenObjectives() {}

    /**
     * Reads it and says on standard error what is wrong.
     *
     * @param file {@code -} for standard input
     * @throws CommandFailure when something is, or there is none
     */
    static ObjectiveFile read(String file) throws IOException {
        GivenFile given = GivenFile.read(file, MAX_BYTES);
        ObjectiveFile objectives = ObjectiveFile.read(given.name(), given.text());
        objectives
                .ignored()
                .forEach(field -> System.err.println(
                        "warning: " + VisibleText.of(field) + ": an objective has no such field; it is ignored"));
        objectives.problems().forEach(problem -> System.err.println(VisibleText.of(problem)));
        if (!objectives.problems().isEmpty()) {
            throw new CommandFailure(Figures.count(objectives.problems().size(), "problem") + " in " + given.name());
        }
        if (objectives.objectives().isEmpty()) {
            throw new CommandFailure(given.name() + " has no objective");
        }
        return objectives;
    }
}
