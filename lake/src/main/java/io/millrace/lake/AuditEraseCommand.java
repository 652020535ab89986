package io.millrace.lake;

import static org.apache.iceberg.expressions.Expressions.and;
import static org.apache.iceberg.expressions.Expressions.equal;
import static org.apache.iceberg.expressions.Expressions.isNull;
import static org.apache.iceberg.expressions.Expressions.or;

import io.millrace.connectors.lakehouse.DeclaredTables;
import io.millrace.connectors.lakehouse.LakeCatalog;
import io.millrace.connectors.lakehouse.LakeErasure;
import io.millrace.connectors.lakehouse.LakeErasure.Found;
import io.millrace.connectors.lakehouse.LakeRows;
import io.millrace.logic.audit.AuditReader;
import io.millrace.schema.audit.Erasure;
import io.millrace.schema.wire.Envelope;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.iceberg.expressions.Expression;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "erase",
        description = {
            "Erase what the audit has of a person: of rows with that user_id or key, all goes but position, type, digest and link.",
            "Chains still verify. All older snapshots are forgotten, so that nothing leads back."
        })
final class AuditEraseCommand implements Callable<Integer> {
    /** What a row keeps: nothing that is of the person. */
    private static final Set<String> KEPT = Set.of(
            "topic",
            "partition",
            "offset",
            "log_time",
            "event_id",
            "event_type",
            "schema_version",
            "tenant",
            "occurred_at",
            "error_code",
            "payload_bytes",
            "digest",
            "link");

    @Option(
            names = "--user",
            paramLabel = "ID",
            required = true,
            description = "The person's user_id, as it was published.")
    private String user;

    @Option(
            names = "--tenant",
            paramLabel = "NAME",
            defaultValue = Envelope.DEFAULT_TENANT,
            description = "Whose user it is; default: ${DEFAULT-VALUE}.")
    private String tenant;

    @Option(
            names = "--reference",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "What it is done for, such as the number of a request; it is kept in audit.erasures.")
    private String reference;

    @Option(names = "--yes", description = "Do it; without, it only says what there is to erase.")
    private boolean yes;

    @Mixin
    private LakeOption lake;

    @Mixin
    private KeyOption key;

    @Override
    public Integer call() throws IOException {
        LakeCatalog catalog = lake.lake();
        AuditReader reader = new AuditReader(key.read(lake));
        try (LakeCatalog.Opened opened = catalog.open()) {
            LakeErasure erasure = new LakeErasure(DeclaredTables.EVENTS.load(opened.catalog()), rows(reader), KEPT);
            if (!yes) {
                Found found = erasure.find();
                System.out.printf(
                        "%,d rows in %,d files would be erased, and all older snapshots forgotten; do it with --yes%n",
                        found.rows(), found.files());
                return 0;
            }
            Found erased = erasure.erase();
            LakeRows.append(
                    opened.catalog(),
                    DeclaredTables.ERASURES,
                    List.of(new Erasure(
                            Instant.now(),
                            reader.masked(tenant, tenant),
                            reader.masked(tenant, reference),
                            erased.rows(),
                            erased.files())));
            System.out.printf("%,d rows erased; audit.erasures says so%n", erased.rows());
            return 0;
        }
    }

    /** A record that could not be read says no tenant: its key is masked as one of the default tenant. */
    private Expression rows(AuditReader reader) {
        String masked = reader.masked(tenant, user);
        Expression said =
                and(equal("tenant", reader.masked(tenant, tenant)), or(equal("user_id", masked), equal("key", masked)));
        return or(said, and(isNull("tenant"), equal("key", reader.masked(Envelope.DEFAULT_TENANT, user))));
    }
}
