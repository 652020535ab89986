package io.millrace.gateway.model;

import java.sql.SQLException;
import java.util.Objects;

/** People of whom the model knows something. */
final class Owners {

    private Owners() {}

    /** The number of a scope's person; null for one of whom nothing is known. */
    static Long find(ModelReader reader, Scope scope) throws SQLException {
        return reader.first(
                "SELECT owner FROM owners WHERE tenant = ? AND user_id = ?",
                row -> row.getLong(1),
                scope.tenant(),
                Objects.requireNonNull(scope.user(), "such things are of a person"));
    }
}
