package io.millrace.gateway.stream;

import io.millrace.gateway.http.EventSink;
import io.millrace.gateway.http.Json;
import io.millrace.gateway.model.ApprovalQueries.Viewer;
import io.millrace.gateway.model.ChangeQueries;
import io.millrace.gateway.model.ChangeQueries.Changed;
import io.millrace.gateway.model.Kind;
import io.millrace.gateway.model.ModelProgress;
import io.millrace.gateway.model.Scope;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Of things of the model. Who reads slowly is told of a thing that changed often how it is now, once. */
final class ChangeStream extends EventStream {
    static final int MOST_AT_A_TIME = 100;

    private static final int MOST_BYTES = 256 * 1024;

    private final Scope scope;
    private final Viewer viewer;
    private final Set<Kind> kinds;
    private final ChangeQueries changes;
    private final ModelProgress progress;
    private StreamPosition position;
    private boolean begun;

    /**
     * @param from null for from now on
     * @param ended told once, when it is over
     */
    ChangeStream(
            String owner,
            Scope scope,
            Viewer viewer,
            Set<Kind> kinds,
            StreamPosition from,
            EventSink sink,
            ChangeQueries changes,
            ModelProgress progress,
            Duration lasting,
            Consumer<EventStream> ended) {
        super(owner, sink, lasting, ended);
        this.scope = scope;
        this.viewer = viewer;
        this.kinds = Set.copyOf(kinds);
        this.changes = changes;
        this.progress = progress;
        position = from;
    }

    @Override
    byte[] next() {
        EventText text = new EventText();
        StreamPosition now = new StreamPosition(progress.epoch(), progress.lastChange());
        if (!begun) {
            begun = true;
            text.retry(RETRY_MILLIS);
            if (position == null) {
                position = now;
                return text.event("open", now.toString(), "{}".getBytes(StandardCharsets.UTF_8))
                        .bytes();
            }
        }
        if (!position.epoch().equals(now.epoch())
                || position.change() > now.change()
                || !changes.reachesBackTo(position.change())) {
            position = now;
            return text.event("reset", now.toString(), "{}".getBytes(StandardCharsets.UTF_8))
                    .bytes();
        }
        if (position.change() < now.change()) {
            tell(now, text);
        }
        return text.bytes();
    }

    private void tell(StreamPosition now, EventText text) {
        List<Changed> some = changes.after(scope, kinds, position.change(), MOST_AT_A_TIME);
        Map<String, Long> latest = new HashMap<>();
        some.forEach(one -> latest.put(key(one), one.seq()));
        for (Changed one : some) {
            position = new StreamPosition(now.epoch(), one.seq());
            // Of several changes of a thing the last one tells how it is.
            if (kinds.contains(one.kind()) && latest.get(key(one)) == one.seq()) {
                tell(one, text);
            }
            if (text.size() > MOST_BYTES) {
                return;
            }
        }
        if (some.size() < MOST_AT_A_TIME && position.change() < now.change()) {
            position = now;
        }
    }

    private static String key(Changed changed) {
        return changed.kind().wireName() + "/" + changed.id();
    }

    private void tell(Changed changed, EventText text) {
        byte[] view = changes.view(scope, viewer, changed);
        if (view == null && changed.kind() == Kind.APPROVALS && viewer.user() != null) {
            // It may be there for others.
            return;
        }
        String json = "{\"id\":" + Json.mapper().getNodeFactory().textNode(changed.id()) + ",\"view\":"
                + (view == null ? "null" : new String(view, StandardCharsets.UTF_8)) + "}";
        text.event(changed.kind().wireName(), position.toString(), json.getBytes(StandardCharsets.UTF_8));
    }
}
