package io.millrace.testing.flink;

import io.millrace.operations.flink.FlinkRest;
import io.millrace.operations.flink.FlinkRestException;
import io.millrace.testing.Await;
import io.millrace.testing.process.FreePort;
import io.millrace.testing.process.OsProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A Flink session cluster of real processes on this machine: one JobManager and some TaskManagers, which can be killed.
 * In its directory are {@code conf}, {@code logs} with a file for each process, and {@code tmp}.
 *
 * <p>The JobManager keeps no jobs across its own end: there is no high availability. Not thread-safe.
 */
public final class FlinkProcesses implements AutoCloseable {
    private static final String JOB_MANAGER = "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
    private static final String TASK_MANAGER = "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";

    /** Processes are killed and the machine is busy: an answer may take its time. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

    private final Builder settings;
    private final Path configuration;
    private final String restUrl;
    private final FlinkRest rest;
    private final List<OsProcess> taskManagers = new ArrayList<>();
    private OsProcess jobManager;

    private FlinkProcesses(Builder settings) {
        this.settings = settings;
        this.configuration = settings.directory.resolve("conf");
        int restPort = FreePort.find();
        this.restUrl = "http://localhost:" + restPort;
        this.rest = new FlinkRest(URI.create(restUrl), ANSWER_LIMIT);
        FlinkSettings.write(configuration, configuration(restPort));
        launchJobManager();
    }

    /**
     * @param directory for configuration, logs and temporary files; made when it is not there
     * @param classpath of the processes, with flink-runtime, flink-clients, for uploading jars flink-runtime-web, and
     *     what jobs do not bring themselves
     */
    public static Builder in(Path directory, String classpath) {
        return new Builder(directory, classpath);
    }

    private Map<String, String> configuration(int restPort) {
        Map<String, String> all = new HashMap<>();
        all.put("jobmanager.rpc.address", "localhost");
        all.put("jobmanager.rpc.port", Integer.toString(FreePort.find()));
        all.put("jobmanager.bind-host", "localhost");
        all.put("jobmanager.memory.process.size", "1600mb");
        all.put("rest.address", "localhost");
        all.put("rest.bind-address", "localhost");
        all.put("rest.port", Integer.toString(restPort));
        all.put("taskmanager.host", "localhost");
        all.put("taskmanager.bind-host", "localhost");
        all.put("web.upload.dir", settings.directory.resolve("tmp").toString());
        all.put("io.tmp.dirs", settings.directory.resolve("tmp").toString());
        // A killed TaskManager is noticed in seconds.
        all.put("heartbeat.interval", "2 s");
        all.put("heartbeat.timeout", "10 s");
        all.putAll(settings.configuration);
        return all;
    }

    private OsProcess start(String name, List<String> jvm, String main, List<String> arguments) {
        List<String> all = new ArrayList<>(List.of("--configDir", configuration.toString()));
        all.addAll(arguments);
        return OsProcess.java(name, settings.directory.resolve("logs"), jvm, settings.classpath, main, all);
    }

    /** Starts the JobManager, where the former one was, and does not wait; see {@link #awaitRest}. */
    public void launchJobManager() {
        List<String> jvm = new ArrayList<>(FlinkSettings.jvm(configuration));
        jvm.add("-Xmx" + settings.jobManagerHeapMb + "m");
        jobManager = start("jobmanager", jvm, JOB_MANAGER, List.of());
    }

    /** The process of the JobManager, to be killed or paused; another one after {@link #launchJobManager}. */
    public OsProcess jobManager() {
        return jobManager;
    }

    /**
     * Returns when the REST API answers.
     *
     * @throws IllegalStateException when that takes too long or the process ends, with the end of its log
     */
    public void awaitRest() {
        Await.until("an answer at " + restUrl, settings.limit, jobManager::describe, () -> {
            requireAlive(jobManager);
            return answers();
        });
    }

    private boolean answers() {
        try {
            rest.version();
            return true;
        } catch (FlinkRestException e) {
            return false;
        }
    }

    /**
     * Starts one more TaskManager and waits until its slots are registered.
     *
     * @return its index, for {@link #killTaskManager}
     * @throws AssertionError when that takes too long or the process ends, with the end of its log
     */
    public int startTaskManager() {
        int index = launchTaskManager();
        awaitTaskManager(index);
        return index;
    }

    /**
     * Starts one more TaskManager and does not wait.
     *
     * @return its index, for {@link #taskManager}
     */
    public int launchTaskManager() {
        int index = taskManagers.size();
        List<String> jvm = new ArrayList<>(FlinkSettings.jvm(configuration));
        jvm.addAll(FlinkSettings.taskManagerJvm(settings.heapMb));
        jvm.addAll(settings.taskManagerFlags);
        List<String> arguments = new ArrayList<>(
                FlinkSettings.taskManagerArguments(settings.slots, settings.heapMb, settings.managedMb));
        arguments.add("-D");
        arguments.add("taskmanager.resource-id=" + resourceId(index));
        taskManagers.add(start(resourceId(index), jvm, TASK_MANAGER, arguments));
        return index;
    }

