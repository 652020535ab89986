package io.millrace.local.cli;

import io.millrace.local.door.RestToken;
import io.millrace.operations.flink.FlinkRest;
import java.net.URI;
import picocli.CommandLine.Option;

/** Which Flink cluster a command talks to. */
final class FlinkOption {

    @Option(
            names = "--flink",
            paramLabel = "URL",
            defaultValue = "${env:MILLRACE_FLINK:-http://localhost:8081}",
            description = "Flink's REST API; default: MILLRACE_FLINK, else http://localhost:8081.")
    private String address;

    FlinkRest client() {
        String url = address.contains("://") ? address : "http://" + address;
        try {
            URI base = URI.create(url);
            return new FlinkRest(base, () -> RestToken.of(new FlinkRest(base)));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("'" + address + "' is no address of a Flink cluster", e);
        }
    }
}
