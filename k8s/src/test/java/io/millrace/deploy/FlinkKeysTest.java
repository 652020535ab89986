package io.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.metrics.prometheus.PrometheusReporterFactory;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.junit.jupiter.api.Test;

/** The names of Flink's settings are those of its version; {@code -Dmillrace.refresh=true} writes them. */
class FlinkKeysTest {
    private static final Path FILE = Path.of("src/main/resources/io/millrace/deploy/flink-keys.txt");

    @Test
    void everySettingOfFlinkIsKnown() throws Exception {
        TreeSet<String> keys = new TreeSet<>();
        for (Class<?> one : List.of(
                JobManagerOptions.class, MiniCluster.class, RocksDBOptions.class, PrometheusReporterFactory.class)) {
            addKeysOf(one, keys);
        }
        String expected = "# Settings of Flink, from the options of its classes: a test writes them.\n"
                + String.join("\n", keys) + "\n";
        if (Boolean.getBoolean("millrace.refresh")) {
            Files.writeString(FILE, expected);
        }

        assertThat(Files.readString(FILE))
                .as("run this test with -Dmillrace.refresh=true")
                .isEqualTo(expected);
    }

    /** The options of all classes of a jar whose names end as those of options do. */
    private static void addKeysOf(Class<?> one, TreeSet<String> keys) throws Exception {
        URI jar = URI.create("jar:" + one.getProtectionDomain().getCodeSource().getLocation());
        try (FileSystem files = FileSystems.newFileSystem(jar, java.util.Map.of());
                Stream<Path> all = Files.walk(files.getPath("/org/apache/flink"))) {
            List<String> names = all.map(Path::toString)
                    .filter(name -> name.matches(".*Options(Internal)?\\.class"))
                    .map(name ->
                            name.substring(1, name.length() - ".class".length()).replace('/', '.'))
                    .toList();
            for (String name : names) {
                for (Field field : Class.forName(name).getDeclaredFields()) {
                    if (Modifier.isStatic(field.getModifiers()) && field.getType() == ConfigOption.class) {
                        field.setAccessible(true);
                        keys.add(((ConfigOption<?>) field.get(null)).key());
                    }
                }
            }
        }
    }
}
