package io.millrace.local.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.cli.CommandRunner;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.schema.wire.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifyCommandsITCase {
    @TempDir
    private static Path directory;

    private final CommandRunner commands = new CommandRunner();

    private int notify(KafkaBroker broker, String... args) {
        List<String> all = new ArrayList<>(List.of("notify"));
        all.addAll(List.of(args));
        all.addAll(List.of("--kafka", broker.bootstrapServers()));
        return commands.run(all.toArray(String[]::new));
    }

    @Test
    void whatIsSetIsShownUntilItIsOff() {
        try (KafkaBroker broker = KafkaBroker.at(directory.resolve("kafka")).start()) {
            try (TopicAdmin topics = new TopicAdmin(broker.bootstrapServers())) {
                topics.ensure(List.of(TopicSpec.logAppended(Topics.NOTIFICATION_PREFERENCES, 1)
                        .with("cleanup.policy", "compact")));
            }
            assertThat(notify(broker, "show", "ann")).isEqualTo(1);
            assertThat(commands.err()).contains("'ann' has no preferences");
            assertThat(notify(
                            broker,
                            "set",
                            "ann",
                            "--webhook",
                            "http://localhost:9000/",
                            "--secret",
                            "hooks",
                            "--email",
                            "ann@example.com",
                            "--about",
                            "reminders,approvals",
                            "--quiet",
                            "22:00-07:00",
                            "--except",
                            "P1",
                            "--zone",
                            "Europe/Paris",
                            "--digest",
                            "08:00,17:00",
                            "--per-hour",
                            "5"))
                    .as(commands.err())
                    .isZero();
            assertThat(commands.out()).isEqualTo("ann is told on 2 channels\n");
            assertThat(notify(broker, "show", "ann")).isZero();
            assertThat(commands.out())
                    .contains("\"quiet_hours\":{\"from\":\"22:00\",\"to\":\"07:00\",\"except\":[\"P1\"]}")
                    .contains("\"digest\":\"at_times\"", "\"digest_times\":[\"08:00\",\"17:00\"]", "\"per_hour\":5")
                    .contains("\"secret\":\"hooks\"");
            assertThat(notify(broker, "show", "ann", "--tenant", "acme")).isEqualTo(1);
            assertThat(notify(broker, "off", "ann")).isZero();
            assertThat(notify(broker, "show", "ann")).isEqualTo(1);
        }
    }
}
