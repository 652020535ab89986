"""Is it in time?"""

from ..rules import Alert, Case


def _alert(name, severity, team, means, expr, hold, keep, summary, dashboard, fires, quiet):
    return Alert(name, "latency", severity, team, means, expr, hold, keep, summary, dashboard, fires, quiet)


ALERTS = (
    _alert("RemindersLate", "P1", "tasks", "One reminder in a hundred is sent more than a minute late.",
           'max(op:reminder_lateness_ms{quantile="0.99"}) > 60000', "5m", "10m",
           'Reminders are late: p99 {{ $value | printf "%.0f" }} ms', "millrace-tasks",
           Case({'op:reminder_lateness_ms{quantile="0.99",subtask_index="0"}': "200x5 90000x30"},
                says="Reminders are late: p99 90000 ms"),
           Case({'op:reminder_lateness_ms{quantile="0.99",subtask_index="0"}': "200x16 90000x2 200x30"})),
    _alert("ViewsSlow", "P2", "tasks", "A change of a task is to be seen only after half a minute.",
           'max(op:event_to_update_ms{quantile="0.95"}) > 30000', "10m", "10m",
           'Views of tasks are slow: p95 {{ $value | printf "%.0f" }} ms', "millrace-tasks",
           Case({'op:event_to_update_ms{quantile="0.95"}': "45000x30"}, says="Views of tasks are slow: p95 45000 ms"),
           Case({'op:event_to_update_ms{quantile="0.95"}': "12000x30"})),
    _alert("DigestsLate", "P3", "tasks", "Digests are sent more than five minutes after their time.",
           'max(op:decision_delay_ms{job_name="digest",quantile="0.95"}) > 300000', "5m", "30m",
           'Digests are late: p95 {{ $value | printf "%.0f" }} ms', "millrace-digest",
           Case({'op:decision_delay_ms{job_name="digest",quantile="0.95"}': "400000x30"},
                says="Digests are late: p95 400000 ms"),
           Case({'op:decision_delay_ms{job_name="analytics",quantile="0.95"}': "400000x30"})),
    _alert("ReplySlow", "P2", "agents", "One call of an agent in twenty takes more than two minutes.",
           'max by (agent) (op:agent_call_ms{quantile="0.95"}) > 120000', "5m", "15m",
           'Calls of {{ $labels.agent }} are slow: p95 {{ $value | printf "%.0f" }} ms', "millrace-agents",
           Case({'op:agent_call_ms{agent="writer",quantile="0.95"}': "3000x5 150000x30"},
                labels=(("agent", "writer"),), says="Calls of writer are slow: p95 150000 ms"),
           Case({'op:agent_call_ms{agent="writer",quantile="0.99"}': "150000x30",
                 'op:agent_call_ms{agent="writer",quantile="0.95"}': "90000x30"})),
    _alert("AgentSlow", "P3", "agents", "An agent takes five times as long as a day ago, and more than ten seconds.",
           'max by (agent) (op:agent_attempt_ms{quantile="0.95"}) > 10000'
           ' and max by (agent) (op:agent_attempt_ms{quantile="0.95"})'
           ' > 5 * max by (agent) (op:agent_attempt_ms{quantile="0.95"} offset 1d)', "15m", "30m",
           '{{ $labels.agent }} takes {{ $value | printf "%.0f" }} ms (p95), five times as long as a day ago',
           "millrace-agents",
           Case({'op:agent_attempt_ms{agent="writer",quantile="0.95"}': "2000x96 12000x8"}, at="1500m", step="15m",
                labels=(("agent", "writer"),), says="writer takes 12000 ms (p95), five times as long as a day ago"),
           Case({'op:agent_attempt_ms{agent="writer",quantile="0.95"}': "11000x96 12000x8"}, at="1500m", step="15m")),
    _alert("InputClockHeldBack", "P2", "platform", "The input is read half a minute late, and holds timers back.",
           "max by (job_name) (op:input_clock_lag_ms) > 30000", "5m", "5m",
           'The input clock of {{ $labels.job_name }} is {{ $value | printf "%.0f" }} ms behind', "millrace-kafka",
           Case({'op:input_clock_lag_ms{job_name="tasks"}': "0x5 45000x30"}, labels=(("job_name", "tasks"),),
                says="The input clock of tasks is 45000 ms behind"),
           Case({'op:input_clock_lag_ms{job_name="tasks"}': "0x17 45000x2 0x30"})),
    _alert("HorizonPassed", "P2", "platform", "Wake-ups may be late: they are not all known as timers yet.",
           "min by (job_name) (op:wake_up_horizon_ms) < 0", "5m", "5m",
           "Wake-ups of {{ $labels.job_name }} may be late: the horizon has passed", "millrace-system",
           Case({'op:wake_up_horizon_ms{job_name="tasks"}': "-1000x30"}, labels=(("job_name", "tasks"),),
                says="Wake-ups of tasks may be late: the horizon has passed"),
           Case({'op:wake_up_horizon_ms{job_name="tasks"}': "-1000x2 1800000x30"})),
    _alert("Backpressure", "P3", "platform", "A task is held back for more than half of its time.",
           "max by (job_name) (task:backPressuredTimeMsPerSecond) > 500", "10m", "10m",
           'A task of {{ $labels.job_name }} is held back {{ $value | printf "%.0f" }} ms of each second',
           "millrace-checkpoints",
           Case({'task:backPressuredTimeMsPerSecond{job_name="audit"}': "800x30"}, labels=(("job_name", "audit"),),
                says="A task of audit is held back 800 ms of each second"),
           Case({'task:backPressuredTimeMsPerSecond{job_name="audit"}': "800x8 100x30"})),
    _alert("BrokerSlow", "P3", "platform", "Kafka takes more than a second for what producers send.",
           "max by (job_name) (op:KafkaProducer_request_latency_avg) > 1000", "10m", "10m",
           'Kafka takes {{ $value | printf "%.0f" }} ms for requests of {{ $labels.job_name }}', "millrace-kafka",
           Case({'op:KafkaProducer_request_latency_avg{job_name="tasks"}': "2500x30"}, labels=(("job_name", "tasks"),),
                says="Kafka takes 2500 ms for requests of tasks"),
           Case({'op:KafkaProducer_request_latency_avg{job_name="tasks"}': "4x30"})),
)
