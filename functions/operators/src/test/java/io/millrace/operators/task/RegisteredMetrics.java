package io.millrace.operators.task;

import io.millrace.operators.deadletter.Rejections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;

/** The metrics a reporter would see, by name; those of a group {@code key=value} by {@code name{key=value}}. */
final class RegisteredMetrics {
    private final Map<String, Metric> metrics = new ConcurrentHashMap<>();
    private final TaskMetricGroup task;

    RegisteredMetrics() {
        TestingMetricRegistry registry = TestingMetricRegistry.builder()
                .setRegisterConsumer(
                        (metric, name, group) -> metrics.put(name + labels(group.getAllVariables()), metric))
                .build();
        task = TaskManagerMetricGroup.createTaskManagerMetricGroup(registry, "localhost", ResourceID.generate())
                .addJob(new JobID(), "job")
                .addTask(ExecutionAttemptID.randomId(), "task");
    }

    private static String labels(Map<String, String> variables) {
        String code = variables.get("<" + Rejections.CODE + ">");
        return code == null ? "" : "{" + Rejections.CODE + "=" + code + "}";
    }

    TaskMetricGroup group() {
        return task;
    }

    long count(String name) {
        return ((Counter) metric(name)).getCount();
    }

    long deadLetters(String code) {
        return count(Rejections.COUNT + "{" + Rejections.CODE + "=" + code + "}");
    }

    long gauge(String name) {
        return (Long) ((Gauge<?>) metric(name)).getValue();
    }

    Histogram histogram(String name) {
        return (Histogram) metric(name);
    }

    private Metric metric(String name) {
        Metric metric = metrics.get(name);
        if (metric == null) {
            throw new AssertionError("no metric " + name + " among " + metrics.keySet());
        }
        return metric;
    }
}
