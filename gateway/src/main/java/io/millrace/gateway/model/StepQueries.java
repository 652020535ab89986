package io.millrace.gateway.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** What can be asked of the steps of runs. */
public final class StepQueries {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ReadModel model;

    public StepQueries(ReadModel model) {
        this.model = model;
    }

    /** In the order in which they began; empty when nothing is kept of the run. */
    public List<ObjectNode> list(Scope scope, String runId) {
        return model.ask(reader -> reader.all(
                "SELECT step, iteration, state, kind, attempts, started, duration, cost, detail FROM steps"
                        + " WHERE tenant = ? AND run_id = ? ORDER BY place",
                StepQueries::step,
                scope.tenant(),
                runId));
    }

    private static ObjectNode step(ResultSet row) throws SQLException {
        ObjectNode step = JSON.createObjectNode().put("step", row.getString("step"));
        step.put("iteration", row.getString("iteration")).put("state", row.getString("state"));
        if (row.getString("kind") != null) {
            step.put("kind", row.getString("kind"));
        }
        step.put("attempts", row.getInt("attempts"))
                .put("started_at", Instant.ofEpochMilli(row.getLong("started")).toString());
        if (row.getObject("duration") != null) {
            step.put("duration_ms", row.getLong("duration"));
        }
        step.put("cost_micros", row.getLong("cost"));
        if (row.getString("detail") != null) {
            step.put("detail", row.getString("detail"));
        }
        return step;
    }

    /** The number of the latest event of a run that is known; 0 when nothing is kept of it. */
    public long version(Scope scope, String runId) {
        Long number = model.ask(reader -> reader.first(
                "SELECT number FROM histories WHERE tenant = ? AND run_id = ?",
                row -> row.getLong(1),
                scope.tenant(),
                runId));
        return number == null ? 0 : number;
    }
}
