package io.millrace.local.cli;

import io.millrace.local.terminal.Figures;
import io.millrace.local.topic.DefinitionsFile;
import io.millrace.local.topic.DefinitionsFile.Kind;
import io.millrace.local.topic.DefinitionsFile.Written;
import io.millrace.schema.wire.VisibleText;
import java.io.IOException;
import java.util.List;

/** Definitions in a file that was named to a command. */
final class GivenDefinitions {
    /** What all that there can be take, laid out as people do. */
    private static final int MAX_BYTES = 1 << 20;

    private GivenDefinitions() {}

    /**
     * Reads it and says on standard error what is wrong.
     *
     * @param file {@code -} for standard input
     * @throws CommandFailure when something is, or there is none
     */
    static <T> List<Written<T>> read(Kind<T> kind, String file) throws IOException {
        GivenFile given = GivenFile.read(file, MAX_BYTES);
        DefinitionsFile<T> read = DefinitionsFile.read(kind, given.name(), given.text());
        read.ignored()
                .forEach(field -> System.err.println(
                        "warning: " + VisibleText.of(field) + ": " + kind.one() + " has no such field; it is ignored"));
        read.problems().forEach(problem -> System.err.println(VisibleText.of(problem)));
        if (!read.problems().isEmpty()) {
            throw new CommandFailure(Figures.count(read.problems().size(), "problem") + " in " + given.name());
        }
        if (read.definitions().isEmpty()) {
            throw new CommandFailure(given.name() + " has no " + kind.noun());
        }
        return read.definitions();
    }
}
