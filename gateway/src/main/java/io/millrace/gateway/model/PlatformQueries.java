package io.millrace.gateway.model;

import java.util.List;

/** What can be asked of what is no tenant's: agents, and how consumer groups do. */
public final class PlatformQueries {
    private static final String IN_FORCE = "(SELECT max(position) FROM agents b WHERE b.agent = a.agent"
            + " AND position NOT IN (SELECT position FROM refused_agents))";

    private final ReadModel model;

    public PlatformQueries(ReadModel model) {
        this.model = model;
    }

    /** By name. */
    public Page agents(PageRequest page) {
        return model.ask(reader -> new Select("body", "agents a")
                .and("position = " + IN_FORCE)
                .and("removed = 0")
                .page(reader, List.of(Order.ascending("agent")), page, row -> row.getBytes(1)));
    }

    /** Null when there is none. */
    public byte[] agent(String name) {
        return model.ask(reader -> reader.first(
                "SELECT body FROM agents a WHERE agent = ? AND removed = 0 AND position = " + IN_FORCE,
                row -> row.getBytes(1),
                name));
    }

    /**
     * By group and topic.
     *
     * @param verdict null for all
     */
    public Page slo(String verdict, PageRequest page) {
        return model.ask(reader -> new Select("body", "slo")
                .andIf(verdict, "verdict = ?")
                .page(reader, List.of(Order.ascending("key")), page, row -> row.getBytes(1)));
    }
}
