package io.millrace.gateway.model;

import java.sql.SQLException;

/** What a record changes in the model. */
@FunctionalInterface
interface Change {
    Change NONE = model -> {};

    void apply(ModelWriter model) throws SQLException;
}
