"""Does it keep up?"""

from ..rules import Alert, Case


def _alert(name, severity, team, means, expr, hold, keep, summary, dashboard, fires, quiet):
    return Alert(name, "lag", severity, team, means, expr, hold, keep, summary, dashboard, fires, quiet)


TASKS = (("job_name", "tasks"),)
READ_BY_TASKS = 'op:numRecordsIn{job_name="tasks",operator_name=~"Source:.*"}'

ALERTS = (
    _alert(
        "LagHigh",
        severity="P2",
        team="platform",
        means="More than 10,000 records wait to be read.",
        expr="sum by (job_name) (op:pendingRecords) > 10000",
        hold="10m",
        keep="10m",
        summary='{{ $value | printf "%.0f" }} records wait for {{ $labels.job_name }}',
        dashboard="millrace-kafka",
        fires=Case(
            {
                'op:pendingRecords{job_name="tasks",subtask_index="0"}': "9000x30",
                'op:pendingRecords{job_name="tasks",subtask_index="1"}': "9000x30",
            },
            labels=TASKS,
            says="18000 records wait for tasks",
        ),
        quiet=Case({'op:pendingRecords{job_name="tasks"}': "20000x8 100x30"}),
    ),
    _alert(
        "LagGrowing",
        severity="P3",
        team="platform",
        means="A backlog has been growing for half an hour.",
        expr="sum by (job_name) (deriv(op:pendingRecords[30m])) > 1 and sum by (job_name) (op:pendingRecords) > 1000",
        hold="15m",
        keep="15m",
        summary='The backlog of {{ $labels.job_name }} grows by {{ $value | printf "%.1f" }} records a second',
        dashboard="millrace-kafka",
        fires=Case(
            {'op:pendingRecords{job_name="tasks"}': "0+120x60"},
            at="50m",
            labels=TASKS,
            says="The backlog of tasks grows by 2.0 records a second",
        ),
        quiet=Case({'op:pendingRecords{job_name="tasks"}': "0+120x20 100x60"}, at="70m"),
    ),
    _alert(
        "LagUnknown",
        severity="P2",
        team="platform",
        means="A job runs, but its sources do not say how far they are: none was read yet.",
        expr="group by (job_name) (job:runningTime > 600000) unless group by (job_name) (op:pendingRecords)",
        hold="5m",
        keep="5m",
        summary="Nobody knows how many records wait for {{ $labels.job_name }}",
        dashboard="millrace-kafka",
        fires=Case(
            {'job:runningTime{job_name="tasks"}': "0+60000x60"},
            at="30m",
            labels=TASKS,
            says="Nobody knows how many records wait for tasks",
        ),
        quiet=Case(
            {'job:runningTime{job_name="tasks"}': "0+60000x60", 'op:pendingRecords{job_name="tasks"}': "0x60"}, at="30m"
        ),
    ),
    _alert(
        "NothingComes",
        severity="P3",
        team="platform",
        means="Task events came a day ago at this time, and now none does.",
        expr=f"sum by (job_name) (rate({READ_BY_TASKS}[30m])) == 0"
        f" and sum by (job_name) (rate({READ_BY_TASKS}[30m] offset 1d)) > 0.1",
        hold="15m",
        keep="5m",
        summary="No record came to {{ $labels.job_name }} for half an hour; a day ago some did",
        dashboard="millrace-tasks",
        fires=Case(
            {'op:numRecordsIn{job_name="tasks",operator_name="Source:_task_events"}': "0+900x96 86400x8"},
            at="1530m",
            step="15m",
            labels=TASKS,
            says="No record came to tasks for half an hour; a day ago some did",
        ),
        quiet=Case(
            {'op:numRecordsIn{job_name="tasks",operator_name="Source:_task_events"}': "0+900x110"},
            at="1530m",
            step="15m",
        ),
    ),
    _alert(
        "AuditBehind",
        severity="P2",
        team="data",
        means="What has happened for a quarter of an hour is not in the lake.",
        expr="max by (operator_name) (op:lake_commit_age_ms) > 900000",
        hold="1m",
        keep="5m",
        summary='The table of {{ $labels.operator_name }} has waited {{ $value | printf "%.0f" }} ms for a commit',
        dashboard="millrace-audit",
        fires=Case(
            {'op:lake_commit_age_ms{operator_name="commit"}': "0+60000x40"},
            labels=(("operator_name", "commit"),),
            says="The table of commit has waited 1200000 ms for a commit",
        ),
        quiet=Case({'op:lake_commit_age_ms{operator_name="commit"}': "60000x40"}),
    ),
    _alert(
        "LakeMaintenanceOld",
        severity="P3",
        team="data",
        means="No maintenance of the lake went well for an hour: queries get slow.",
        expr="max by (operator_name) (op:lake_maintenance_age_ms) > 3600000",
        hold="5m",
        keep="10m",
        summary='Maintenance of {{ $labels.operator_name }} was last done {{ $value | printf "%.0f" }} ms ago',
        dashboard="millrace-audit",
        fires=Case(
            {'op:lake_maintenance_age_ms{operator_name="commit"}': "0+60000x90"},
            at="80m",
            labels=(("operator_name", "commit"),),
            says="Maintenance of commit was last done 4800000 ms ago",
        ),
        quiet=Case({'op:lake_maintenance_age_ms{operator_name="commit"}': "600000x90"}, at="80m"),
    ),
    _alert(
        "AttemptsQueued",
        severity="P3",
        team="agents",
        means="More than 100 attempts wait at an agent's gate.",
        expr="sum by (agent) (op:agent_queued_attempts) > 100",
        hold="10m",
        keep="10m",
        summary='{{ $value | printf "%.0f" }} attempts wait for {{ $labels.agent }}',
        dashboard="millrace-agents",
        fires=Case(
            {'op:agent_queued_attempts{agent="writer"}': "400x30"},
            labels=(("agent", "writer"),),
            says="400 attempts wait for writer",
        ),
        quiet=Case({'op:agent_queued_attempts{agent="writer"}': "20x30"}),
    ),
    _alert(
        "CallsWaiting",
        severity="P2",
        team="agents",
        means="Calls are waiting and none gets a result: the job is stuck.",
        expr="sum by (job_name) (op:waiting_calls) > 0 and"
        " sum by (job_name) (rate(op:agent_status_results[15m])) == 0",
        hold="15m",
        keep="5m",
        summary='{{ $value | printf "%.0f" }} calls wait, and none has had a result for 15 minutes',
        dashboard="millrace-agents",
        fires=Case(
            {
                'op:waiting_calls{job_name="agents"}': "12x60",
                'op:agent_status_results{job_name="agents",status="ok"}': "7x60",
            },
            at="45m",
            labels=(("job_name", "agents"),),
            says="12 calls wait, and none has had a result for 15 minutes",
        ),
        quiet=Case(
            {
                'op:waiting_calls{job_name="agents"}': "12x60",
                'op:agent_status_results{job_name="agents",status="ok"}': "0+1x60",
            },
            at="45m",
        ),
    ),
    _alert(
        "TurnsUnanswered",
        severity="P1",
        team="agents",
        means="Turns of customers begin and none ends: nobody is answered.",
        expr="sum(rate(op:turns_started[15m])) > 0 and"
        ' (sum(rate(op:effect_decisions{job_name="conversations",effect=~"answered|handed_over|turn_failed"}[15m]))'
        " or vector(0)) == 0",
        hold="5m",
        keep="5m",
        summary="Turns of customers begin, and none has ended for 15 minutes",
        dashboard="millrace-conversations",
        fires=Case(
            {
                'op:turns_started{job_name="conversations"}': "0+5x60",
                'op:effect_decisions{job_name="conversations",effect="answered"}': "90x60",
                'op:effect_decisions{job_name="conversations",effect="applied"}': "0+9x60",
            },
            at="45m",
            says="Turns of customers begin, and none has ended for 15 minutes",
        ),
        quiet=Case(
            {
                'op:turns_started{job_name="conversations"}': "0+5x60",
                'op:effect_decisions{job_name="conversations",effect="answered"}': "0+1x60",
            },
            at="45m",
        ),
    ),
    _alert(
        "GroupStopped",
        severity="P2",
        team="platform",
        means="A consumer group, whoever's it is, no longer reads though there is something to read.",
        expr="max by (consumer_group, topic) (op:consumer_group_topic_verdict) == 3"
        " or max by (consumer_group, topic) (op:consumer_group_topic_verdict) == 4",
        hold="2m",
        keep="5m",
        summary="{{ $labels.consumer_group }} no longer reads {{ $labels.topic }}",
        dashboard="millrace-slo",
        fires=Case(
            {'op:consumer_group_topic_verdict{consumer_group="billing",topic="orders"}': "0x5 4x30"},
            labels=(("consumer_group", "billing"), ("topic", "orders")),
            says="billing no longer reads orders",
        ),
        quiet=Case({'op:consumer_group_topic_verdict{consumer_group="billing",topic="orders"}': "1x30"}),
    ),
    _alert(
        "BudgetOfErrorsUsed",
        severity="P2",
        team="platform",
        means="An objective has a tenth of its error budget left.",
        expr="min by (consumer_group, topic) (op:consumer_group_topic_least_budget_left) < 0.1",
        hold="5m",
        keep="1h",
        summary="{{ $labels.consumer_group }} has {{ $value | humanizePercentage }} of its error budget left in"
        " {{ $labels.topic }}",
        dashboard="millrace-slo",
        fires=Case(
            {'op:consumer_group_topic_least_budget_left{consumer_group="billing",topic="orders"}': "0.05x30"},
            labels=(("consumer_group", "billing"), ("topic", "orders")),
            says="billing has 5% of its error budget left in orders",
        ),
        quiet=Case({'op:consumer_group_topic_least_budget_left{consumer_group="billing",topic="orders"}': "0.9x30"}),
    ),
    _alert(
        "GroupsUnseen",
        severity="P2",
        team="platform",
        means="The slo job can't ask the broker: nobody knows how late anybody is.",
        expr="sum(rate(op:looks_failed[5m])) / sum(rate(op:looks[5m])) > 0.5"
        " or max by () (op:consumer_group_topic_verdict) == 5",
        hold="5m",
        keep="5m",
        summary="Where consumer groups stand can't be seen",
        dashboard="millrace-slo",
        fires=Case(
            {"op:looks": "0+6x30", "op:looks_failed": "0+6x30"}, says="Where consumer groups stand can't be seen"
        ),
        quiet=Case({"op:looks": "0+6x30", "op:looks_failed": "0x30"}),
    ),
)
