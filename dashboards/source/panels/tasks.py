"""The tasks job."""

from ..grafana import Dashboard, Panel
from . import every_job

JOB = "tasks"
RATE = "[$__rate_interval]"

DASHBOARD = Dashboard(
    "millrace-tasks",
    "Millrace: tasks",
    "Task events in; reminders, views and next occurrences out.",
    (
        every_job.running(JOB),
        Panel(
            "How many reminders are still to come?",
            "short",
            "Armed reminders of all series.",
            {"sum(op:pending_reminders)": "pending"},
            kind="stat",
        ),
        Panel(
            "How many reminders were given up?",
            "short",
            "Later than the catch-up allows, since the start of the job: nobody was reminded.",
            {"sum(op:reminders_too_late)": "too late"},
            kind="stat",
            thresholds=((1, "red"),),
        ),
        Panel(
            "How many events wait for their task?",
            "short",
            "Since the start: they came before the task was created.",
            {"sum(op:waited)": "waited"},
            kind="stat",
        ),
        Panel(
            "What becomes of events?",
            "cps",
            "Accepted, without effect, known already, the job's own, put aside.",
            {
                f"sum(rate(op:{name}{RATE}))": name
                for name in ("accepted", "no_effect", "duplicates", "recognised", "waited")
            },
        ),
        Panel(
            "How many reminders are sent?",
            "cps",
            "A second, all subtasks together.",
            {f"sum(rate(op:reminders{RATE}))": "reminders"},
        ),
        Panel(
            "How late are reminders?",
            "ms",
            "From a reminder's moment until it was sent, of the slowest subtask.",
            {'max by (quantile) (op:reminder_lateness_ms{quantile=~"0.5|0.95|0.99"})': "p{{quantile}}"},
            thresholds=((60_000, "red"),),
        ),
        Panel(
            "How soon is a change to be seen?",
            "ms",
            "From an event's log time until its view was sent.",
            {'max by (quantile) (op:event_to_update_ms{quantile=~"0.5|0.95|0.99"})': "p{{quantile}}"},
            thresholds=((30_000, "red"),),
        ),
        Panel(
            "How many next occurrences are made?",
            "cps",
            "Of recurring tasks, on completion or on schedule.",
            {f"sum(rate(op:occurrences_made{RATE}))": "occurrences"},
        ),
        every_job.dead_letters(JOB),
        every_job.behind(JOB),
        every_job.input_clock(JOB),
        every_job.horizon(JOB),
        every_job.sources(JOB),
        every_job.backpressure(JOB),
    ),
)
