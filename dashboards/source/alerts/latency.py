"""Is it in time?"""

from ..rules import Alert, Case


def _alert(name, severity, team, means, expr, hold, keep, summary, dashboard, fires, quiet):
    return Alert(name, "latency", severity, team, means, expr, hold, keep, summary, dashboard, fires, quiet)


ALERTS = (
    _alert(
        "RemindersLate",
        severity="P1",
        team="tasks",
        means="One reminder in a hundred is sent more than a minute late.",
        expr='max(op:reminder_lateness_ms{quantile="0.99"}) > 60000',
        hold="5m",
        keep="10m",
        summary='Reminders are late: p99 {{ $value | printf "%.0f" }} ms',
        dashboard="millrace-tasks",
        fires=Case(
            {'op:reminder_lateness_ms{quantile="0.99",subtask_index="0"}': "200x5 90000x30"},
            says="Reminders are late: p99 90000 ms",
        ),
        quiet=Case({'op:reminder_lateness_ms{quantile="0.99",subtask_index="0"}': "200x16 90000x2 200x30"}),
    ),
    _alert(
        "ViewsSlow",
        severity="P2",
        team="tasks",
        means="A change of a task is to be seen only after half a minute.",
        expr='max(op:event_to_update_ms{quantile="0.95"}) > 30000',
        hold="10m",
        keep="10m",
        summary='Views of tasks are slow: p95 {{ $value | printf "%.0f" }} ms',
        dashboard="millrace-tasks",
        fires=Case(
            {'op:event_to_update_ms{quantile="0.95"}': "45000x30"}, says="Views of tasks are slow: p95 45000 ms"
        ),
        quiet=Case({'op:event_to_update_ms{quantile="0.95"}': "12000x30"}),
    ),
    _alert(
        "DigestsLate",
        severity="P3",
        team="tasks",
        means="Digests are sent more than five minutes after their time.",
        expr='max(op:decision_delay_ms{job_name="digest",quantile="0.95"}) > 300000',
        hold="5m",
        keep="30m",
        summary='Digests are late: p95 {{ $value | printf "%.0f" }} ms',
        dashboard="millrace-digest",
        fires=Case(
            {'op:decision_delay_ms{job_name="digest",quantile="0.95"}': "400000x30"},
            says="Digests are late: p95 400000 ms",
        ),
        quiet=Case({'op:decision_delay_ms{job_name="analytics",quantile="0.95"}': "400000x30"}),
    ),
    _alert(
        "ReplySlow",
        severity="P2",
        team="agents",
        means="One call of an agent in twenty takes more than two minutes.",
        expr='max by (agent) (op:agent_call_ms{quantile="0.95"}) > 120000',
        hold="5m",
        keep="15m",
        summary='Calls of {{ $labels.agent }} are slow: p95 {{ $value | printf "%.0f" }} ms',
        dashboard="millrace-agents",
        fires=Case(
            {'op:agent_call_ms{agent="writer",quantile="0.95"}': "3000x5 150000x30"},
            labels=(("agent", "writer"),),
            says="Calls of writer are slow: p95 150000 ms",
        ),
        quiet=Case(
            {
                'op:agent_call_ms{agent="writer",quantile="0.99"}': "150000x30",
                'op:agent_call_ms{agent="writer",quantile="0.95"}': "90000x30",
            }
        ),
    ),
    _alert(
        "AnswersSlow",
        severity="P2",
        team="agents",
        means="One customer in twenty waits more than half a minute for an answer of agents.",
        expr='max(op:reply_ms{quantile="0.95"}) > 30000 and sum(rate(op:reply_ms_count[10m])) > 0',
        hold="5m",
        keep="15m",
        summary='Customers wait for answers: p95 {{ $value | printf "%.0f" }} ms',
        dashboard="millrace-conversations",
        fires=Case(
            {'op:reply_ms{quantile="0.95"}': "4000x5 45000x30", "op:reply_ms_count": "0+10x40"},
            says="Customers wait for answers: p95 45000 ms",
        ),
        # Of the last answers, when nobody asks any more: nobody waits.
        quiet=Case({'op:reply_ms{quantile="0.95"}': "45000x40", "op:reply_ms_count": "70x40"}),
    ),
    _alert(
        "AgentSlow",
        severity="P3",
        team="agents",
        means="An agent takes five times as long as a day ago, and more than ten seconds.",
        expr='max by (agent) (op:agent_attempt_ms{quantile="0.95"}) > 10000'
        ' and max by (agent) (op:agent_attempt_ms{quantile="0.95"})'
        ' > 5 * max by (agent) (op:agent_attempt_ms{quantile="0.95"} offset 1d)',
        hold="15m",
        keep="30m",
        summary='{{ $labels.agent }} takes {{ $value | printf "%.0f" }} ms (p95), five times as long as a day ago',
        dashboard="millrace-agents",
        fires=Case(
            {'op:agent_attempt_ms{agent="writer",quantile="0.95"}': "2000x96 12000x8"},
            at="1500m",
            step="15m",
            labels=(("agent", "writer"),),
            says="writer takes 12000 ms (p95), five times as long as a day ago",
        ),
        quiet=Case({'op:agent_attempt_ms{agent="writer",quantile="0.95"}': "11000x96 12000x8"}, at="1500m", step="15m"),
    ),
    _alert(
        "InputClockHeldBack",
        severity="P2",
        team="platform",
        means="The input is read half a minute late, and holds timers back.",
        expr="max by (job_name) (op:input_clock_lag_ms) > 30000",
        hold="5m",
        keep="5m",
        summary='The input clock of {{ $labels.job_name }} is {{ $value | printf "%.0f" }} ms behind',
        dashboard="millrace-kafka",
        fires=Case(
            {'op:input_clock_lag_ms{job_name="tasks"}': "0x5 45000x30"},
            labels=(("job_name", "tasks"),),
            says="The input clock of tasks is 45000 ms behind",
        ),
        quiet=Case({'op:input_clock_lag_ms{job_name="tasks"}': "0x17 45000x2 0x30"}),
    ),
    _alert(
        "HorizonPassed",
        severity="P2",
        team="platform",
        means="Wake-ups may be late: they are not all known as timers yet.",
        expr="min by (job_name) (op:wake_up_horizon_ms) < 0",
        hold="5m",
        keep="5m",
        summary="Wake-ups of {{ $labels.job_name }} may be late: the horizon has passed",
        dashboard="millrace-system",
        fires=Case(
            {'op:wake_up_horizon_ms{job_name="tasks"}': "-1000x30"},
            labels=(("job_name", "tasks"),),
            says="Wake-ups of tasks may be late: the horizon has passed",
        ),
        quiet=Case({'op:wake_up_horizon_ms{job_name="tasks"}': "-1000x2 1800000x30"}),
    ),
    _alert(
        "Backpressure",
        severity="P3",
        team="platform",
        means="A task is held back for more than half of its time.",
        expr="max by (job_name) (task:backPressuredTimeMsPerSecond) > 500",
        hold="10m",
        keep="10m",
        summary='A task of {{ $labels.job_name }} is held back {{ $value | printf "%.0f" }} ms of each second',
        dashboard="millrace-checkpoints",
        fires=Case(
            {'task:backPressuredTimeMsPerSecond{job_name="audit"}': "800x30"},
            labels=(("job_name", "audit"),),
            says="A task of audit is held back 800 ms of each second",
        ),
        quiet=Case({'task:backPressuredTimeMsPerSecond{job_name="audit"}': "800x8 100x30"}),
    ),
    _alert(
        "BrokerSlow",
        severity="P3",
        team="platform",
        means="Kafka takes more than a second for what producers send.",
        expr="max by (job_name) (op:KafkaProducer_request_latency_avg) > 1000",
        hold="10m",
        keep="10m",
        summary='Kafka takes {{ $value | printf "%.0f" }} ms for requests of {{ $labels.job_name }}',
        dashboard="millrace-kafka",
        fires=Case(
            {'op:KafkaProducer_request_latency_avg{job_name="tasks"}': "2500x30"},
            labels=(("job_name", "tasks"),),
            says="Kafka takes 2500 ms for requests of tasks",
        ),
        quiet=Case({'op:KafkaProducer_request_latency_avg{job_name="tasks"}': "4x30"}),
    ),
)
