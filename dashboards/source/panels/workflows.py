"""The workflows job."""

from ..grafana import Dashboard, Panel
from . import every_job

JOB = "workflows"
RATE = "[$__rate_interval]"
OF_JOB = f'job_name="{JOB}"'

DASHBOARD = Dashboard(
    "millrace-workflows",
    "Millrace: workflows",
    "Starts and answers in; calls, approvals and ends of runs out.",
    (
        every_job.running(JOB),
        Panel(
            "How many versions of workflows are known?",
            "short",
            "As each subtask knows them.",
            {"max(op:workflow_definitions)": "versions"},
            kind="stat",
        ),
        Panel(
            "How many runs are remembered?",
            "short",
            "Open ones, and those that ended and are not forgotten yet.",
            {f'sum(op:remembered_keys{{{OF_JOB},operator_name="runs"}})': "runs"},
            kind="stat",
        ),
        Panel(
            "How many starts were refused?",
            "short",
            "Since the start of the job: no definition came, or there was no room.",
            {"sum(op:starts_refused)": "refused"},
            kind="stat",
            thresholds=((1, "orange"),),
        ),
        Panel(
            "How many runs begin and end?",
            "cps",
            "A second, by what happened.",
            {f'sum by (change) (rate(op:change_workflow_events{{change=~"run_.*"}}{RATE}))': "{{change}}"},
        ),
        Panel(
            "Are as many ended as began?",
            "short",
            "Of the last hour: those that began less those that ended. Above 0 for hours is a growing number of open runs.",
            {
                'sum(increase(op:change_workflow_events{change="run_started"}[1h]))'
                ' - (sum(increase(op:change_workflow_events{change=~"run_completed|run_failed|run_cancelled"}[1h]))'
                " or vector(0))": "more open"
            },
            signed=True,
        ),
        Panel(
            "Which share of runs fails?",
            "percentunit",
            "Of those that completed or failed.",
            {
                f'(sum(rate(op:change_workflow_events{{change="run_failed"}}{RATE})) or vector(0))'
                f' / (sum(rate(op:change_workflow_events{{change=~"run_completed|run_failed"}}{RATE})) > 0)': "failed"
            },
            thresholds=((0.2, "red"),),
        ),
        Panel(
            "What becomes of steps?",
            "cps",
            "Started, waiting (for an agent, a person, a time or a signal), tried again, completed, failed, cancelled, skipped.",
            {f'sum by (change) (rate(op:change_workflow_events{{change=~"step_.*"}}{RATE}))': "{{change}}"},
        ),
        Panel(
            "How do people decide?",
            "cps",
            "Decisions that count, those of people who may not or came too late, and approvals that went on to others.",
            {
                f'sum by (change) (rate(op:change_workflow_events{{change=~"decision_.*|approval_.*"}}{RATE}))': "{{change}}"
            },
            empty="nobody was asked to decide.",
        ),
        Panel(
            "What becomes of what comes to runs?",
            "cps",
            "applied; stale and early are no fault; refused and unknown_run are a caller's mistake; parked waits for its run.",
            {
                f'sum by (effect) (rate(op:effect_decisions{{{OF_JOB},operator_name="runs"}}{RATE}))': "{{effect}}"
            },
        ),
        every_job.delays(JOB, "an answer until the next step is on its way"),
        every_job.dead_letters(JOB),
        every_job.behind(JOB),
        every_job.input_clock(JOB),
        every_job.horizon(JOB),
        every_job.sources(JOB),
        every_job.backpressure(JOB),
    ),
)
