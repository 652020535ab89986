package io.millrace.connectors.lakehouse;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;

/** Files of a table, one by one. */
final class TableFiles {
    private TableFiles() {}

    /** The rows of a file; the caller closes it. */
    static CloseableIterable<Record> read(Table table, DataFile file) {
        return Parquet.read(table.io().newInputFile(file.location()))
                .project(table.schema())
                .createReaderFunc(schema -> GenericParquetReaders.buildReader(table.schema(), schema))
                .build();
    }

    /** One file with the rows of several of one part of the table, in no table yet. */
    static DataFile rewritten(Table table, List<DataFile> files, UnaryOperator<Record> row) throws IOException {
        DataFile first = files.get(0);
        PartitionSpec spec = table.specs().get(first.specId());
        EncryptedOutputFile output = OutputFileFactory.builderFor(table, 0, 0)
                .format(FileFormat.PARQUET)
                .operationId(UUID.randomUUID().toString())
                .build()
                .newOutputFile(spec, first.partition());
        GenericAppenderFactory appenders =
                new GenericAppenderFactory(table, table.schema(), spec, table.properties(), null, null);
        DataWriter<Record> writer = appenders.newDataWriter(output, FileFormat.PARQUET, first.partition());
        try (writer) {
            for (DataFile file : files) {
                try (CloseableIterable<Record> rows = read(table, file)) {
                    rows.forEach(each -> writer.write(row.apply(each)));
                }
            }
        }
        return writer.toDataFile();
    }
}
