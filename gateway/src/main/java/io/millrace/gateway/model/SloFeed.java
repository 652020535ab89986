package io.millrace.gateway.model;

import io.millrace.schema.event.EventType;
import io.millrace.schema.slo.SloStatus;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** How consumer groups do, as {@code slo-status} has it; of the platform and no tenant's. */
final class SloFeed implements Feed {

    @Override
    public List<String> tables() {
        return List.of("CREATE TABLE slo (key TEXT PRIMARY KEY, verdict TEXT NOT NULL, occurred INTEGER NOT NULL,"
                + " body BLOB NOT NULL) WITHOUT ROWID");
    }

    @Override
    public boolean follows(String topic) {
        return topic.equals(Topics.SLO_STATUS);
    }

    @Override
    public Change read(SourceRecord record) throws RejectedEventException {
        if (record.value() == null) {
            String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
            return model -> model.update("DELETE FROM slo WHERE key = ?", key);
        }
        SloStatus status = SloStatus.read(record);
        byte[] body = status.toJson();
        return model -> model.update(
                "INSERT INTO slo (key, verdict, occurred, body) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET"
                        + " verdict = excluded.verdict, occurred = excluded.occurred, body = excluded.body"
                        + " WHERE excluded.occurred >= occurred",
                status.group() + "/" + status.topic(),
                EventType.wireName(status.verdict()),
                status.envelope().occurredAt().toEpochMilli(),
                body);
    }
}
