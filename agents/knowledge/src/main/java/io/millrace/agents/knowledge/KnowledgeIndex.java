package io.millrace.agents.knowledge;

import io.millrace.schema.knowledge.KnowledgeDocument;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The documents of all tenants, each tenant's in an index of its own: what one has written is not found by another, and
 * changes no score of another's. Records are taken by one thread.
 */
final class KnowledgeIndex implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KnowledgeIndex.class);
    private static final int SHOWN_KEY = 200;

    /**
     * How much is held: what is over does not come in, which is counted.
     *
     * @param documents of a tenant
     * @param chunks of a tenant
     * @param allChunks of all tenants together
     * @param tenants how many
     */
    record Bounds(int documents, int chunks, int allChunks, int tenants) {
        static final Bounds DEFAULTS = new Bounds(5_000, 20_000, 50_000, 200);
    }

    private final Bounds bounds;
    private final Function<String, float[]> vectors;
    private final Map<String, TenantIndex> tenants = new ConcurrentHashMap<>();
    private final Map<String, Integer> leftOut = new ConcurrentHashMap<>();
    private final Map<String, String> tenantOf = new HashMap<>();
    private final Map<String, Set<String>> left = new HashMap<>();
    private final Set<TenantIndex> changed = new HashSet<>();
    private int allChunks;
    private long rejected;

    /** @param vectors see {@link io.millrace.agents.embeddings.Embeddings#of} */
    KnowledgeIndex(Bounds bounds, Function<String, float[]> vectors) {
        this.bounds = bounds;
        this.vectors = vectors;
    }

    /** A record of the topic; whatever is in it, this goes on. */
    void take(SourceRecord source) {
        if (source.key() == null) {
            rejected++;
            LOG.warn("a document without a key at {}: not taken", position(source));
            return;
        }
        String key = new String(source.key(), StandardCharsets.UTF_8);
        if (source.value() == null) {
            withdraw(key);
            return;
        }
        KnowledgeDocument document;
        try {
            document = KnowledgeDocument.read(source);
        } catch (RejectedEventException e) {
            // Not its message: it may show what the record holds. The latest record of a key counts, also a bad one.
            rejected++;
            LOG.warn(
                    "document {} at {}: not taken, {}",
                    shown(key),
                    position(source),
                    e.code().wireName());
            withdraw(key);
            return;
        }
        withdraw(key);
        add(key, document);
    }

    private void withdraw(String key) {
        String tenant = tenantOf.remove(key);
        if (tenant != null) {
            TenantIndex index = tenants.get(tenant);
            allChunks -= index.chunks();
            index.remove(key);
            allChunks += index.chunks();
            changed.add(index);
        }
        left.forEach((name, keys) -> {
            if (keys.remove(key)) {
                leftOut.put(name, keys.size());
            }
        });
    }

    private void add(String key, KnowledgeDocument document) {
        String tenant = document.envelope().tenant();
        TenantIndex index = tenants.get(tenant);
        List<Section> chunks = Chunks.of(Outline.of(document.format(), document.text()));
        int documents = index == null ? 0 : index.documents();
        int held = index == null ? 0 : index.chunks();
        if (index == null && tenants.size() >= bounds.tenants()) {
            closeEmpty();
        }
        if (index == null && tenants.size() >= bounds.tenants()
                || documents >= bounds.documents()
                || held + chunks.size() > bounds.chunks()
                || allChunks + chunks.size() > bounds.allChunks()) {
            leaveOut(key, tenant);
            return;
        }
        if (index == null) {
            index = new TenantIndex(vectors);
            tenants.put(tenant, index);
        }
        index.add(key, document, chunks);
        allChunks += chunks.size();
        tenantOf.put(key, tenant);
        changed.add(index);
    }

    /** Gives back the room of tenants whose documents were all withdrawn. */
    private void closeEmpty() {
        tenants.values().removeIf(index -> {
            boolean isEmpty = index.documents() == 0;
            if (isEmpty) {
                changed.remove(index);
                index.close();
            }
            return isEmpty;
        });
    }

    private void leaveOut(String key, String tenant) {
        LOG.warn("document {}: left out, there is no room for more", shown(key));
        Set<String> keys = left.get(tenant);
        if (keys == null && left.size() < bounds.tenants()) {
            keys = new HashSet<>();
            left.put(tenant, keys);
        }
        if (keys != null && keys.size() < bounds.documents()) {
            keys.add(key);
            leftOut.put(tenant, keys.size());
        }
    }

    /** Has what was taken found. */
    void refresh() {
        changed.forEach(TenantIndex::refresh);
        changed.clear();
    }

    List<Hit> find(String tenant, Question question) {
        TenantIndex index = tenants.get(tenant);
        return index == null ? List.of() : index.find(question);
    }

    /** How many documents of the tenant there is no room for. */
    int leftOut(String tenant) {
        return leftOut.getOrDefault(tenant, 0);
    }

    int documents() {
        return tenantOf.size();
    }

    int chunks() {
        return allChunks;
    }

    /** How many records were no documents. */
    long rejected() {
        return rejected;
    }

    private static String shown(String key) {
        String visible = key.codePoints()
                .filter(c -> !Character.isISOControl(c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return visible.length() > SHOWN_KEY ? visible.substring(0, SHOWN_KEY) + "…" : visible;
    }

    private static String position(SourceRecord source) {
        return source.topic() + '/' + source.partition() + '@' + source.offset();
    }

    @Override
    public void close() {
        tenants.values().forEach(TenantIndex::close);
        tenants.clear();
    }
}
