package io.millrace.local.cli;

import io.millrace.local.notification.Preferences;
import io.millrace.schema.notification.About;
import io.millrace.schema.notification.Bundling;
import io.millrace.schema.notification.Channel;
import io.millrace.schema.notification.ChannelKind;
import io.millrace.schema.notification.NotificationPreferences;
import io.millrace.schema.notification.QuietHours;
import io.millrace.schema.task.Priority;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.VisibleText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "set",
        description = {
            "Say how somebody is told, in place of all that was said before.",
            "Several channels may be given; --about is for each of them, --secret for webhooks."
        })
final class NotifySetCommand implements Callable<Integer> {

    @Parameters(paramLabel = "USER", description = "A user, or the name of a team: desk, on-call.")
    private String user;

    @Option(names = "--webhook", paramLabel = "URL", description = "Post JSON there.")
    private List<String> webhooks = List.of();

    @Option(names = "--email", paramLabel = "ADDRESS", description = "Mail there.")
    private List<String> emails = List.of();

    @Option(names = "--slack", paramLabel = "URL", description = "Post messages there, as Slack takes them.")
    private List<String> slacks = List.of();

    @Option(
            names = "--secret",
            paramLabel = "NAME",
            description = "What webhooks are signed with: the file notify--TENANT--NAME in the directory of secrets.")
    private String secret;

    @Option(
            names = "--about",
            paramLabel = "WHAT",
            split = ",",
            description = "${COMPLETION-CANDIDATES}; default: all of them.")
    private List<About> about = List.of();

    @Option(names = "--quiet", paramLabel = "FROM-TO", description = "Hours in which nothing is told: 22:00-07:00.")
    private String quiet;

    @Option(
            names = "--except",
            paramLabel = "PRIORITY",
            split = ",",
            description = "Priorities of which is told all the same: ${COMPLETION-CANDIDATES}.")
    private List<Priority> except = List.of();

    @Option(
            names = "--digest",
            paramLabel = "WHEN",
            description = "Tell together what is not excepted: hourly, or at times, as 08:00,17:00.")
    private String digest;

    @Option(names = "--zone", paramLabel = "ZONE", description = "The time zone of these hours; default: UTC.")
    private String zone;

    @Option(names = "--language", paramLabel = "LANGUAGE", description = "en, fr or es; default: en.")
    private String language;

    @Option(names = "--per-hour", paramLabel = "N", description = "How often they are told in an hour; default: 20.")
    private Integer perHour;

    @Mixin
    private TenantOption tenant;

    @Mixin
    private KafkaOption kafka;

    @Override
    public Integer call() {
        NotificationPreferences preferences = preferences();
        try {
            new Preferences(kafka.connect(), tenant.name(), user).publish(preferences);
        } catch (RejectedEventException e) {
            throw new CommandFailure(VisibleText.of(e.getMessage()), e);
        }
        System.out.println(VisibleText.of(user) + " is told on "
                + (preferences.channels().size() == 1
                        ? "1 channel"
                        : preferences.channels().size() + " channels"));
        return 0;
    }

    private NotificationPreferences preferences() {
        List<Channel> channels = channels();
        if (channels.isEmpty()) {
            throw new CommandFailure("a channel is missing: --webhook, --email or --slack");
        }
        boolean hourly = "hourly".equals(digest);
        Bundling bundling = digest == null ? null : hourly ? Bundling.HOURLY : Bundling.AT_TIMES;
        try {
            Envelope envelope = new Envelope(
                    UUID.randomUUID(),
                    NotificationPreferences.TYPE_NAME,
                    Instant.ofEpochMilli(System.currentTimeMillis()),
                    tenant.name(),
                    null,
                    null);
            return new NotificationPreferences(
                    envelope,
                    user,
                    language,
                    zone,
                    channels,
                    quietHours(),
                    bundling,
                    bundling == Bundling.AT_TIMES ? List.of(digest.split(",", -1)) : List.of(),
                    perHour);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(e.getMessage());
        }
    }

    private List<Channel> channels() {
        if (secret != null && webhooks.isEmpty()) {
            throw new CommandFailure("--secret is for --webhook");
        }
        List<Channel> channels = new ArrayList<>();
        webhooks.forEach(url -> channels.add(channel(ChannelKind.WEBHOOK, url, secret)));
        emails.forEach(address -> channels.add(channel(ChannelKind.EMAIL, address, null)));
        slacks.forEach(url -> channels.add(channel(ChannelKind.SLACK, url, null)));
        return channels;
    }

    private Channel channel(ChannelKind kind, String address, String named) {
        try {
            return new Channel(kind, address, about, named);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(
                    "--" + kind.name().toLowerCase(Locale.ROOT) + " " + address + ": " + e.getMessage());
        }
    }

    private QuietHours quietHours() {
        if (quiet == null) {
            if (!except.isEmpty()) {
                throw new CommandFailure("--except is for --quiet");
            }
            return null;
        }
        String[] hours = quiet.split("-", -1);
        if (hours.length != 2) {
            throw new CommandFailure("--quiet: must be FROM-TO, such as 22:00-07:00");
        }
        return new QuietHours(hours[0], hours[1], except);
    }
}
