package io.millrace.operators.metric;

import io.millrace.operators.deadletter.Rejections;
import io.millrace.operators.rollout.RolloutMetrics;
import java.util.List;
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
public final class RegisteredMetrics {
    private final Map<String, Metric> metrics = new ConcurrentHashMap<>();
    private final TaskMetricGroup task;

    public RegisteredMetrics() {
        TestingMetricRegistry registry = TestingMetricRegistry.builder()
                .setRegisterConsumer(
                        (metric, name, group) -> metrics.put(name + labels(group.getAllVariables()), metric))
                .build();
        task = TaskManagerMetricGroup.createTaskManagerMetricGroup(registry, "localhost", ResourceID.generate())
                .addJob(new JobID(), "job")
                .addTask(ExecutionAttemptID.randomId(), "task");
    }

    private static String labels(Map<String, String> variables) {
        StringBuilder text = new StringBuilder();
        for (String label : List.of(Rejections.CODE, RolloutMetrics.FLAG)) {
            String value = variables.get("<" + label + ">");
            text.append(value == null ? "" : "{" + label + "=" + value + "}");
        }
        return text.toString();
    }

    public TaskMetricGroup group() {
        return task;
    }

    public long count(String name) {
        return ((Counter) metric(name)).getCount();
    }

    public long deadLetters(String code) {
        return count(Rejections.COUNT + "{" + Rejections.CODE + "=" + code + "}");
    }

    public long gauge(String name) {
        return (Long) ((Gauge<?>) metric(name)).getValue();
    }

    public Histogram histogram(String name) {
        return (Histogram) metric(name);
    }

    public boolean has(String name) {
        return metrics.containsKey(name);
    }

    private Metric metric(String name) {
        Metric metric = metrics.get(name);
        if (metric == null) {
            throw new AssertionError("no metric " + name + " among " + metrics.keySet());
        }
        return metric;
    }
}
