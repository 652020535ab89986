package io.millrace.local.cli;

import io.millrace.local.notification.Preferences;
import io.millrace.schema.notification.NotificationPreferences;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show how somebody is told, as the topic has it.")
final class NotifyShowCommand implements Callable<Integer> {

    @Parameters(paramLabel = "USER", description = "A user, or the name of a team.")
    private String user;

    @Mixin
    private TenantOption tenant;

    @Mixin
    private KafkaOption kafka;

    @Override
    public Integer call() {
        Optional<NotificationPreferences> preferences = new Preferences(kafka.connect(), tenant.name(), user).read();
        if (preferences.isEmpty()) {
            throw new CommandFailure("'" + user + "' has no preferences, and is told of nothing;"
                    + " ./millrace notify set says how somebody is told");
        }
        System.out.println(new String(preferences.get().toJson(), StandardCharsets.UTF_8));
        return 0;
    }
}
