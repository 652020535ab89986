package io.millrace.local.cli;

import io.millrace.local.slo.Statuses;
import io.millrace.local.terminal.Figures;
import io.millrace.local.terminal.Terminal;
import io.millrace.schema.slo.SloStatus;
import io.millrace.schema.wire.VisibleText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = "Show how late consumer groups are, the worst first; of one group, by partition and objective.")
final class SloShowCommand implements Callable<Integer> {

    /** Of each group and topic something is told each minute. */
    private static final Duration SILENCE = Duration.ofMinutes(3);

    @Parameters(arity = "0..1", paramLabel = "GROUP", description = "Default: all, each topic in a line.")
    private String group;

    @Option(names = "--json", description = "Print a JSON array of the statuses.")
    private boolean json;

    @Mixin
    private KafkaOption kafka;

    @Override
    public Integer call() {
        List<SloStatus> all = Statuses.read(kafka.connect());
        List<SloStatus> shown = group == null
                ? all
                : all.stream().filter(status -> status.group().equals(group)).toList();
        if (group != null && shown.isEmpty()) {
            String known =
                    all.stream().map(SloStatus::group).distinct().sorted().collect(Collectors.joining(", "));
            throw new CommandFailure(
                    "nothing is known of group '" + group + "'; known are: " + (known.isEmpty() ? "none" : known));
        }
        if (json) {
            System.out.println(shown.stream()
                    .map(status -> new String(status.toJson(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining(",\n", "[", "]")));
            return 0;
        }
        warnOfSilence(all, Instant.now());
        Terminal terminal = Terminal.ofProcess(System.out);
        if (shown.isEmpty()) {
            terminal.println("nothing is known of any group yet; does the job slo run? ./millrace jobs");
        } else if (group == null) {
            SloText.overview(shown, Instant.now(), terminal.isInteractive()).forEach(terminal::println);
        } else {
            shown.forEach(status -> {
                terminal.println(terminal.bold(VisibleText.of(status.group() + "  " + status.topic())));
                SloText.details(status, Instant.now(), terminal.isInteractive()).forEach(terminal::println);
            });
        }
        return 0;
    }

    /** What was told once stays on the topic: of a job that has ended it is what was so then. */
    private static void warnOfSilence(List<SloStatus> statuses, Instant now) {
        statuses.stream()
                .map(status -> status.envelope().occurredAt())
                .max(Comparator.naturalOrder())
                .map(last -> Duration.between(last, now))
                .filter(silence -> silence.compareTo(SILENCE) > 0)
                .ifPresent(silence -> System.err.println("warning: the job slo has told nothing for "
                        + Figures.time(silence) + "; does it run? ./millrace jobs"));
    }
}