    /** The process of a TaskManager, to be killed or paused; indexes count from 0 in the order of their start. */
    public OsProcess taskManager(int index) {
        return taskManagers.get(index);
    }

    /**
     * Returns when that TaskManager is registered.
     *
     * @throws IllegalStateException when that takes too long or the process ends, with the end of its log
     */
    public void awaitTaskManager(int index) {
        OsProcess process = taskManagers.get(index);
        Await.until(resourceId(index) + " to be registered", settings.limit, process::describe, () -> {
            requireAlive(process);
            return rest.taskManagers().contains(resourceId(index));
        });
    }

    private static void requireAlive(OsProcess process) {
        if (!process.isAlive()) {
            throw new AssertionError(process.describe());
        }
    }

    private static String resourceId(int index) {
        return "taskmanager-" + index;
    }

    /**
     * Ends a TaskManager as a crash would (SIGKILL) and returns when the process is gone; the cluster notices later.
     *
     * @param index counted from 0 in the order of their start
     */
    public void killTaskManager(int index) {
        taskManagers.get(index).kill();
    }

    /** The indexes of the TaskManagers whose processes run. */
    public List<Integer> runningTaskManagers() {
        List<Integer> running = new ArrayList<>();
        for (int i = 0; i < taskManagers.size(); i++) {
            if (taskManagers.get(i).isAlive()) {
                running.add(i);
            }
        }
        return running;
    }

    /** The address of the REST API and of the dashboard. */
    public String restUrl() {
        return restUrl;
    }

    public FlinkRest rest() {
        return rest;
    }

    public JobWaits jobs() {
        return new JobWaits(rest);
    }

    /** The ends of all logs, for the message of a failed test. */
    public String describe() {
        StringBuilder text = new StringBuilder(jobManager.describe());
        taskManagers.forEach(each -> text.append("\n\n").append(each.describe()));
        return text.toString();
    }

    /** Ends all processes, each within ten seconds. */
    @Override
    public void close() {
        taskManagers.forEach(OsProcess::kill);
        // One that is paused would not end.
        jobManager.resume();
        jobManager.stop();
    }

    /** What to start. Not thread-safe. */
    public static final class Builder {
        private final Path directory;
        private final String classpath;
        private final Map<String, String> configuration = new HashMap<>();
        private final List<String> taskManagerFlags = new ArrayList<>();
        private int count = 1;
        private int slots = 2;
        private int heapMb = 256;
        private int managedMb = 128;
        private int jobManagerHeapMb = 512;
        private Duration limit = Duration.ofSeconds(60);

        private Builder(Path directory, String classpath) {
            this.directory = directory.toAbsolutePath();
            this.classpath = classpath;
        }

        /** How many TaskManagers, and how many slots each has; default 1 and 2. */
        public Builder taskManagers(int count, int slots) {
            this.count = count;
            this.slots = slots;
            return this;
        }

        /** Heap for tasks and managed memory of each TaskManager, in MiB; default 256 and 128. */
        public Builder memory(int heapMb, int managedMb) {
            this.heapMb = heapMb;
            this.managedMb = managedMb;
            return this;
        }

        /** Heap of the JobManager, in MiB; default 512. */
        public Builder jobManagerHeap(int heapMb) {
            this.jobManagerHeapMb = heapMb;
            return this;
        }

        /** A setting of the cluster, by Flink's own name; wins over what this class chooses. */
        public Builder setting(String name, String value) {
            configuration.put(name, value);
            return this;
        }

        /** A flag of the TaskManagers' JVMs; wins over what this class chooses, which is for a quick start. */
        public Builder taskManagerFlag(String flag) {
            taskManagerFlags.add(flag);
            return this;
        }

        /** How long each start may take; default 60 s. */
        public Builder startLimit(Duration limit) {
            this.limit = limit;
            return this;
        }

        /**
         * Starts the processes and returns when the REST API answers and all slots are registered.
         *
         * @throws AssertionError when that takes too long or a process ends, with the end of its log; nothing is
         *     left running
         */
        public FlinkProcesses start() {
            FlinkProcesses cluster = new FlinkProcesses(this);
            try {
                List<Integer> launched = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    launched.add(cluster.launchTaskManager());
                }
                cluster.awaitRest();
                launched.forEach(cluster::awaitTaskManager);
                return cluster;
            } catch (RuntimeException | AssertionError e) {
                cluster.close();
                throw e;
            }
        }
    }
}
