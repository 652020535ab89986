package io.millrace.local.cli;

import io.millrace.local.door.RestToken;
import io.millrace.local.smoke.Smoke;
import io.millrace.local.smoke.Verdict;
import io.millrace.local.terminal.Figures;
import io.millrace.operations.flink.FlinkRest;
import io.millrace.schema.wire.VisibleText;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "smoke",
        description = {
            "Try a platform that runs: its jobs, a task with its reminder, a call of an agent, a dead letter. Exit "
                    + "status 1 when one of them does not come.",
            "It leaves behind a task that is done, a call, and one dead letter, which alerts may count."
        })
final class DeploySmokeCommand implements Callable<Integer> {

    @Mixin
    private KafkaOption kafka;

    @Option(
            names = "--flink",
            paramLabel = "URL",
            description = "Flink's REST API; in a cluster each job has its own: may be given several times.")
    private List<URI> flink = List.of();

    @Option(
            names = "--agent",
            paramLabel = "NAME",
            description = "An agent to call, without input; default: none, and a call of nobody has to be refused.")
    private String agent;

    @Option(names = "--no-dead-letter", description = "Publish nothing that has to become a dead letter.")
    private boolean noDeadLetter;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "60s",
            converter = DurationText.class,
            description = "How long each may take; default: ${DEFAULT-VALUE}.")
    private Duration timeout;

    @Override
    public Integer call() {
        Smoke smoke = new Smoke(kafka.connect(), timeout);
        Stream<Supplier<Verdict>> health = flink.stream().map(address -> () -> smoke.health(client(address)));
        Stream<Supplier<Verdict>> work = Stream.of(smoke::task, () -> smoke.call(agent));
        Stream<Supplier<Verdict>> letter = noDeadLetter ? Stream.of() : Stream.of(smoke::deadLetter);
        List<Verdict> verdicts = Stream.of(health, work, letter)
                .flatMap(trials -> trials)
                .map(Supplier::get)
                .peek(DeploySmokeCommand::print)
                .toList();
        long failed = verdicts.stream().filter(verdict -> !verdict.isWell()).count();
        System.out.println(failed == 0 ? "all well" : failed + " of " + verdicts.size() + " failed");
        return failed == 0 ? 0 : 1;
    }

    private static FlinkRest client(URI address) {
        return new FlinkRest(address, () -> RestToken.of(new FlinkRest(address)));
    }

    private static void print(Verdict verdict) {
        System.out.printf(
                "%-5s %-30s %9s  %s%n",
                verdict.isWell() ? "ok" : "FAIL",
                verdict.what(),
                Figures.time(verdict.took()),
                VisibleText.of(verdict.detail()));
    }
}
