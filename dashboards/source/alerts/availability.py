"""Is it there at all?"""

from ..rules import Alert, Case


def _alert(name, severity, means, expr, hold, keep, summary, fires, quiet, dashboard="millrace-system"):
    return Alert(name, "availability", severity, "platform", means, expr, hold, keep, summary, dashboard, fires, quiet)


TASKS = 'job_name="tasks"'

ALERTS = (
    _alert(
        "Watchdog",
        severity="none",
        means="Always fires. Whoever waits for it learns that alerts no longer get through.",
        expr="vector(1)",
        hold="0m",
        keep="0m",
        summary="Alerting works",
        fires=Case({}, says="Alerting works"),
        quiet=None,
    ),
    _alert(
        "MetricsMissing",
        severity="P1",
        means="No JobManager tells its metrics: all other alerts are blind.",
        expr="absent(jm:numRunningJobs)",
        hold="3m",
        keep="2m",
        summary="No JobManager has told its metrics for 3 minutes",
        fires=Case({}, says="No JobManager has told its metrics for 3 minutes"),
        quiet=Case({"jm:numRunningJobs": "5x30"}),
    ),
    _alert(
        "ScrapeFailing",
        severity="P2",
        means="One of Flink's processes does not answer Prometheus.",
        expr='up{job=~"flink.*"} == 0',
        hold="5m",
        keep="5m",
        summary="{{ $labels.instance }} has not answered for 5 minutes",
        fires=Case(
            {'up{job="flink",instance="tm-1:9249"}': "1x5 0x30"},
            labels=(("job", "flink"), ("instance", "tm-1:9249")),
            says="tm-1:9249 has not answered for 5 minutes",
        ),
        quiet=Case({'up{job="flink",instance="tm-1:9249"}': "1x18 0x2"}),
    ),
    _alert(
        "NoTaskManager",
        severity="P0",
        means="Nothing runs: no TaskManager is registered.",
        expr="sum(jm:numRegisteredTaskManagers) == 0",
        hold="1m",
        keep="2m",
        summary="No TaskManager is registered: no job runs",
        fires=Case({"jm:numRegisteredTaskManagers": "2x5 0x30"}, says="No TaskManager is registered: no job runs"),
        quiet=Case({"jm:numRegisteredTaskManagers": "1x30"}),
    ),
    _alert(
        "TaskManagerLost",
        severity="P1",
        means="A TaskManager that was there in the last half hour is gone.",
        expr="max_over_time(sum(jm:numRegisteredTaskManagers)[30m:1m]) - sum(jm:numRegisteredTaskManagers) > 0",
        hold="2m",
        keep="5m",
        summary="{{ $value }} TaskManager fewer than in the last half hour",
        fires=Case(
            {"jm:numRegisteredTaskManagers": "3x10 2x30"}, says="1 TaskManager fewer than in the last half hour"
        ),
        quiet=Case({"jm:numRegisteredTaskManagers": "2x10 3x30"}),
    ),
    _alert(
        "JobGone",
        severity="P1",
        means="A job that ran in the last six hours is not known to any JobManager.",
        expr="group by (job_name) (last_over_time(job:numRestarts[6h])) unless group by (job_name) (job:numRestarts)",
        hold="5m",
        keep="2m",
        summary="The job {{ $labels.job_name }} is gone",
        fires=Case(
            {f"job:numRestarts{{{TASKS}}}": "0x10 stale", 'job:numRestarts{job_name="agents"}': "0x30"},
            labels=(("job_name", "tasks"),),
            says="The job tasks is gone",
        ),
        quiet=Case(
            {
                f'job:numRestarts{{{TASKS},job_id="a"}}': "0x10 stale",
                f'job:numRestarts{{{TASKS},job_id="b"}}': "_x11 0x30",
            }
        ),
    ),
    _alert(
        "JobNotRunning",
        severity="P1",
        means="A job is there, but has not been RUNNING for minutes.",
        expr="max by (job_name) (job:runningTime) == 0",
        hold="3m",
        keep="2m",
        summary="The job {{ $labels.job_name }} has not been running for 3 minutes",
        fires=Case(
            {f"job:runningTime{{{TASKS}}}": "60000x5 0x30"},
            labels=(("job_name", "tasks"),),
            says="The job tasks has not been running for 3 minutes",
        ),
        quiet=Case({f"job:runningTime{{{TASKS}}}": "60000x5 0x1 60000x30"}),
    ),
    _alert(
        "JobRestarting",
        severity="P1",
        means="A job restarts again and again: more than 3 times in 5 minutes.",
        expr="max by (job_name) (increase(job:numRestarts[5m])) > 3",
        hold="0m",
        keep="10m",
        summary='The job {{ $labels.job_name }} restarted {{ printf "%.0f" $value }} times in 5 minutes',
        fires=Case(
            {f"job:numRestarts{{{TASKS}}}": "0x10 0+1x30"},
            labels=(("job_name", "tasks"),),
            says="The job tasks restarted 5 times in 5 minutes",
        ),
        quiet=Case({f"job:numRestarts{{{TASKS}}}": "0x18 2x10"}),
        dashboard="millrace-checkpoints",
    ),
    _alert(
        "EndpointDown",
        severity="P1",
        means="What is probed from outside (blackbox exporter) does not answer.",
        expr="probe_success == 0",
        hold="3m",
        keep="5m",
        summary="{{ $labels.instance }} does not answer",
        fires=Case(
            {'probe_success{job="probe",instance="https://flink.example.com"}': "1x5 0x30"},
            labels=(("job", "probe"), ("instance", "https://flink.example.com")),
            says="https://flink.example.com does not answer",
        ),
        quiet=Case({'probe_success{job="probe",instance="https://flink.example.com"}': "1x19 0x1"}),
    ),
)
