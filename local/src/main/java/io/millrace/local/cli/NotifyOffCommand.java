package io.millrace.local.cli;

import io.millrace.local.notification.Preferences;
import io.millrace.schema.wire.VisibleText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "off", description = "Have somebody told of nothing.")
final class NotifyOffCommand implements Callable<Integer> {

    @Parameters(paramLabel = "USER", description = "A user, or the name of a team.")
    private String user;

    @Mixin
    private TenantOption tenant;

    @Mixin
    private KafkaOption kafka;

    @Override
    public Integer call() {
        new Preferences(kafka.connect(), tenant.name(), user).remove();
        System.out.println(VisibleText.of(user) + " is told of nothing");
        return 0;
    }
}
