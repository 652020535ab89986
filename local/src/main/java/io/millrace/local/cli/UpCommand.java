package io.millrace.local.cli;

import io.millrace.local.terminal.Terminal;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "up",
        description =
                "Run the whole platform in this process until Ctrl-C: Kafka, Flink with its dashboard, every job.")
final class UpCommand implements Callable<Integer> {

    @Mixin
    private PlatformArguments platform;

    @Override
    public Integer call() {
        Terminal terminal = Terminal.ofProcess(System.out);
        try (PlatformRun run = PlatformRun.start(platform, terminal)) {
            run.shipped().ensure();
            run.show(Instant.MAX);
        }
        return 0;
    }
}
