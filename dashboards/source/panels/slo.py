"""The slo job, and how late consumer groups are."""

from ..grafana import Dashboard, Panel
from . import every_job

JOB = "slo"
OF_GROUP = 'consumer_group=~"$group"'
NAME = "{{consumer_group}} {{topic}}"
MEASURED = "op:consumer_group_topic_"

DASHBOARD = Dashboard(
    "millrace-slo",
    "Millrace: how late consumer groups are",
    "Lag in seconds, verdicts and error budgets of every consumer group.",
    (
        every_job.running(JOB),
        Panel(
            "How many partitions are watched?",
            "short",
            "Of all groups, at the last look.",
            {"sum(op:sampled_partitions)": "partitions"},
            kind="stat",
        ),
        Panel(
            "How much is left of the scarcest budget?",
            "percentunit",
            "1 is all of it. At 0 the objective is missed.",
            {f"min({MEASURED}least_budget_left)": "left"},
            kind="stat",
            signed=True,
        ),
        Panel(
            "How many alerts on objectives were opened?",
            "short",
            "In the time range of the page, as slo-alerts has them.",
            {'sum(increase(op:state_alerts{state="opened"}[$__range]))': "opened"},
            kind="stat",
            thresholds=((1, "red"),),
        ),
        Panel(
            "How late is each group?",
            "ms",
            "Log time of the sample less that of the first record that the group has not read.",
            {f"max by (consumer_group, topic) ({MEASURED}lag_ms{{{OF_GROUP}}})": NAME},
            thresholds=((60_000, "red"),),
        ),
        Panel(
            "How many records are unread?",
            "short",
            "Of all partitions together.",
            {f"max by (consumer_group, topic) ({MEASURED}lag_records{{{OF_GROUP}}})": NAME},
        ),
        Panel(
            "What is the verdict?",
            "short",
            "0 ok, 1 warning, 2 rewound, 3 stalled, 4 stopped, 5 blind.",
            {f"max by (consumer_group, topic) ({MEASURED}verdict{{{OF_GROUP}}})": NAME},
            thresholds=((1, "orange"), (3, "red")),
        ),
        Panel(
            "How much is left of each budget?",
            "percentunit",
            "Of the objective that has least left.",
            {f"min by (consumer_group, topic) ({MEASURED}least_budget_left{{{OF_GROUP}}})": NAME},
            signed=True,
        ),
        Panel(
            "Does the broker answer?",
            "cps",
            "Looks a second, and those that failed.",
            {
                "sum(rate(op:looks[$__rate_interval]))": "looks",
                "sum(rate(op:looks_failed[$__rate_interval]))": "failed",
            },
        ),
        Panel("How long does a look take?", "ms", "The last one.", {"max(op:look_ms)": "look"}),
        every_job.dead_letters(JOB, "every sample and every objective could be read."),
        every_job.behind(JOB),
        every_job.input_clock(JOB),
        every_job.sources(JOB),
    ),
    {"group": "label_values(op:consumer_group_topic_lag_ms, consumer_group)"},
)
