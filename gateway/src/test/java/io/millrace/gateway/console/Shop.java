package io.millrace.gateway.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.GatewayBed;
import io.millrace.gateway.TestRecords;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a shop's day has on the topics: something of every kind that the console shows. */
final class Shop {
    static final String TENANT = "default";
    static final String RUN = "patch-billing-7";

    private final TestRecords log = new TestRecords();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final List<SourceRecord> records = new ArrayList<>();

    /** Tells a gateway all of it. */
    static Shop in(GatewayBed gateway) throws Exception {
        Shop shop = new Shop();
        shop.tasks();
        shop.runs();
        shop.history();
        shop.conversations();
        shop.platform();
        gateway.model().live().tell(shop.records);
        return shop;
    }

    TestRecords log() {
        return log;
    }

    private String at(Duration from) {
        return now.plus(from).toString();
    }

    private static Duration hours(long hours) {
        return Duration.ofHours(hours);
    }

    private void task(
            String id, String title, String priority, Duration due, String tags, Consumer<ObjectNode> change) {
        records.add(log.task(TENANT, "ann", id, 1, view -> {
            view.put("title", title).put("created_at", at(hours(-30))).put("updated_at", at(hours(-2)));
            if (priority != null) {
                view.put("priority", priority);
            }
            if (due != null) {
                view.put("due_at", at(due)).put("time_zone", "Europe/Paris");
                view.putArray("remind_before_minutes").add(60);
            }
            if (!tags.isEmpty()) {
                List.of(tags.split(" ")).forEach(view.putArray("tags")::add);
            }
            change.accept(view);
        }));
    }

    private void tasks() {
        task("t-1", "Call the carrier about parcel 4471", "P1", hours(-3), "shipping", view -> {});
        task(
                "t-2",
                "Answer the reviews of last week",
                "P3",
                Duration.ofMinutes(50),
                "marketing",
                view -> view.put("description", "Thank for the good ones; offer a refund where the cup was broken."));
        task("t-3", "Count the till", "P2", hours(2), "shop", view -> view.putObject("recurrence")
                .put("rule", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")
                .put("dtstart", "2026-11-02T18:00:00"));
        task("t-4", "Pay the rent", "P1", hours(60), "money shop", view -> view.putObject("recurrence")
                .put("every", "monthly"));
        task("t-5", "Order paper bags", "P4", hours(24 * 12), "shop", view -> {});
        task("t-6", "Ideas for the spring window", null, null, "", view -> {});
        task("t-7", "Photograph the new mugs", "P3", hours(-26), "marketing", view -> view.put("status", "completed"));
        records.add(reminder("t-1", "Call the carrier about parcel 4471", hours(-4)));
        records.add(reminder("t-2", "Answer the reviews of last week", Duration.ofMinutes(-10)));
    }

    private SourceRecord reminder(String task, String title, Duration at) {
        SourceRecord record = log.reminder(TENANT, "ann", task, now.plus(at));
        return changed(record, event -> event.put("title", title).put("sent_at", at(at)));
    }

    static SourceRecord changed(SourceRecord record, Consumer<ObjectNode> change) {
        ObjectNode event = (ObjectNode) TestRecords.json(record.value());
        change.accept(event);
        return new SourceRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.key(),
                event.toString().getBytes(StandardCharsets.UTF_8),
                record.headers());
    }

    private void history() throws IOException {
        String text = Files.readString(Path.of("../docs/examples/workflows/patch-approval.yaml"));
        records.add(log.workflowOf(TENANT, "patch-approval", "1.0.0", text));
        told(1, "run_started", null, event -> {});
        told(2, "step_started", "/do/0/plan", event -> {});
        told(3, "step_retried", "/do/0/plan", event -> event.put("attempt", 2).put("detail", "no answer within 10 s"));
        told(4, "step_completed", "/do/0/plan", event -> event.put("attempt", 2).put("duration_ms", 84_000));
        told(5, "step_started", "/do/1/approve", event -> event.put("kind", "approval"));
        told(6, "step_waiting", "/do/1/approve", event -> event.put("kind", "approval"));
        told(7, "decision_accepted", "/do/1/approve", event -> event.put("by", "ada@example.com"));
    }

    private void told(long number, String change, String step, Consumer<ObjectNode> more) {
        records.add(log.step(TENANT, RUN, number, change, step, event -> {
            event.put("workflow", "patch-approval")
                    .put("occurred_at", at(Duration.ofMinutes(-42).plusSeconds(number)));
            more.accept(event);
        }));
    }

