package io.millrace.jobs.audit;

import io.millrace.connectors.lakehouse.DeclaredTables;
import io.millrace.connectors.lakehouse.LakeCatalog;
import io.millrace.connectors.lakehouse.LakePositions;
import io.millrace.logic.audit.AuditChain;
import io.millrace.logic.audit.AuditReader;
import io.millrace.logic.audit.FigureRows;
import io.millrace.operators.audit.KeepFigures.FigureParts;
import io.millrace.operators.audit.SealRows.AuditParts;
import io.millrace.schema.lake.SourcePosition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;

/** What the audit is made with, read by each task where it runs, so that no secret is in the job that is submitted. */
record AuditLake(LakeCatalog lake, String keyFile) implements AuditParts, FigureParts {
    private static final int LEAST_KEY_BYTES = 32;

    /** @throws IllegalArgumentException naming the setting that is wrong */
    static LakeCatalog catalog(Configuration values) {
        String directory = values.get(AuditJob.DIRECTORY);
        String file = values.get(AuditJob.CATALOG_FILE);
        if ((directory == null) == (file == null)) {
            throw new IllegalArgumentException(AuditJob.DIRECTORY.key() + ": set either it or "
                    + AuditJob.CATALOG_FILE.key() + (file == null ? "; neither is set" : "; both are set"));
        }
        return directory != null ? LakeCatalog.local(Path.of(directory)) : new LakeCatalog(properties(file));
    }

    private static Map<String, String> properties(String file) {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(AuditJob.CATALOG_FILE.key() + ": " + file + " can't be read: " + e, e);
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }

    /** @throws IllegalArgumentException when it is not set */
    static String keyFile(Configuration values) {
        return values.getOptional(AuditJob.KEY_FILE)
                .orElseThrow(() -> new IllegalArgumentException(AuditJob.KEY_FILE.key() + ": is not set"));
    }

    private byte[] key() throws IOException {
        byte[] key = Files.readAllBytes(Path.of(keyFile));
        if (key.length < LEAST_KEY_BYTES) {
            throw new IOException(
                    "the key " + keyFile + " has " + key.length + " bytes; it must have at least " + LEAST_KEY_BYTES);
        }
        return key;
    }

    @Override
    public AuditReader reader() throws IOException {
        return new AuditReader(key());
    }

    @Override
    public AuditChain chain() throws IOException {
        return new AuditChain(key());
    }

    @Override
    public Collection<SourcePosition> positions() throws IOException {
        return LakePositions.of(lake, DeclaredTables.EVENTS);
    }

    @Override
    public FigureRows figures() throws IOException {
        return new FigureRows(key());
    }

    @Override
    public Collection<SourcePosition> figurePositions() throws IOException {
        return LakePositions.of(lake, DeclaredTables.FIGURES);
    }
}
