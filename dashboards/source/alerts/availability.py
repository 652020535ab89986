"""Is it there at all?"""

from ..rules import Alert, Case


def _alert(name, severity, means, expr, hold, keep, summary, fires, quiet, dashboard="millrace-system"):
    return Alert(name, "availability", severity, "platform", means, expr, hold, keep, summary, dashboard, fires, quiet)


TASKS = 'job_name="tasks"'

ALERTS = (
    _alert("Watchdog", "none", "Always fires. Whoever waits for it learns that alerts no longer get through.",
           "vector(1)", "0m", "0m", "Alerting works",
           Case({}, says="Alerting works"), quiet=None),
    _alert("MetricsMissing", "P1", "No JobManager tells its metrics: all other alerts are blind.",
           "absent(jm:numRunningJobs)", "3m", "2m", "No JobManager has told its metrics for 3 minutes",
           Case({}, says="No JobManager has told its metrics for 3 minutes"),
           Case({"jm:numRunningJobs": "5x30"})),
    _alert("ScrapeFailing", "P2", "One of Flink's processes does not answer Prometheus.",
           'up{job=~"flink.*"} == 0', "5m", "5m", "{{ $labels.instance }} has not answered for 5 minutes",
           Case({'up{job="flink",instance="tm-1:9249"}': "1x5 0x30"},
                labels=(("job", "flink"), ("instance", "tm-1:9249")), says="tm-1:9249 has not answered for 5 minutes"),
           Case({'up{job="flink",instance="tm-1:9249"}': "1x18 0x2"})),
    _alert("NoTaskManager", "P0", "Nothing runs: no TaskManager is registered.",
           "sum(jm:numRegisteredTaskManagers) == 0", "1m", "2m", "No TaskManager is registered: no job runs",
           Case({"jm:numRegisteredTaskManagers": "2x5 0x30"}, says="No TaskManager is registered: no job runs"),
           Case({"jm:numRegisteredTaskManagers": "1x30"})),
    _alert("TaskManagerLost", "P1", "A TaskManager that was there in the last half hour is gone.",
           "max_over_time(sum(jm:numRegisteredTaskManagers)[30m:1m]) - sum(jm:numRegisteredTaskManagers) > 0",
           "2m", "5m", "{{ $value }} TaskManager fewer than in the last half hour",
           Case({"jm:numRegisteredTaskManagers": "3x10 2x30"}, says="1 TaskManager fewer than in the last half hour"),
           Case({"jm:numRegisteredTaskManagers": "2x10 3x30"})),
    _alert("JobGone", "P1", "A job that ran in the last six hours is not known to any JobManager.",
           "group by (job_name) (last_over_time(job:numRestarts[6h])) unless group by (job_name) (job:numRestarts)",
           "5m", "2m", "The job {{ $labels.job_name }} is gone",
           Case({f"job:numRestarts{{{TASKS}}}": "0x10 stale", 'job:numRestarts{job_name="agents"}': "0x30"},
                labels=(("job_name", "tasks"),), says="The job tasks is gone"),
           Case({f'job:numRestarts{{{TASKS},job_id="a"}}': "0x10 stale",
                 f'job:numRestarts{{{TASKS},job_id="b"}}': "_x11 0x30"})),
    _alert("JobNotRunning", "P1", "A job is there, but has not been RUNNING for minutes.",
           "max by (job_name) (job:runningTime) == 0", "3m", "2m",
           "The job {{ $labels.job_name }} has not been running for 3 minutes",
           Case({f"job:runningTime{{{TASKS}}}": "60000x5 0x30"}, labels=(("job_name", "tasks"),),
                says="The job tasks has not been running for 3 minutes"),
           Case({f"job:runningTime{{{TASKS}}}": "60000x5 0x1 60000x30"})),
    _alert("JobRestarting", "P1", "A job restarts again and again: more than 3 times in 5 minutes.",
           "max by (job_name) (increase(job:numRestarts[5m])) > 3", "0m", "10m",
           'The job {{ $labels.job_name }} restarted {{ printf "%.0f" $value }} times in 5 minutes',
           Case({f"job:numRestarts{{{TASKS}}}": "0x10 0+1x30"}, labels=(("job_name", "tasks"),),
                says="The job tasks restarted 5 times in 5 minutes"),
           Case({f"job:numRestarts{{{TASKS}}}": "0x18 2x10"}), dashboard="millrace-checkpoints"),
    _alert("EndpointDown", "P1", "What is probed from outside (blackbox exporter) does not answer.",
           "probe_success == 0", "3m", "5m", "{{ $labels.instance }} does not answer",
           Case({'probe_success{job="probe",instance="https://flink.example.com"}': "1x5 0x30"},
                labels=(("job", "probe"), ("instance", "https://flink.example.com")),
                says="https://flink.example.com does not answer"),
           Case({'probe_success{job="probe",instance="https://flink.example.com"}': "1x19 0x1"})),
)
