package io.millrace.connectors.lakehouse;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.SupportsPrefixOperations;

/** Files of rows that no snapshot of their table has: what a crash between writing and committing leaves. */
final class OrphanFiles {
    private static final String DATA = "/data/";

    private OrphanFiles() {}

    /**
     * Deletes those that were made before a moment. It has to be so long ago that whoever wrote them has committed them,
     * if ever.
     *
     * @return how many there were; 0 where files can't be listed
     */
    static long remove(Table table, Instant before) throws IOException {
        if (!(table.io() instanceof SupportsPrefixOperations files)) {
            return 0;
        }
        List<String> old = new ArrayList<>();
        for (FileInfo file : files.listPrefix(table.location() + DATA)) {
            if (file.createdAtMillis() < before.toEpochMilli()) {
                old.add(file.location());
            }
        }
        if (old.isEmpty()) {
            return 0;
        }
        // Looked at after the list was made: what was committed meanwhile is known. Their names are random, and the
        // same
        // however the storage writes their addresses.
        Set<String> known = known(table);
        old.removeIf(location -> known.contains(name(location)));
        old.forEach(table.io()::deleteFile);
        return old.size();
    }

    private static Set<String> known(Table table) throws IOException {
        table.refresh();
        Set<String> names = new HashSet<>();
        Set<String> manifests = new HashSet<>();
        for (Snapshot snapshot : table.snapshots()) {
            for (ManifestFile manifest : snapshot.dataManifests(table.io())) {
                if (manifests.add(manifest.path())) {
                    try (ManifestReader<DataFile> entries = ManifestFiles.read(manifest, table.io(), table.specs())) {
                        entries.forEach(file -> names.add(name(file.location())));
                    }
                }
            }
        }
        return names;
    }

    private static String name(String location) {
        return location.substring(location.lastIndexOf('/') + 1);
    }
}
