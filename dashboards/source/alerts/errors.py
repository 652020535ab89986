"""Is it right?"""

from ..rules import Alert, Case

NOT_ANSWERED = 'status!~"ok|skipped|degraded|refused"'


def _alert(name, severity, team, means, expr, hold, keep, summary, dashboard, fires, quiet):
    return Alert(name, "errors", severity, team, means, expr, hold, keep, summary, dashboard, fires, quiet)


def _counted(name, severity, team, means, metric, span, summary, dashboard, keep="30m", selector="", example=""):
    """
    That a counter, which is to stand still, has grown; ``summary`` has the number as its %s. ``example`` is the labels
    of a series that ``selector`` takes.
    """
    value = '{{ $value | printf "%.0f" }}'
    return _alert(
        name,
        severity=severity,
        team=team,
        means=means,
        expr=f"sum by (job_name) (grown({metric}{selector}, {span})) > 0",
        hold="0m",
        keep=keep,
        summary=summary.replace("%s", value) + " ({{ $labels.job_name }})",
        dashboard=dashboard,
        # A new series that begins above 0 counts as well: increase alone does not see that.
        fires=Case(
            {f'{metric}{{job_name="tasks",task_attempt_num="1"{example}}}': "_x15 3x30"},
            labels=(("job_name", "tasks"),),
            says=summary.replace("%s", "3") + " (tasks)",
        ),
        quiet=Case({f'{metric}{{job_name="tasks",task_attempt_num="0"{example}}}': "3x20"}, at="190m", step="10m"),
    )


def _share(above, severity, hold, name, means, failing):
    return _alert(
        name,
        severity=severity,
        team="agents",
        means=means,
        expr=f"sum by (agent) (rate(op:agent_status_results{{{NOT_ANSWERED}}}[10m]))"
        f" / (sum by (agent) (rate(op:agent_status_results{{status!='refused'}}[10m])) > 0) > {above}",
        hold=hold,
        keep="15m",
        summary="{{ $value | humanizePercentage }} of the calls of {{ $labels.agent }} are not answered",
        dashboard="millrace-agents",
        fires=Case(
            {
                'op:agent_status_results{agent="writer",status="ok"}': f"0+{100 - failing}x40",
                'op:agent_status_results{agent="writer",status="timed_out"}': f"0+{failing}x40",
            },
            at="30m",
            labels=(("agent", "writer"),),
            says=f"{failing}% of the calls of writer are not answered",
        ),
        quiet=Case(
            {
                'op:agent_status_results{agent="writer",status="ok"}': "0+98x40",
                'op:agent_status_results{agent="writer",status="failed"}': "0+2x40",
                'op:agent_status_results{agent="writer",status="refused"}': "0+300x40",
            },
            at="30m",
        ),
    )


def _turns(name, severity, means, effect, above, summary, example):
    """That of the turns that ended more than that share did so; there have to be some."""
    ends = "answered|handed_over|turn_failed"
    others = next(end for end in ("answered", "handed_over") if end != effect)
    of_job = 'job_name="conversations"'
    return _alert(
        name,
        severity=severity,
        team="agents",
        means=means,
        expr=f'sum(rate(op:effect_decisions{{{of_job},effect="{effect}"}}[15m]))'
        f' / (sum(rate(op:effect_decisions{{{of_job},effect=~"{ends}"}}[15m])) > 0.02) > {above}',
        hold="5m",
        keep="15m",
        summary="{{ $value | humanizePercentage }} of customers' turns " + summary,
        dashboard="millrace-conversations",
        fires=Case(
            {
                f'op:effect_decisions{{{of_job},effect="{others}"}}': f"0+{100 - example}x40",
                f'op:effect_decisions{{{of_job},effect="{effect}"}}': f"0+{example}x40",
            },
            at="30m",
            says=f"{example}% of customers' turns {summary}",
        ),
        quiet=Case(
            {
                f'op:effect_decisions{{{of_job},effect="{others}"}}': "0+95x40",
                f'op:effect_decisions{{{of_job},effect="{effect}"}}': "0+5x40",
                f'op:effect_decisions{{{of_job},effect="withheld"}}': "0+300x40",
            },
            at="30m",
        ),
    )


