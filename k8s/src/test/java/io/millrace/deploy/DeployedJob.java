package io.millrace.deploy;

import io.millrace.operations.flink.FlinkRest;
import io.millrace.operations.flink.JarRun;
import io.millrace.testing.flink.FlinkProcesses;
import io.millrace.testing.process.FreePort;
import io.millrace.testing.process.OsProcess;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A FlinkDeployment on this machine: its settings and arguments as they are rendered, but for what a machine has not
 * that a cluster has. What is put in its place has to be there to be replaced.
 */
final class DeployedJob {
    private final Manifest manifest;

    DeployedJob(Manifest manifest) {
        this.manifest = manifest;
    }

    String name() {
        return manifest.name().substring("millrace-".length());
    }

    /** What the image holds at {@code jarURI}. */
    Path jar() {
        String file = manifest.body().at("/spec/job/jarURI").asText().replaceFirst(".*/", "");
        return Project.HOME.resolve("jobs").resolve(name()).resolve("target").resolve(file);
    }

    /** Flink's settings, on a machine whose storage is a directory. */
    Map<String, String> flink(Path storage) {
        Map<String, String> all = new TreeMap<>();
        manifest.body()
                .at("/spec/flinkConfiguration")
                .properties()
                .forEach(setting -> all.put(setting.getKey(), setting.getValue().asText()));
        // The operator's own, and those of the storage that is not there.
        all.keySet().removeIf(key -> key.matches("(kubernetes|job\\.autoscaler|fs\\.azure|s3)\\..*"));
        replaced(storage).forEach((key, value) -> {
            if (all.put(key, value) == null) {
                throw new AssertionError(key + " is not in the manifest: nothing has to be put in its place");
            }
        });
        return all;
    }

    private static Map<String, String> replaced(Path storage) {
        return Map.ofEntries(
                Map.entry(
                        "execution.checkpointing.dir",
                        storage.resolve("checkpoints").toUri().toString()),
                Map.entry(
                        "execution.checkpointing.savepoint-dir",
                        storage.resolve("savepoints").toUri().toString()),
                Map.entry(
                        "high-availability.storageDir",
                        storage.resolve("ha").toUri().toString()),
                // Leaders are elected by Kubernetes.
                Map.entry("high-availability.type", "NONE"),
                Map.entry("io.tmp.dirs", storage.resolve("tmp").toString()),
                // Pods have addresses of their own, processes of one machine share its ports.
                Map.entry("taskmanager.rpc.port", "0"),
                Map.entry("taskmanager.data.port", "0"),
                Map.entry("blob.server.port", "0"),
                Map.entry("metrics.reporter.prometheus.port", "0"),
                // The jar is uploaded here; in a cluster it is in the image.
                Map.entry("web.submit.enable", "true"));
    }

    /** The program's arguments, with a Kafka of this machine that asks for no password. */
    JarRun run(String kafka, int parallelism, String... more) {
        List<String> rendered = new ArrayList<>();
        manifest.body().at("/spec/job/args").forEach(argument -> rendered.add(argument.asText()));
        Map<String, String> arguments = new LinkedHashMap<>();
        for (int i = 0; i < rendered.size(); i += 2) {
            arguments.put(rendered.get(i), rendered.get(i + 1));
        }
        if (arguments.put("--kafka.bootstrap-servers", kafka) == null
                || arguments.remove("--kafka.properties-file") == null) {
            throw new AssertionError("the manifest says nothing of Kafka: " + rendered);
        }
        for (int i = 0; i < more.length; i += 2) {
            arguments.put(more[i], more[i + 1]);
        }
        return JarRun.of(
                        manifest.body().at("/spec/job/entryClass").asText(),
                        arguments.entrySet().stream()
                                .flatMap(each -> List.of(each.getKey(), each.getValue()).stream())
                                .toList())
                .parallelism(parallelism);
    }

    /** Starts the processes that pods would be, with as many slots each. */
    FlinkProcesses start(Path directory, int taskManagers, int slots) throws IOException {
        // In a pod it is a volume.
        Files.createDirectories(directory.resolve("storage/tmp"));
        FlinkProcesses.Builder builder = FlinkProcesses.in(directory.resolve("flink"), classpathOfFlink())
                .taskManagers(taskManagers, slots)
                .memory(160 + 96 * slots, 96 * slots)
                .jobManagerHeap(320)
                .startLimit(Duration.ofSeconds(120));
        flink(directory.resolve("storage")).forEach(builder::setting);
        return builder.start();
    }

    /** Starts the JobManager of an application from the files of an image that are in {@code directory/root}. */
    ApplicationProcess startApplication(Path directory, String kafka) throws IOException {
        Files.createDirectories(directory.resolve("storage/tmp"));
        int port = FreePort.find();
        Map<String, String> all = flink(directory.resolve("storage"));
        all.putAll(Map.of(
                "rest.port", Integer.toString(port),
                "rest.bind-address", "localhost",
                "jobmanager.rpc.address", "localhost",
                "jobmanager.rpc.port", Integer.toString(FreePort.find()),
                "jobmanager.memory.process.size", "1600m"));
        StringBuilder yaml = new StringBuilder();
        all.forEach((key, value) -> yaml.append(key).append(": '").append(value).append("'\n"));
        Path configuration = Files.createDirectories(directory.resolve("conf"));
        Files.writeString(configuration.resolve("config.yaml"), yaml);
        JarRun run = run(kafka, 1);
        String uri = manifest.body().at("/spec/job/jarURI").asText();
        String jar = uri.replace(
                "local://", directory.resolve("root").toUri().toString().replaceAll("/$", ""));
        // Of several jars: what follows the option and is none ends them.
        List<String> arguments = new ArrayList<>(
                List.of("--jars", jar, "--configDir", configuration.toString(), "--job-classname", run.entryClass()));
        arguments.addAll(run.arguments());
        OsProcess process = OsProcess.java(
                "jobmanager",
                directory.resolve("logs"),
                List.of("-Xmx512m", "-XX:+UseSerialGC", "--add-opens=java.base/java.util=ALL-UNNAMED"),
                classpathOfFlink(),
                "org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint",
                arguments);
        return new ApplicationProcess(process, new FlinkRest(URI.create("http://localhost:" + port)));
    }

    /** What a Flink distribution has: this class path without what jobs bring, the broker, and the tools here. */
    private static String classpathOfFlink() {
        List<String> others = List.of(
                "millrace-",
                "classes",
                "test-classes",
                "kafka",
                "flink-connector-kafka",
                "jackson-",
                "scala-",
                "helm-",
                "lib-api",
                "linux-amd64",
                "jna-",
                "client-java",
                "gson",
                "json-schema",
                "picocli",
                "okio",
                "kotlin",
                "junit",
                "assertj");
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry ->
                        others.stream().noneMatch(Path.of(entry).getFileName().toString()::startsWith))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
