package io.millrace.local.smoke;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.local.agent.AgentCaller;
import io.millrace.local.agent.AgentException;
import io.millrace.local.agent.CallAnswer;
import io.millrace.local.agent.CallForm;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.topic.Rejection;
import io.millrace.local.topic.TopicException;
import io.millrace.local.topic.TopicPublisher;
import io.millrace.local.topic.TopicWait;
import io.millrace.operations.flink.FlinkRest;
import io.millrace.operations.flink.FlinkRestException;
import io.millrace.operations.flink.JobOverview;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.agent.CacheMode;
import io.millrace.schema.wire.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Tries a running platform. What it leaves behind: a task of the user {@code millrace-smoke} that is done, a call, and
 * a dead letter with {@code not_json}.
 */
public final class Smoke {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String USER = "millrace-smoke";
    /** Nobody is registered so: the job says so itself, which costs nothing. */
    private static final String NOBODY = "millrace-smoke-nobody";

    private final KafkaConnection kafka;
    private final Duration limit;

    /** @param limit how long each thing may take */
    public Smoke(KafkaConnection kafka, Duration limit) {
        this.kafka = kafka;
        this.limit = limit;
    }

    /** Every job of a cluster runs, and has taken a checkpoint. */
    public Verdict health(FlinkRest flink) {
        return judged("jobs at " + flink.address(), () -> {
            List<JobOverview> jobs =
                    flink.jobs().stream().filter(job -> !job.isEnded()).toList();
            if (jobs.isEmpty()) {
                return problem("none runs there");
            }
            for (JobOverview job : jobs) {
                if (!job.isFullyRunning()) {
                    return problem(job.name() + " is " + job.state() + ", " + job.running() + " of " + job.tasks()
                            + " tasks run");
                }
                if (flink.checkpoints(job.id()).completed() == 0) {
                    return problem(job.name() + " has taken no checkpoint yet");
                }
            }
            return seen(
                    String.join(", ", jobs.stream().map(JobOverview::name).toList()) + " running, with checkpoints");
        });
    }

    /** A task that is due at once is reminded of. */
    public Verdict task() {
        return judged("a task and its reminder", () -> {
            String task = UUID.randomUUID().toString();
            try (TopicWait wait = new TopicWait(kafka, List.of(Topics.REMINDERS, Topics.TASK_EVENTS_DLQ))) {
                RecordMetadata created = publish(event("task.created", task)
                        .put("title", "Smoke")
                        .put("due_at", Instant.now().toString()));
                Optional<Outcome> found = wait.await(limit, record -> reminderOf(task, created, record));
                publish(event("task.completed", task));
                return found.orElseGet(() -> problem("none within " + limit.toSeconds()
                        + " s; does the tasks job run, and is it behind? ./millrace slo show millrace-tasks"));
            }
        });
    }

    private static Optional<Outcome> reminderOf(
            String task, RecordMetadata event, ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(Topics.TASK_EVENTS_DLQ)) {
            return Rejection.of(record)
                    .filter(letter -> letter.isOf(event.topic(), event.partition(), event.offset()))
                    .map(letter -> problem("the event was refused: " + letter));
        }
        return json(record)
                .filter(reminder -> reminder.path("task_id").asText().equals(task))
                .map(reminder -> seen("late by " + reminder.path("late_by_ms").asLong() + " ms"));
    }

    /** @param agent who is called; null to see that the job refuses a call of nobody */
    public Verdict call(String agent) {
        String name = agent == null ? NOBODY : agent;
        return judged(agent == null ? "a call that has to be refused" : "a call of " + agent, () -> {
            CallForm form = new CallForm(
                    "default", UUID.randomUUID().toString(), name, "null", "--input", limit, CacheMode.OFF, null);
            return new AgentCaller(kafka)
                    .ask(form.call(), limit)
                    .map(answer -> agent == null ? refused(answer) : answered(answer))
                    .orElseGet(() -> problem("no result within " + limit.toSeconds() + " s; does the agents job run?"));
        });
    }

    private static Outcome refused(CallAnswer answer) {
        AgentResult result = answer.result();
        boolean right =
                result != null && result.error() != null && result.error().code() == AgentErrorCode.UNKNOWN_AGENT;
        return right ? seen("refused as unknown, as it should be") : problem("unexpected: " + told(answer));
    }

    private static Outcome answered(CallAnswer answer) {
        boolean right = answer.result() != null && answer.result().output() != null;
        return right ? seen(told(answer)) : problem(told(answer));
    }

    private static String told(CallAnswer answer) {
        if (answer.result() == null) {
            return "dead letter: " + answer.rejection();
        }
        AgentResult result = answer.result();
        return result.status()
                + (result.error() == null ? "" : " (" + result.error().code() + ")") + " after " + result.totalMs()
                + " ms";
    }

    /** What is no event comes back as a dead letter, with its bytes. */
    public Verdict deadLetter() {
        return judged("a dead letter", () -> {
            byte[] rubbish = ("smoke " + UUID.randomUUID()).getBytes(StandardCharsets.UTF_8);
            try (TopicWait wait = new TopicWait(kafka, List.of(Topics.TASK_EVENTS_DLQ))) {
                RecordMetadata sent = send(rubbish);
                return wait.await(limit, record -> Rejection.of(record)
                                .filter(letter -> letter.isOf(sent.topic(), sent.partition(), sent.offset()))
                                .map(letter -> Arrays.equals(record.value(), rubbish)
                                        ? seen("with its bytes and " + letter.code())
                                        : problem("its bytes are not those that were sent")))
                        .orElseGet(() -> problem("none within " + limit.toSeconds() + " s"));
            }
        });
    }

    private RecordMetadata publish(ObjectNode event) {
        return send(event.toString().getBytes(StandardCharsets.UTF_8));
    }

    private RecordMetadata send(byte[] value) {
        return TopicPublisher.send(
                kafka, new ProducerRecord<>(Topics.TASK_EVENTS, USER.getBytes(StandardCharsets.UTF_8), value));
    }

    private static ObjectNode event(String type, String task) {
        return JSON.createObjectNode()
                .put("schema_version", 1)
                .put("event_id", UUID.randomUUID().toString())
                .put("event_type", type)
                .put("occurred_at", Instant.now().toString())
                .put("user_id", USER)
                .put("task_id", task);
    }

    private static Optional<JsonNode> json(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() == null ? Optional.empty() : Optional.of(JSON.readTree(record.value()));
        } catch (JsonProcessingException e) {
            // Whatever somebody wrote there, it is no reminder.
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("there is nothing to read from but memory", e);
        }
    }

    private record Outcome(boolean isWell, String detail) {}

    private static Outcome seen(String detail) {
        return new Outcome(true, detail);
    }

    private static Outcome problem(String detail) {
        return new Outcome(false, detail);
    }

    /** What can't be tried is a verdict as well. */
    private static Verdict judged(String what, Supplier<Outcome> trial) {
        long start = System.nanoTime();
        Outcome outcome;
        try {
            outcome = trial.get();
        } catch (TopicException | FlinkRestException | AgentException e) {
            outcome = problem(e.getMessage());
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return outcome.isWell()
                ? Verdict.well(what, took, outcome.detail())
                : Verdict.failed(what, took, outcome.detail());
    }
}