ALERTS = (
    _counted(
        "RecordsLost",
        "P0",
        "platform",
        "Records were deleted before they were read: what they said is lost.",
        "op:records_lost",
        "1h",
        "%s records were deleted before they were read",
        "millrace-kafka",
        keep="1h",
    ),
    _counted(
        "TransactionsLost",
        "P0",
        "platform",
        "With delivery exactly-once: what a transaction held is lost.",
        "op:failedCommittables",
        "1h",
        "%s transactions were lost",
        "millrace-kafka",
        keep="1h",
    ),
    _counted(
        "SinkErrors",
        "P1",
        "platform",
        "Kafka did not take what a job wrote.",
        "op:numRecordsSendErrors",
        "15m",
        "Kafka did not take %s records",
        "millrace-kafka",
    ),
    _share(0.05, "P2", "5m", "AgentErrorRate", "More than 5 % of an agent's calls are not answered.", 10),
    _share(0.5, "P1", "5m", "AgentDown", "More than half of an agent's calls are not answered.", 80),
    _alert(
        "CircuitOpen",
        severity="P2",
        team="agents",
        means="An agent that keeps failing is left alone; its calls go to fallbacks or fail.",
        expr="max by (agent) (op:agent_circuit_open) > 0",
        hold="1m",
        keep="5m",
        summary="The circuit of {{ $labels.agent }} is open",
        dashboard="millrace-agents",
        fires=Case(
            {'op:agent_circuit_open{agent="writer"}': "0x5 1x30"},
            labels=(("agent", "writer"),),
            says="The circuit of writer is open",
        ),
        quiet=Case({'op:agent_circuit_open{agent="writer"}': "0x30"}),
    ),
    _alert(
        "AgentsStopped",
        severity="P3",
        team="agents",
        means="The flag millrace-stop has stopped agents for half an hour: perhaps it was forgotten.",
        expr="sum(grown(op:stopped_attempts, 15m)) > 0",
        hold="30m",
        keep="5m",
        summary='Agents are stopped by a flag: {{ $value | printf "%.0f" }} attempts were not begun in 15 minutes',
        dashboard="millrace-agents",
        fires=Case(
            {'op:stopped_attempts{operator_name="tenant_gates"}': "0x5 0+2x90"},
            at="90m",
            says="Agents are stopped by a flag: 30 attempts were not begun in 15 minutes",
        ),
        quiet=Case({'op:stopped_attempts{operator_name="tenant_gates"}': "0x5 0+2x20 40x60"}, at="80m"),
    ),
    _alert(
        "DeadLettersRising",
        severity="P2",
        team="platform",
        means="More than one record in twenty can't be accepted.",
        expr="sum by (job_name) (rate(op:code_dead_letters[10m]))"
        ' / (sum by (job_name) (rate(op:numRecordsIn{operator_name=~"Source:.*"}[10m])) > 0.1) > 0.05',
        hold="5m",
        keep="15m",
        summary="{{ $value | humanizePercentage }} of what {{ $labels.job_name }} reads are dead letters",
        dashboard="millrace-system",
        fires=Case(
            {
                'op:code_dead_letters{job_name="tasks",code="not_json"}': "0+60x40",
                'op:numRecordsIn{job_name="tasks",operator_name="Source:_task_events"}': "0+600x40",
            },
            at="30m",
            labels=(("job_name", "tasks"),),
            says="10% of what tasks reads are dead letters",
        ),
        quiet=Case(
            {
                'op:code_dead_letters{job_name="tasks",code="not_json"}': "0+6x40",
                'op:numRecordsIn{job_name="tasks",operator_name="Source:_task_events"}': "0+600x40",
            },
            at="30m",
        ),
    ),
    _counted(
        "DeadLettersOfJobs",
        "P2",
        "platform",
        "A job can't read what another job wrote: two builds do not agree.",
        "op:code_dead_letters",
        "15m",
        "%s records that other jobs wrote can't be read",
        "millrace-system",
        selector='{operator_name=~"read_(task_updates|reminders|agent_results|agent_outcomes|workflow_runs|'
        'conversation_inbox|conversation_updates|rollout_inbox|approval_requests|escalations|slo_alerts)"}',
        example=',operator_name="read_reminders"',
    ),
    _counted(
        "RemindersGivenUp",
        "P1",
        "tasks",
        "Reminders were so late that they were not sent at all.",
        "op:reminders_too_late",
        "1h",
        "%s reminders were too late to be sent",
        "millrace-tasks",
    ),
    _counted(
        "DigestsGivenUp",
        "P3",
        "tasks",
        "Digests were so late that they were not sent at all.",
        "op:digests_too_late",
        "1h",
        "%s digests were too late to be sent",
        "millrace-digest",
    ),
    _alert(
        "NotificationsFailing",
        severity="P3",
        team="tasks",
        means="More than one notification in five does not reach anybody.",
        expr="sum(rate(op:notifications_failed[30m])) / (sum(rate(op:notifications_failed[30m]))"
        " + (sum(rate(op:notifications_delivered[30m])) or vector(0)) > 0) > 0.2",
        hold="10m",
        keep="30m",
        summary="{{ $value | humanizePercentage }} of notifications are given up",
        dashboard="millrace-notifications",
        fires=Case(
            {"op:notifications_delivered": "0+7x90", "op:notifications_failed": "0+3x90"},
            at="60m",
            says="30% of notifications are given up",
        ),
        quiet=Case(
            {"op:notifications_delivered": "0+9x90", "op:notifications_failed": "0+1x90"},
            at="60m",
        ),
    ),
    _counted(
        "NotificationsGivenUp",
        "P3",
        "tasks",
        "Notifications were so late that they were not sent at all.",
        "op:notifications_too_late",
        "1h",
        "%s notifications were too late to be sent",
        "millrace-notifications",
    ),
    _counted(
        "ResultsRedirected",
        "P3",
        "agents",
        "Results did not reach the topic that their caller reads.",
        "op:redirected_results",
        "1h",
        "%s results went to the default topic",
        "millrace-agents",
    ),
    _counted(
        "DeadLettersTruncated",
        "P4",
        "platform",
        "Dead letters too large for their topic: the beginning was kept.",
        "op:user_truncated_dead_letters",
        "1h",
        "%s dead letters were cut",
        "millrace-system",
    ),
    _counted(
        "FiguresUnreadable",
        "P3",
        "data",
        "Records of the topic of figures hold none.",
        "op:figure_rows_unreadable",
        "1h",
        "%s records of figures were unreadable",
        "millrace-audit",
    ),
    _counted(
        "FiguresTooLate",
        "P4",
        "data",
        "Came so late that no row of figures takes it any more.",
        "op:effect_decisions",
        "1h",
        "%s came too late for any figure",
        "millrace-analytics",
        selector='{effect="too_late"}',
        example=',effect="too_late"',
    ),
    _counted(
        "LakeCommitsFailing",
        "P2",
        "data",
        "Tries to commit to the lake fail; rows wait for the next checkpoint.",
        "op:lake_commit_failures",
        "10m",
        "%s tries to commit to the lake failed",
        "millrace-audit",
        keep="15m",
    ),
    _counted(
        "LakeMaintenanceFailing",
        "P3",
        "data",
        "Small files are not put together, old snapshots not forgotten.",
        "op:lake_maintenance_failures",
        "1h",
        "%s tries at maintenance of the lake failed",
        "millrace-audit",
    ),
    _counted(
        "SpansDropped",
        "P4",
        "agents",
        "Traces are incomplete: the collector does not take the spans.",
        "op:spans_dropped",
        "1h",
        "%s spans did not reach the collector",
        "millrace-agents",
    ),
    _counted(
        "ClocksWrong",
        "P3",
        "platform",
        "Records come from the future: a broker's or a TaskManager's clock is wrong.",
        "op:records_from_the_future",
        "1h",
        "%s records came from the future",
        "millrace-kafka",
    ),
    _counted(
        "KeysMisplaced",
        "P3",
        "platform",
        "A producer chooses partitions otherwise: order of a user is not kept.",
        "op:misplaced_keys",
        "1h",
        "%s records are in another partition than their key says",
        "millrace-kafka",
    ),
    _turns(
        "TurnsFailing",
        "P2",
        "More than one turn of customers in five comes to nothing.",
        "turn_failed",
        0.2,
        "come to nothing",
        30,
    ),
    _turns(
        "TurnsHandedOver",
        "P3",
        "More than half of what customers ask goes to people.",
        "handed_over",
        0.5,
        "go to people",
        80,
    ),
    _counted(
        "EscalationsOverdue",
        "P2",
        "agents",
        "Customers wait for a person who has not answered in time.",
        "op:escalations_overdue",
        "15m",
        "%s conversations wait for a person, and the time is over",
        "millrace-conversations",
    ),
    _counted(
        "VaultValuesGone",
        "P1",
        "platform",
        "Customers read [removed]: the keys of values that the vault holds are gone.",
        "op:vault_values_gone",
        "1h",
        "%s values of customers could not be put back: their keys are gone",
        "millrace-conversations",
    ),
    _counted(
        "VaultKeysUnreadable",
        "P2",
        "platform",
        "Records of the topic of the vault's keys are none: somebody else writes there.",
        "op:vault_keys_unreadable",
        "1h",
        "%s records of the topic of keys are none",
        "millrace-conversations",
    ),
    _counted(
        "StartsRefused",
        "P3",
        "agents",
        "Runs of workflows were not begun: no definition came, or there was no room.",
        "op:starts_refused",
        "15m",
        "%s starts of workflows were refused",
        "millrace-workflows",
    ),
    _alert(
        "RunsFailing",
        severity="P2",
        team="agents",
        means="More than one run of a workflow in five fails.",
        expr='sum(rate(op:change_workflow_events{change="run_failed"}[10m]))'
        ' / (sum(rate(op:change_workflow_events{change=~"run_completed|run_failed"}[10m])) > 0.02) > 0.2',
        hold="5m",
        keep="15m",
        summary="{{ $value | humanizePercentage }} of runs of workflows fail",
        dashboard="millrace-workflows",
        fires=Case(
            {
                'op:change_workflow_events{change="run_completed"}': "0+7x40",
                'op:change_workflow_events{change="run_failed"}': "0+3x40",
            },
            at="30m",
            says="30% of runs of workflows fail",
        ),
        quiet=Case(
            {
                'op:change_workflow_events{change="run_completed"}': "0+9x40",
                'op:change_workflow_events{change="run_failed"}': "0+1x40",
                'op:change_workflow_events{change="run_cancelled"}': "0+50x40",
            },
            at="30m",
        ),
    ),
)