    private void runs() {
        records.add(log.run(TENANT, RUN, 7, "waiting", run -> {
            run.put("workflow", "patch-approval")
                    .put("version", "1.0.0")
                    .put("started_at", at(Duration.ofMinutes(-42)));
            run.remove(List.of("ended_at", "output", "error", "parent_run_id"));
            run.putArray("waiting_for")
                    .addObject()
                    .put("kind", "approval")
                    .put("step", "/do/1/approve")
                    .put("name", "Apply the patch to billing?")
                    .put("token", "q-1")
                    .put("since", at(Duration.ofMinutes(-40)))
                    .put("until", at(hours(5)));
        }));
        records.add(changed(log.approval(TENANT, RUN, "q-1", "ann", "ada@example.com"), asked -> {
            asked.put("message", "Apply the patch to billing?")
                    .put("workflow", "patch-approval")
                    .put("step", "/do/1/approve")
                    .put("expires_at", at(hours(5)))
                    .put("quorum", 2);
            asked.putObject("input").put("service", "billing").put("patch", "Fixes the rounding of discounts.");
        }));
        records.add(changed(log.decision(TENANT, RUN, "q-1", "ada@example.com"), decided -> decided.put(
                        "occurred_at", at(Duration.ofMinutes(-12)))
                .put("comment", "Tested on staging.")));
        records.add(run("order-3318", "order-saga", "running", hours(-1), "customer", "cu-81"));
        records.add(run("order-3317", "order-saga", "completed", hours(-2), "customer", "cu-77"));
        records.add(log.run(TENANT, "report-112", 4, "failed", run -> run.put("workflow", "report-pipeline")
                .put("started_at", at(hours(-5)))
                .put("ended_at", at(hours(-5).plusMinutes(3)))
                .remove(List.of("output", "parent_run_id"))));
    }

    private SourceRecord run(String id, String workflow, String state, Duration since, String name, String value) {
        return log.run(TENANT, id, 3, state, run -> {
            run.put("workflow", workflow).put("started_at", at(since));
            run.remove(List.of("error", "output", "parent_run_id", "ended_at"));
            if (state.equals("completed")) {
                run.put("ended_at", at(since.plusSeconds(94)));
            }
            run.putObject("attributes").put(name, value);
        });
    }

    private void conversations() {
        conversation(
                "c-12", "escalated", view -> view.put("customer_id", "cu-81").put("reason", "customer_asked"));
        conversation(
                "c-11", "answering", view -> view.put("customer_id", "cu-64").put("intent", "return"));
        conversation(
                "c-10", "assigned", view -> view.put("customer_id", "cu-12").put("assigned_to", "ann"));
        conversation("c-9", "closed", view -> view.put("customer_id", "cu-70").remove("waiting_since"));
    }

    private void conversation(String id, String state, Consumer<ObjectNode> change) {
        records.add(changed(log.conversation(TENANT, id, 3, state), view -> {
            view.put("started_at", at(Duration.ofMinutes(-30))).put("waiting_since", at(Duration.ofMinutes(-6)));
            view.remove(List.of("assigned_to", "reason", "rating"));
            change.accept(view);
        }));
    }

    private void platform() {
        records.add(log.agent("summariser", "3"));
        records.add(changed(log.agent("deployer", "1"), agent -> agent.put("risk", "APPROVAL_REQUIRED")));
        records.add(log.slo("billing", "orders", "stopped", at(Duration.ofMinutes(-1))));
        records.add(changed(log.slo("millrace-tasks", "task-events", "ok", at(Duration.ofMinutes(-1))), status -> {
            status.put("lag_ms", 84)
                    .put("lag_records", 3)
                    .put("members", "some")
                    .put("since", at(hours(-9)));
            status.putArray("partitions");
            status.putArray("objectives");
            status.remove("unread_deleted_at");
        }));
        records.add(letter(ErrorCode.UNKNOWN_TASK, "no task t-99 came within 24 h", 3));
        records.add(letter(ErrorCode.UNKNOWN_TASK, "no task t-98 came within 24 h", 4));
        records.add(letter(ErrorCode.INVALID_VALUE, "priority: must be one of P1, P2, P3, P4", 5));
    }

    private SourceRecord letter(ErrorCode code, String why, long offset) {
        SourceRecord letter = log.letter(Topics.TASK_EVENTS, TestRecords.example("task.completed"), code, why, offset);
        return new SourceRecord(
                letter.topic(),
                letter.partition(),
                letter.offset(),
                now.minusSeconds(60 * offset).toEpochMilli(),
                letter.key(),
                letter.value(),
                letter.headers());
    }
}
