package io.millrace.testing.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs in Python as processes. Python 3 has to be installed, and the modules that they import. */
public final class PythonProgram {
    private static final String INTERPRETER = "python3";
    /** Where Debian has it, with Debian's modules; another one may be before it on the path. */
    private static final String SYSTEM_PROGRAMS = "/usr/bin";

    private static final long ASK_SECONDS = 30;

    private PythonProgram() {}

    /**
     * Starts a program with the first interpreter that has the module.
     *
     * @param name of its log, as in {@link OsProcess#program}
     * @param module that it imports, beyond those that come with Python; null for none
     * @throws IllegalStateException saying what to install, when there is no such interpreter
     */
    public static OsProcess start(String name, Path logDirectory, String module, Path file, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(interpreter(module), "-u", file.toString()));
        command.addAll(arguments);
        return OsProcess.program(name, logDirectory, command);
    }

    private static String interpreter(String module) {
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + SYSTEM_PROGRAMS;
        return Stream.of(path.split(File.pathSeparator))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, INTERPRETER))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .distinct()
                .filter(program -> has(program, module == null ? "sys" : module))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(missing(module)));
    }

    private static String missing(String module) {
        if (module == null) {
            return INTERPRETER + " is not installed; on Debian: apt-get install " + INTERPRETER;
        }
        String name = module.replace('_', '-');
        return "no " + INTERPRETER + " has the module " + module + "; on Debian: apt-get install " + INTERPRETER + "-"
                + name + "; elsewhere: pip install " + name;
    }

    private static boolean has(String program, String module) {
        try {
            Process asked = new ProcessBuilder(program, "-c", "import " + module)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = asked.waitFor(ASK_SECONDS, TimeUnit.SECONDS);
            asked.destroyForcibly();
            return ended && asked.exitValue() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + program, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
