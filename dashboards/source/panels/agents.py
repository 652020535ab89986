"""The agents job."""

from ..grafana import Dashboard, Panel
from . import every_job

JOB = "agents"
RATE = "[$__rate_interval]"
OF_AGENT = 'agent=~"$agent"'
NOT_REFUSED = 'status!="refused"'
NOT_ANSWERED = 'status!~"ok|skipped|degraded|refused"'

DASHBOARD = Dashboard(
    "millrace-agents",
    "Millrace: agents",
    "Calls in, answers out, and the agents between.",
    (
        every_job.running(JOB),
        Panel(
            "How many agents are registered?",
            "short",
            "As each subtask knows them.",
            {"max(op:agents)": "agents"},
            kind="stat",
        ),
        Panel(
            "How many calls have no result yet?",
            "short",
            "All that are under way or wait.",
            {"sum(op:waiting_calls)": "calls"},
            kind="stat",
            thresholds=((1_000, "red"),),
        ),
        Panel(
            "How many circuits are open?",
            "short",
            "Agents that are left alone because they keep failing.",
            {f"sum(max by (agent) (op:agent_circuit_open{{{OF_AGENT}}}))": "open"},
            kind="stat",
            thresholds=((1, "red"),),
        ),
        Panel(
            "How many attempts did a flag stop?",
            "short",
            "Since the start of the job: while millrace-stop is on, for all, a tenant or an agent.",
            {"sum(op:stopped_attempts)": "stopped"},
            kind="stat",
            thresholds=((1, "red"),),
        ),
        Panel(
            "What becomes of calls?",
            "cps",
            "started, joined, cache_hit, refused, waiting, duplicate; and of outcomes.",
            {f"sum by (effect) (rate(op:effect_calls{RATE}))": "{{effect}}"},
        ),
        Panel(
            "How do calls end?",
            "cps",
            "Results a second by status.",
            {f"sum by (status) (rate(op:agent_status_results{{{OF_AGENT}}}{RATE}))": "{{status}}"},
        ),
        Panel(
            "How long do callers wait?",
            "ms",
            "From a call's log time to its result, 95 % are faster.",
            {f'max by (agent) (op:agent_call_ms{{{OF_AGENT},quantile="0.95"}})': "{{agent}}"},
            thresholds=((120_000, "red"),),
        ),
        Panel(
            "How long do agents take?",
            "ms",
            "One attempt, as long as the agent had it, 95 % are faster.",
            {f'max by (agent) (op:agent_attempt_ms{{{OF_AGENT},quantile="0.95"}})': "{{agent}}"},
        ),
        Panel(
            "Which share of calls is not answered?",
            "percentunit",
            "By agent: results other than ok, skipped and degraded. Refused calls are not counted.",
            {
                f"sum by (agent) (rate(op:agent_status_results{{{OF_AGENT},{NOT_ANSWERED}}}{RATE}))"
                f" / (sum by (agent) (rate(op:agent_status_results{{{OF_AGENT},{NOT_REFUSED}}}{RATE})) > 0)": "{{agent}}"
            },
            thresholds=((0.05, "red"),),
        ),
        Panel(
            "How do attempts end?",
            "cps",
            "Physical calls a second by status; retryable ones are made again.",
            {f"sum by (status) (rate(op:agent_status_attempts{{{OF_AGENT}}}{RATE}))": "{{status}}"},
        ),
        Panel(
            "How many attempts run and wait?",
            "short",
            "At each agent's gate.",
            {
                f"sum by (agent) (op:agent_running_attempts{{{OF_AGENT}}})": "{{agent}} running",
                f"sum by (agent) (op:agent_queued_attempts{{{OF_AGENT}}})": "{{agent}} waiting",
            },
            thresholds=((1_000, "red"),),
        ),
        Panel(
            "Which agents are left alone (circuit)?",
            "short",
            "1 while the circuit is open.",
            {f"max by (agent) (op:agent_circuit_open{{{OF_AGENT}}})": "{{agent}}"},
            thresholds=((1, "red"),),
        ),
        Panel(
            "Which agents were not allowed to be reached?",
            "short",
            "Attempts at a host that is not allowed, since the start: a wrong definition, or one that tries.",
            {f"sum by (agent) (op:agent_not_allowed_attempts{{{OF_AGENT}}})": "{{agent}}"},
            thresholds=((1, "red"),),
        ),
        Panel(
            "Do all results reach their topic?",
            "short",
            "Sent to the default topic instead, since the start.",
            {"sum(op:redirected_results)": "redirected"},
            thresholds=((1, "orange"),),
        ),
        every_job.dead_letters(JOB),
        every_job.behind(JOB),
        every_job.input_clock(JOB),
        every_job.horizon(JOB),
        every_job.sources(JOB),
        every_job.backpressure(JOB),
    ),
    {"agent": "label_values(op:agent_running_attempts, agent)"},
)
