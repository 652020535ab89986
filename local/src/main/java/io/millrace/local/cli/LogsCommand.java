package io.millrace.local.cli;

import io.millrace.local.logs.LogEntry;
import io.millrace.local.logs.LogFilter;
import io.millrace.local.logs.LogTail;
import io.millrace.local.terminal.Figures;
import io.millrace.local.terminal.Table;
import io.millrace.local.terminal.Terminal;
import io.millrace.schema.wire.VisibleText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "logs",
        description = "Show what was logged: by the local platform, or in files of a cluster that are written by"
                + " conf/log4j-json.properties.")
final class LogsCommand implements Callable<Integer> {
    private static final int MOST_FREQUENT = 30;

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "Logs to read. Default: that of the data directory.")
    private List<Path> files = List.of();

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Data directory of up or demo. Default: MILLRACE_DATA_DIR, else data in the project.")
    private Path dataDirectory;

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            defaultValue = "info",
            description = "Only what is this severe or more: debug, info, warn, error; default: ${DEFAULT-VALUE}.")
    private String level;

    @Option(names = "--correlation", paramLabel = "ID", description = "Only what was about the request with this id.")
    private String correlation;

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description =
                    "Only what is later: a time such as 2026-11-20T09:00:00Z, or how long ago, such as 10m or 2h.")
    private String since;

    @Option(names = "--follow", description = "Go on with what comes; Ctrl-C ends it.")
    private boolean follow;

    @Option(names = "--count", description = "Do not show entries but how many there are of each level and class.")
    private boolean count;

    @Spec
    private CommandSpec spec;

    private final Terminal terminal = Terminal.ofProcess(System.out);
    private final Map<String, Long> levels = new TreeMap<>();
    private final Map<List<String>, Long> sources = new TreeMap<>(Comparator.comparing(List::toString));

    @Override
    public Integer call() throws IOException {
        List<Path> logs = files.isEmpty() ? List.of(logOfPlatform()) : files;
        if (follow && (logs.size() > 1 || count)) {
            throw new ParameterException(spec.commandLine(), "--follow takes one file, and no --count");
        }
        LogFilter filter = filter();
        for (Path log : logs) {
            LogTail tail = new LogTail(log, filter, ZoneId.systemDefault(), this::show);
            if (follow) {
                tail.follow(StopSignal.install()::await);
            } else {
                tail.read();
            }
        }
        summary();
        return 0;
    }

    private Path logOfPlatform() {
        Path log = Home.dataDirectory(dataDirectory).resolve("logs/millrace.log");
        if (!Files.exists(log)) {
            throw new CommandFailure("there is no log " + log
                    + "; start the platform with ./millrace up, or say where it is with --data-dir or FILE");
        }
        return log;
    }

    private LogFilter filter() {
        try {
            return new LogFilter(level.toUpperCase(Locale.ROOT), correlation, sinceWhen());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--level: " + e.getMessage(), e);
        }
    }

    private Instant sinceWhen() {
        if (since == null) {
            return Instant.MIN;
        }
        try {
            return Instant.parse(since);
        } catch (DateTimeException notATime) {
            try {
                String period = since.toUpperCase(Locale.ROOT);
                return Instant.now().minus(Duration.parse(period.endsWith("D") ? "P" + period : "PT" + period));
            } catch (DateTimeException e) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--since: " + since + " is neither a time such as 2026-11-20T09:00:00Z nor 10m",
                        e);
            }
        }
    }

    private void show(LogEntry entry) {
        levels.merge(entry.level(), 1L, Long::sum);
        if (count) {
            sources.merge(List.of(entry.level(), entry.logger()), 1L, Long::sum);
            return;
        }
        String severity =
                switch (entry.level()) {
                    case "ERROR", "FATAL" -> terminal.red(entry.level());
                    case "WARN" -> terminal.bold(entry.level());
                    default -> entry.level();
                };
        String about = entry.correlationId() == null ? "" : terminal.dim(VisibleText.of(entry.correlationId())) + " ";
        String logger = entry.logger().substring(entry.logger().lastIndexOf('.') + 1);
        terminal.println(entry.time() + " " + severity + " " + logger + " " + about
                + String.join(
                        "\n  ",
                        entry.message()
                                .lines()
                                .map(line -> VisibleText.of(line.strip()))
                                .toList()));
    }

    private void summary() {
        if (count) {
            Table table = new Table().row("level", "class", "entries");
            sources.entrySet().stream()
                    .sorted(Map.Entry.<List<String>, Long>comparingByValue().reversed())
                    .limit(MOST_FREQUENT)
                    .forEach(each -> table.row(
                            each.getKey().get(0),
                            VisibleText.of(each.getKey().get(1)),
                            Figures.count(each.getValue())));
            table.lines().forEach(terminal::println);
        }
        StringBuilder all = new StringBuilder();
        levels.forEach((name, number) -> all.append(all.isEmpty() ? "" : ", ")
                .append(Figures.count(number))
                .append(' ')
                .append(name));
        // Standard output may be read by a program.
        System.err.println(all.isEmpty() ? "nothing was logged that is asked for" : all);
    }
}
