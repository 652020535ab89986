package io.millrace.logic.slo;

import io.millrace.schema.slo.SloAlert;
import io.millrace.schema.slo.SloAlert.Severity;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.Uuid5;
import java.time.Instant;
import java.util.UUID;

/** What is told of an alert. */
final class AlertView {
    private static final UUID ALERTS = UUID.fromString("0d4f6c1e-2f0b-5a53-9a5e-7b8f4c3d2e10");

    private AlertView() {}

    static SloAlert of(
            LagState lag,
            ObjectiveState by,
            Severity severity,
            SloAlert.State told,
            AlertState alert,
            String reason,
            long now) {
        Objective objective = by.objective();
        String group = lag.look().group();
        String topic = lag.look().topic();
        UUID id = Uuid5.of(
                ALERTS,
                String.join(
                        "\n",
                        objective.name(),
                        topic,
                        group,
                        severity.name(),
                        Long.toString(alert.openedAt()),
                        told.name(),
                        Integer.toString(alert.number())));
        return new SloAlert(
                new Envelope(id, "slo.alert", Instant.ofEpochMilli(now), Envelope.DEFAULT_TENANT, null, null),
                objective.name(),
                group,
                topic,
                told,
                severity,
                objective.label(severity),
                Instant.ofEpochMilli(alert.openedAt()),
                alert.number(),
                lag.verdict(),
                lag.lagMs(),
                lag.lagRecords(),
                lag.atLeast(),
                StatusView.rounded(by.budgetLeft(now)),
                reason,
                objective.owner(),
                objective.runbook());
    }
}
