"""Panels that the dashboard of each job has."""

from ..grafana import Panel


def running(job):
    return Panel(
        "Since when does the job run?",
        "ms",
        "How long it has been RUNNING without a restart; 0 while it does not.",
        {f'max(job:runningTime{{job_name="{job}"}})': "running"},
        kind="stat",
        thresholds=((0, "red"), (60_000, "green")),
    )


def behind(job, empty=""):
    return Panel(
        "How many records are still to be read?",
        "short",
        "Of each input, all subtasks together. A line that rises for minutes is a job that can't keep up.",
        {f'sum by (operator_name) (op:pendingRecords{{job_name="{job}"}})': "{{operator_name}}"},
        thresholds=((10_000, "red"),),
        empty=empty,
    )


def dead_letters(job, empty=""):
    return Panel(
        "What can't be accepted, and why?",
        "cps",
        f"Dead letters a second by code; `./millrace tail TOPIC-dlq --headers` tells the reason of each.",
        {f'sum by (code) (rate(op:code_dead_letters{{job_name="{job}"}}[$__rate_interval])) > 0': "{{code}}"},
        empty=empty or "every record that came could be accepted.",
    )


def input_clock(job):
    return Panel(
        "How far behind the wall clock is the input?",
        "ms",
        "The input clock: no timer runs ahead of it, so that what is sent at a time is late by as much. 0 is best.",
        {f'max by (operator_name) (op:input_clock_lag_ms{{job_name="{job}"}})': "{{operator_name}}"},
        thresholds=((30_000, "red"),),
    )


def horizon(job):
    return Panel(
        "How far ahead are wake-ups known (the horizon)?",
        "ms",
        "All wake-ups of this time are timers. Below 0, as after a long outage, what they send may be late.",
        {f'min by (operator_name) (op:wake_up_horizon_ms{{job_name="{job}"}})': "{{operator_name}}"},
        signed=True,
    )


def backpressure(job):
    return Panel(
        "Which task is the bottleneck?",
        "percentunit",
        "Share of time that the busiest subtask of each task works. Near 1, with those before it held back, that is it.",
        {f'max by (task_name) (task:busyTimeMsPerSecond{{job_name="{job}"}}) / 1000': "{{task_name}}"},
        thresholds=((0.9, "orange"),),
    )


def delays(job, what, empty=""):
    return Panel(
        f"How long from {what}?",
        "ms",
        "Of the slowest subtask, by quantile of the last thousands.",
        {f'max by (quantile) (op:decision_delay_ms{{job_name="{job}",quantile=~"0.5|0.95|0.99"}})': "p{{quantile}}"},
        thresholds=((60_000, "red"),),
        empty=empty,
    )


def sources(job):
    return Panel(
        "Do producers send as they should?",
        "short",
        "Since the start: records from the future (a clock is wrong), lost ones (retention was too short), and keys in "
        "another partition than Kafka's own producers choose.",
        {
            f'sum(op:{name}{{job_name="{job}"}})': name
            for name in ("records_from_the_future", "records_lost", "misplaced_keys")
        },
        thresholds=((1, "red"),),
    )
