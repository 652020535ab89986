package io.millrace.schema.notification;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.wire.Envelope;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Somebody was told. */
@Event(
        type = "notification.delivered",
        description =
                "A notification was taken where it was sent. Published by the notifications job; sent again after a crash it has the"
                        + " same `event_id`. The key is the `user_id`.",
        id = "uuid5 of `notification_id`.")
public record NotificationDelivered(
        Envelope envelope,
        @Field(value = Value.USER_ID) String userId,
        @Field(
                        title = "Notification",
                        description = "uuid5 of what it tells of and of the channel: sent again it is the same.",
                        example = "\"5b1e0c7a-3f1d-5c55-9d2b-0a8d1f6c2e11\"")
                UUID notificationId,
        @Field(title = "Kind", description = "How it was sent.", example = "\"webhook\"") ChannelKind kind,
        @Field(
                        title = "Channel",
                        description = "Which of the person's channels; it says nothing of the address.",
                        max = 100,
                        example = "\"0b0f1e7c-1c58-5a0e-8f7e-2d6f0f4f8a01\"")
                String channel,
        @Field(
                        title = "Events",
                        description = "The `event_id`s of what it tells of, the first ones.",
                        max = NotificationDelivered.MAX_SOURCES,
                        example = "[\"8d2f1c1e-6a3b-4a57-9d50-5f9a7f1d2b60\"]")
                List<UUID> events,
        @Field(title = "Count", description = "Of how many things it tells.", example = "1") int count,
        @Field(title = "Decided at", description = "When it was to be sent.") Instant decidedAt,
        @Field(title = "Attempts", description = "How often it was sent.", example = "1") int attempts)
        implements NotificationOutcome {

    public static final String TYPE_NAME = "notification.delivered";
    public static final int MAX_SOURCES = 10;

    private static final EventType<NotificationDelivered> TYPE = EventType.of(NotificationDelivered.class);

    public byte[] toJson() {
        return TYPE.write(this);
    }
}
