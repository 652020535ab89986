package io.millrace.schema.notification;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RecordKey;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How somebody wants to be told of things. A team is somebody too: it has a name and preferences. What one build accepts
 * the later ones have to: it is in savepoints as it was read.
 *
 * @param language {@code en}, {@code fr} or {@code es}; null for English
 * @param timeZone by which hours are meant; null for UTC
 * @param quietHours null for none
 * @param digest null for {@link Bundling#NONE}
 * @param digestTimes for {@link Bundling#AT_TIMES}, else empty
 * @param perHour null for {@link #DEFAULT_PER_HOUR}
 */
@Event(
        type = "notification.preferences",
        description =
                "How somebody wants to be told of reminders, approvals, escalations and alerts. The key is `tenant/user_id`, of which"
                        + " the latest counts; its deletion ends notifications.",
        id = "Any.",
        maxBytes = 32 * 1024)
public record NotificationPreferences(
        Envelope envelope,
        @Field(value = Value.USER_ID) String userId,
        @Field(
                        title = "Language",
                        description = "Of what is told: en, fr or es; default: en.",
                        min = 2,
                        max = 2,
                        optional = true,
                        example = "\"fr\"")
                String language,
        @Field(value = Value.TIME_ZONE, optional = true) String timeZone,
        @Field(
                        title = "Channels",
                        description = "Where they are told; empty for nowhere.",
                        max = NotificationPreferences.MAX_CHANNELS,
                        example =
                                "[{\"kind\": \"webhook\", \"address\": \"https://hooks.example.com/ann\", \"secret\": \"hooks\"}]")
                List<Channel> channels,
        @Field(
                        title = "Quiet hours",
                        description = "When they are told nothing; what comes then is told at their end, as one.",
                        optional = true)
                QuietHours quietHours,
        @Field(
                        title = "Digest",
                        description =
                                "Whether more is told together: none (default), hourly, or at_times of the day. What `except` of"
                                        + " `quiet_hours` names is told at once.",
                        optional = true,
                        example = "\"none\"")
                Bundling digest,
        @Field(
                        title = "Digest times",
                        description = "HH:MM, for `at_times`.",
                        max = NotificationPreferences.MAX_TIMES,
                        optional = true,
                        example = "[\"08:00\", \"17:00\"]")
                List<String> digestTimes,
        @Field(
                        title = "Limit",
                        description = "How often they are told in an hour; what is more is told together. Default: 20.",
                        min = 1,
                        max = 1_000,
                        optional = true,
                        example = "20")
                Integer perHour) {

    public static final String TYPE_NAME = "notification.preferences";
    public static final int MAX_CHANNELS = 10;
    public static final int MAX_TIMES = 24;
    public static final int DEFAULT_PER_HOUR = 20;

    private static final List<String> LANGUAGES = List.of("en", "fr", "es");

    private static final EventType<NotificationPreferences> TYPE = EventType.of(NotificationPreferences.class);

    /** @throws IllegalArgumentException naming the field that is wrong */
    public NotificationPreferences {
        channels = List.copyOf(channels);
        digestTimes = digestTimes == null ? List.of() : List.copyOf(digestTimes);
        if (language != null && !LANGUAGES.contains(language)) {
            throw new IllegalArgumentException("language: must be one of " + String.join(", ", LANGUAGES));
        }
        for (int i = 0; i < digestTimes.size(); i++) {
            QuietHours.requireTime("digest_times[" + i + "]", digestTimes.get(i));
        }
        if ((digest == Bundling.AT_TIMES) == digestTimes.isEmpty()) {
            throw new IllegalArgumentException(
                    digestTimes.isEmpty()
                            ? "digest_times: missing; at which times of the day?"
                            : "digest_times: are for the digest at_times alone");
        }
    }

    /**
     * @throws RejectedEventException when the record holds none, or its key is not {@link #key}
     */
    public static NotificationPreferences read(SourceRecord source) throws RejectedEventException {
        NotificationPreferences preferences = TYPE.read(source);
        String key = source.key() == null ? null : new String(source.key(), StandardCharsets.UTF_8);
        if (!preferences.key().equals(key)) {
            throw new RejectedEventException(
                    ErrorCode.INVALID_KEY,
                    "user_id: the key of the record must be " + preferences.key() + ", is "
                            + (key == null ? "missing" : '"' + key + '"'));
        }
        return preferences;
    }

    /** The key of the record. */
    public String key() {
        return RecordKey.of(envelope.tenant(), userId);
    }

    public byte[] toJson() {
        return TYPE.write(this);
    }
}
