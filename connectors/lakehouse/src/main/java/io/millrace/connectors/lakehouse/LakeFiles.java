package io.millrace.connectors.lakehouse;

import java.util.List;

/**
 * Files that a writer closed ahead of a checkpoint, and that are in no table yet.
 *
 * @param files as Iceberg writes content files in JSON
 * @param ranges what they hold
 */
public record LakeFiles(long checkpoint, List<String> files, List<SourceRange> ranges) {}
