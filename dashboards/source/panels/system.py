"""What an operator asks first."""

from ..grafana import Dashboard, Panel
from . import rollout

DASHBOARD = Dashboard(
    "millrace-system",
    "Millrace: system at a glance",
    "Whether all is well, and which page says more.",
    (
        Panel(
            "How many jobs run?",
            "short",
            "As the JobManagers say it. Compare with the jobs that you deploy.",
            {"sum(jm:numRunningJobs)": "jobs"},
            kind="stat",
            thresholds=((0, "red"), (1, "green")),
        ),
        Panel(
            "How many TaskManagers are there?",
            "short",
            "Registered now. One less than a moment ago is a lost machine.",
            {"sum(jm:numRegisteredTaskManagers)": "TaskManagers"},
            kind="stat",
            thresholds=((0, "red"), (1, "green")),
        ),
        Panel(
            "How many restarts in this time?",
            "short",
            "Of all jobs, in the time range of the page.",
            {"sum(increase(job:numRestarts[$__range]))": "restarts"},
            kind="stat",
            thresholds=((1, "orange"), (4, "red")),
        ),
        Panel(
            "Which alerts fire?",
            "short",
            "From Prometheus' own rules. The watchdog always fires: 1 is the best there is.",
            {'count(ALERTS{alertstate="firing"})': "alerts"},
            kind="stat",
            thresholds=((2, "red"),),
            empty="the rules of alerts/ are not loaded, or the watchdog has not fired yet.",
        ),
        Panel(
            "How old is the newest checkpoint?",
            "s",
            "Of each job: what a crash now would have it read again.",
            {"time() - max by (job_name) (job:lastCheckpointCompletedTimestamp > 0) / 1000": "{{job_name}}"},
            thresholds=((300, "orange"), (600, "red")),
        ),
        Panel(
            "How many records are still to be read?",
            "short",
            "Of each job, all its inputs together.",
            {"sum by (job_name) (op:pendingRecords)": "{{job_name}}"},
            thresholds=((10_000, "red"),),
        ),
        Panel(
            "How much comes in?",
            "cps",
            "Records a second that the sources read.",
            {'sum by (job_name) (rate(op:numRecordsIn{operator_name=~"Source:.*"}[$__rate_interval]))': "{{job_name}}"},
        ),
        Panel(
            "How far behind the wall clock is the input?",
            "ms",
            "The slowest input clock of each job. What is sent at a time is late by as much.",
            {"max by (job_name) (op:input_clock_lag_ms)": "{{job_name}}"},
            thresholds=((30_000, "red"),),
        ),
        Panel(
            "How late are reminders?",
            "ms",
            "From a reminder's moment until it was sent, of the slowest subtask.",
            {'max by (quantile) (op:reminder_lateness_ms{quantile=~"0.5|0.99"})': "p{{quantile}}"},
            thresholds=((60_000, "red"),),
        ),
        Panel(
            "How long do callers of agents wait?",
            "ms",
            "From a call's log time to its result, 95 % are faster.",
            {'max by (agent) (op:agent_call_ms{quantile="0.95"})': "{{agent}}"},
            thresholds=((120_000, "red"),),
        ),
        Panel(
            "Which share of calls is not answered?",
            "percentunit",
            "Results other than ok, skipped and degraded. Refused calls are not counted.",
            {
                'sum(rate(op:agent_status_results{status!~"ok|skipped|degraded|refused"}[$__rate_interval]))'
                ' / (sum(rate(op:agent_status_results{status!="refused"}[$__rate_interval])) > 0)': "not answered"
            },
            thresholds=((0.05, "red"),),
        ),
        Panel(
            "What can't be accepted?",
            "cps",
            "Dead letters a second by job.",
            {"sum by (job_name) (rate(op:code_dead_letters[$__rate_interval])) > 0": "{{job_name}}"},
            empty="every record that came could be accepted.",
        ),
        rollout.now_rolled_out(),
        Panel(
            "What have agents cost today?",
            "currencyUSD",
            "Since midnight UTC, in the currency of the price list.",
            {"sum(op:agent_spent_today_micros) / 1e6": "today"},
        ),
    ),
)
