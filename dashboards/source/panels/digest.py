"""The digest job."""

from ..grafana import Dashboard, Panel
from . import every_job

JOB = "digest"

DASHBOARD = Dashboard(
    "millrace-digest",
    "Millrace: digest",
    "Each person's open tasks at times of the day.",
    (
        every_job.running(JOB),
        Panel(
            "How many people are followed?",
            "short",
            "Of whom something is remembered.",
            {f'sum(op:remembered_keys{{job_name="{JOB}"}})': "people"},
            kind="stat",
        ),
        Panel(
            "How many digests were sent?",
            "short",
            "Since the start of the job.",
            {"sum(op:digests)": "digests"},
            kind="stat",
        ),
        Panel(
            "How many digests were given up?",
            "short",
            "Later than the catch-up allows, since the start of the job.",
            {"sum(op:digests_too_late)": "too late"},
            kind="stat",
            thresholds=((1, "red"),),
            empty="the metric is there once a digest was given up.",
        ),
        Panel(
            "When are digests sent?",
            "cps",
            "A second: peaks at the times of the schedule.",
            {"sum(rate(op:digests[$__rate_interval]))": "digests"},
        ),
        Panel(
            "What becomes of views of tasks?",
            "cps",
            "applied, stale (older than what is known), one task too many.",
            {f'sum by (effect) (rate(op:effect_decisions{{job_name="{JOB}"}}[$__rate_interval]))': "{{effect}}"},
        ),
        every_job.delays(JOB, "a digest's time until it was sent"),
        every_job.dead_letters(JOB, "every view on task-updates could be read."),
        every_job.behind(JOB),
        every_job.input_clock(JOB),
        every_job.horizon(JOB),
        every_job.sources(JOB),
    ),
)
