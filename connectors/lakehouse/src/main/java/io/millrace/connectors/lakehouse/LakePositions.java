package io.millrace.connectors.lakehouse;

import io.millrace.schema.lake.SourcePosition;
import java.io.IOException;
import java.util.Collection;

/** How far the source partitions of a table are. */
public final class LakePositions {
    private LakePositions() {}

    /** Asks the table, which is made when it is not there. */
    public static Collection<SourcePosition> of(LakeCatalog lake, LakeTable<?> table) throws IOException {
        try (OwnClassLoader loader = new OwnClassLoader();
                LakeCatalog.Opened catalog = lake.open()) {
            return Positions.of(table.ensure(catalog.catalog())).all();
        }
    }
}
