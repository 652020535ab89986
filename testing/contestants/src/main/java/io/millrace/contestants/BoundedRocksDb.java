package io.millrace.contestants;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One cache and one limit of memtables for all stores of the process, as "Memory Management" in the documentation of
 * Kafka Streams has it; half of the memory is for memtables, as with Flink's RocksDB.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {
    private static volatile Cache cache;
    private static volatile WriteBufferManager memtables;

    /** Says how much memory there is; before the first store is opened. Held until the process ends. */
    static void limit(long bytes) {
        RocksDB.loadLibrary();
        cache = new LRUCache(bytes);
        memtables = new WriteBufferManager(bytes / 2, cache);
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(cache);
        table.setCacheIndexAndFilterBlocks(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(memtables);
    }

    @Override
    public void close(String storeName, Options options) {
        // Cache and limit outlive a store: other stores share them.
    }
}
