package io.millrace.gateway.model;

import java.util.List;

/** What can be asked of how a person is told of things. */
public final class NotificationQueries {
    private final ReadModel model;

    public NotificationQueries(ReadModel model) {
        this.model = model;
    }

    /** The person's preferences; null when there are none. */
    public byte[] preferences(Scope scope) {
        return model.ask(reader -> {
            Long owner = Owners.find(reader, scope);
            return owner == null
                    ? null
                    : reader.first(
                            "SELECT body FROM notification_preferences WHERE owner = ?", row -> row.getBytes(1), owner);
        });
    }

    /** Deliveries to the person, the latest first. */
    public Page deliveries(Scope scope, PageRequest page) {
        return model.ask(reader -> {
            Long owner = Owners.find(reader, scope);
            return owner == null
                    ? Page.EMPTY
                    : new Select("body", "notifications")
                            .and("owner = ?", owner)
                            .page(
                                    reader,
                                    List.of(Order.descending("occurred"), Order.descending("event_id")),
                                    page,
                                    row -> row.getBytes(1));
        });
    }
}
