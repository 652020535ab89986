"""The notifications job."""

from ..grafana import Dashboard, Panel
from . import every_job

JOB = "notifications"

DASHBOARD = Dashboard(
    "millrace-notifications",
    "Millrace: notifications",
    "Reminders, approvals, escalations and alerts on their way to people.",
    (
        every_job.running(JOB),
        Panel(
            "How many people and teams have preferences?",
            "short",
            "Of whom something is remembered.",
            {f'sum(op:remembered_keys{{job_name="{JOB}"}})': "people"},
            kind="stat",
        ),
        Panel(
            "How many notifications were given up?",
            "short",
            "Not taken by the receiver, or later than the catch-up allows, since the start of the job.",
            {"sum(op:notifications_failed)": "failed", "sum(op:notifications_too_late)": "too late"},
            kind="stat",
            thresholds=((1, "red"),),
            empty="the metrics are there once a notification was given up.",
        ),
        Panel(
            "How many notifications are sent, and what becomes of them?",
            "cps",
            "A second. What is sent and neither delivered nor failed is being tried.",
            {
                "sum(rate(op:notifications_sent[$__rate_interval]))": "sent",
                "sum(rate(op:notifications_delivered[$__rate_interval]))": "delivered",
                "sum(rate(op:notifications_failed[$__rate_interval]))": "failed",
            },
            empty="nobody has preferences.",
        ),
        Panel(
            "What becomes of what comes?",
            "cps",
            "sent, held for later, not wanted by anybody, repeated.",
            {f'sum by (effect) (rate(op:effect_decisions{{job_name="{JOB}"}}[$__rate_interval]))': "{{effect}}"},
        ),
        every_job.delays(JOB, "a notification's time until it was sent", empty="nobody has preferences."),
        every_job.dead_letters(JOB, "all that other jobs wrote could be read."),
        every_job.behind(JOB),
        every_job.input_clock(JOB),
        every_job.horizon(JOB),
        every_job.sources(JOB),
    ),
)
