"""Does somebody do what nobody should?"""

from ..rules import Alert, Case


def _alert(name, severity, team, means, expr, hold, keep, summary, fires, quiet, dashboard="millrace-agents"):
    return Alert(name, "security", severity, team, means, expr, hold, keep, summary, dashboard, fires, quiet)


def _certificate(name, severity, means, days, keep):
    host = (("job", "probe"), ("instance", "https://flink.example.com"))
    series = 'probe_ssl_earliest_cert_expiry{job="probe",instance="https://flink.example.com"}'
    return _alert(
        name,
        severity=severity,
        team="platform",
        means=means,
        expr=f"probe_ssl_earliest_cert_expiry - time() < {days} * 86400",
        hold="10m",
        keep=keep,
        summary="The certificate of {{ $labels.instance }} ends in {{ $value | humanizeDuration }}",
        fires=Case(
            {series: "86400x60"},
            at="60m",
            labels=host,
            says="The certificate of https://flink.example.com ends in 23h 0m 0s",
        ),
        quiet=Case({series: f"{(days + 1) * 86400}x60"}, at="60m"),
        dashboard="millrace-system",
    )


ALERTS = (
    _alert(
        "HostNotAllowed",
        severity="P2",
        team="agents",
        means="An agent's definition leads to a host that the job may not reach.",
        expr="sum by (agent) (grown(op:agent_not_allowed_attempts, 15m)) > 0",
        hold="0m",
        keep="30m",
        summary='{{ $value | printf "%.0f" }} attempts of {{ $labels.agent }} at a host that is not allowed',
        fires=Case(
            {'op:agent_not_allowed_attempts{agent="writer"}': "0x15 4x30"},
            labels=(("agent", "writer"),),
            says="4 attempts of writer at a host that is not allowed",
        ),
        quiet=Case({'op:agent_not_allowed_attempts{agent="writer"}': "4x100"}, at="90m"),
    ),
    _alert(
        "TokensMadeUp",
        severity="P3",
        team="agents",
        means="Answers name tokens that their conversation never had: agents make them up, or are talked into them.",
        expr="sum(grown(op:vault_tokens_unknown, 1h)) > 20",
        hold="0m",
        keep="1h",
        summary='{{ $value | printf "%.0f" }} tokens of answers were of no value of their conversation',
        fires=Case(
            {'op:vault_tokens_unknown{task_attempt_num="1"}': "_x15 40x30"},
            says="40 tokens of answers were of no value of their conversation",
        ),
        quiet=Case({'op:vault_tokens_unknown{task_attempt_num="0"}': "40x20"}, at="190m", step="10m"),
        dashboard="millrace-conversations",
    ),
    _alert(
        "TenantMismatch",
        severity="P2",
        team="agents",
        means="Calls name a tenant on a topic that is not that tenant's.",
        expr='sum(grown(op:code_dead_letters{code="tenant_mismatch"}, 15m)) > 0',
        hold="0m",
        keep="30m",
        summary='{{ $value | printf "%.0f" }} calls named a tenant on another\'s topic',
        fires=Case(
            {'op:code_dead_letters{job_name="agents",code="tenant_mismatch"}': "_x15 5x30"},
            says="5 calls named a tenant on another's topic",
        ),
        quiet=Case({'op:code_dead_letters{job_name="agents",code="not_json"}': "_x15 5x30"}),
    ),
    _alert(
        "UnknownAgents",
        severity="P4",
        team="agents",
        means="Calls name agents that nobody registered: a typing error, or somebody tries.",
        expr='sum(rate(op:agent_status_results{agent="_unknown_"}[15m])) > 0.1',
        hold="15m",
        keep="30m",
        summary='Agents that nobody registered are called {{ $value | printf "%.1f" }} times a second',
        fires=Case(
            {'op:agent_status_results{agent="_unknown_",status="refused"}': "0+60x60"},
            at="50m",
            says="Agents that nobody registered are called 1.0 times a second",
        ),
        quiet=Case({'op:agent_status_results{agent="writer",status="refused"}': "0+60x60"}, at="50m"),
    ),
    _alert(
        "RubbishFlood",
        severity="P2",
        team="platform",
        means="Ten records a second can't be accepted: a broken producer, or an attack.",
        expr="sum by (job_name) (rate(op:code_dead_letters[5m])) > 10",
        hold="5m",
        keep="15m",
        summary='{{ $value | printf "%.0f" }} records a second that {{ $labels.job_name }} reads are rubbish',
        fires=Case(
            {'op:code_dead_letters{job_name="tasks",code="not_json"}': "0+1200x40"},
            at="30m",
            labels=(("job_name", "tasks"),),
            says="20 records a second that tasks reads are rubbish",
        ),
        quiet=Case({'op:code_dead_letters{job_name="tasks",code="not_json"}': "0+60x40"}, at="30m"),
        dashboard="millrace-kafka",
    ),
    _certificate("CertificateEnding", "P3", "A certificate ends within three weeks (blackbox exporter).", 21, "1h"),
    _certificate(
        "CertificateEnded", "P1", "A certificate ends within two days, or has ended (blackbox exporter).", 2, "1h"
    ),
)
