package io.millrace.operators.conversation;

import io.millrace.schema.wire.OutboundRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A topic of keys, which attempts of a job share as they share Kafka: found by name, wherever an operator is copied to. */
record KeysInMemory(String name) implements KeyLog {
    private static final long serialVersionUID = 1L;
    private static final Map<String, List<OutboundRecord>> RECORDS = new ConcurrentHashMap<>();

    List<OutboundRecord> records() {
        return RECORDS.computeIfAbsent(name, any -> new ArrayList<>());
    }

    /** Record keys whose last record is no deletion. */
    List<String> living() {
        List<String> living = new ArrayList<>();
        for (OutboundRecord record : records()) {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            living.remove(key);
            if (record.value() != null) {
                living.add(key);
            }
        }
        return living;
    }

    @Override
    public void read(Take take) throws IOException {
        if (name.isEmpty()) {
            throw new IOException("the topic conversation-keys gave nothing");
        }
        records().forEach(record -> take.take(record.key(), record.value()));
    }
}
