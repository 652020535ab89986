package io.millrace.gateway.model;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** What changed, for those who follow it. */
public final class ChangeQueries {
    private final ReadModel model;
    private final TaskQueries tasks;
    private final RunQueries runs;
    private final ApprovalQueries approvals;
    private final ConversationQueries conversations;

    public ChangeQueries(ReadModel model) {
        this.model = model;
        tasks = new TaskQueries(model);
        runs = new RunQueries(model);
        approvals = new ApprovalQueries(model);
        conversations = new ConversationQueries(model);
    }

    /**
     * Something that changed.
     *
     * @param seq counts the changes of one file of the model
     */
    public record Changed(long seq, Kind kind, String id) {}

    /**
     * What changed after a change, in order: of things of a person those of the scope's user, of others those of the
     * tenant.
     */
    public List<Changed> after(Scope scope, Set<Kind> kinds, long seq, int limit) {
        return model.ask(reader -> {
            List<Changed> found = new ArrayList<>();
            if (scope.user() != null && kinds.stream().anyMatch(Kind::isPersonal)) {
                found.addAll(after(reader, scope.tenant(), scope.user(), seq, limit));
            }
            if (kinds.stream().anyMatch(kind -> !kind.isPersonal())) {
                found.addAll(after(reader, scope.tenant(), "", seq, limit));
            }
            found.sort(Comparator.comparingLong(Changed::seq));
            // What was read of one kind of scope may end before what was read of the other.
            List<Changed> first = found.size() > limit ? found.subList(0, limit) : found;
            return List.copyOf(first);
        });
    }

    private static List<Changed> after(ModelReader reader, String tenant, String user, long seq, int limit)
            throws SQLException {
        return reader.all(
                "SELECT seq, kind, id FROM changes WHERE tenant = ? AND user_id = ? AND seq > ? ORDER BY seq LIMIT ?",
                row -> new Changed(row.getLong(1), Kind.ofWireName(row.getString(2)), row.getString(3)),
                tenant,
                user,
                seq,
                limit);
    }

    /** Whether all changes after that one are still noted. */
    public boolean reachesBackTo(long seq) {
        return model.ask(reader -> {
            Long first = reader.first("SELECT min(seq) FROM changes", row -> row.getLong(1));
            return first == null || first == 0 || first <= seq + 1;
        });
    }

    /** How a thing is now; null when it is not there, or not for that viewer. */
    public byte[] view(Scope scope, ApprovalQueries.Viewer viewer, Changed changed) {
        return switch (changed.kind()) {
            case TASKS -> tasks.find(scope, changed.id());
            case REMINDERS -> tasks.reminder(scope, changed.id());
            case RUNS -> runs.find(scope, changed.id());
            case APPROVALS -> approvals.find(scope, viewer, changed.id());
            case CONVERSATIONS -> conversations.find(scope, changed.id());
        };
    }
}
