"""The analytics job."""

from ..grafana import Dashboard, Panel
from . import every_job

JOB = "analytics"
RATE = "[$__rate_interval]"

DASHBOARD = Dashboard(
    "millrace-analytics",
    "Millrace: analytics",
    "Figures by hour and day, of what the topics say.",
    (
        every_job.running(JOB),
        Panel(
            "How many keys are remembered?",
            "short",
            "Tasks, calls, ids and rows. Steady once their time has passed.",
            {f'sum(op:remembered_keys{{job_name="{JOB}"}})': "keys"},
            kind="stat",
        ),
        Panel(
            "How many came too late for any row?",
            "short",
            "Since the start of the job.",
            {f'sum(op:effect_decisions{{job_name="{JOB}",effect="too_late"}})': "too late"},
            kind="stat",
            thresholds=((1, "orange"),),
        ),
        Panel(
            "How many figures are told?",
            "cps",
            "Rows a second, corrections among them.",
            {f"sum(rate(op:figures_told{RATE}))": "figures"},
        ),
        Panel(
            "What becomes of what comes?",
            "cps",
            "counted, applied, added; known already; too late.",
            {f'sum by (effect) (rate(op:effect_decisions{{job_name="{JOB}"}}{RATE}))': "{{effect}}"},
        ),
        every_job.delays(JOB, "an event to what it led to"),
        every_job.dead_letters(JOB, "all that other jobs wrote could be read."),
        every_job.behind(JOB),
        every_job.input_clock(JOB),
        every_job.horizon(JOB),
        every_job.sources(JOB),
        every_job.backpressure(JOB),
    ),
)
