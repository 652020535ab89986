"""The watch of the 48 hours after a release: what to look at when, and what must be so."""

from dataclasses import dataclass

from .metrics import expand


@dataclass(frozen=True)
class Checkpoint:
    """
    ``question`` is to be answered ``hour`` hours after the release. ``passes`` compares each value that ``query`` has,
    such as "<= 0.05"; a query without a value passes only when ``may_be_empty``.
    """

    id: str
    hour: int
    question: str
    query: str
    passes: str
    may_be_empty: bool = False

    def promql(self):
        return expand(self.query)

    def row(self):
        """As the machine-readable file has it."""
        return {
            "id": self.id,
            "due_hour": self.hour,
            "question": self.question,
            "promql": self.promql(),
            "pass": self.passes,
            "empty_passes": self.may_be_empty,
        }


# What is asked each time: (name, question, query, condition, whether no value is good as well).
_RESTARTS = (
    "restarts",
    "Has no job restarted in the last hour?",
    "max by (job_name) (increase(job:numRestarts[1h]))",
    "== 0",
    False,
)
_RUNNING = ("running", "Do all jobs run?", "min by (job_name) (job:runningTime)", "> 0", False)
_CHECKPOINT = (
    "checkpoint",
    "Has every job a checkpoint of the last five minutes?",
    "time() - max by (job_name) (job:lastCheckpointCompletedTimestamp) / 1000",
    "<= 300",
    False,
)
_FAILED = (
    "failed-checkpoints",
    "Did no checkpoint fail in the last hour?",
    "max by (job_name) (increase(job:numberOfFailedCheckpoints[1h]))",
    "<= 1",
    False,
)
_LAG = ("lag", "Is everything read as it comes?", "sum by (job_name) (op:pendingRecords)", "<= 1000", False)
_CLOCK = (
    "input-clock",
    "Is the input clock at the wall clock?",
    "max by (job_name) (op:input_clock_lag_ms)",
    "<= 5000",
    False,
)
_LATE = ("reminders", "Are reminders on time (p99)?", 'max(op:reminder_lateness_ms{quantile="0.99"})', "<= 5000", True)
_VIEWS = ("views", "Is a change soon to be seen (p95)?", 'max(op:event_to_update_ms{quantile="0.95"})', "<= 5000", True)
_CALLS = (
    "calls",
    "Do callers get answers within two minutes (p95)?",
    'max(op:agent_call_ms{quantile="0.95"})',
    "<= 120000",
    True,
)
_ERRORS = (
    "errors",
    "Are 95 % of the calls answered?",
    'sum(rate(op:agent_status_results{status!~"ok|skipped|degraded|refused"}[30m]))'
    ' / (sum(rate(op:agent_status_results{status!="refused"}[30m])) > 0)',
    "<= 0.05",
    True,
)
_LETTERS = (
    "dead-letters",
    "Are there no more dead letters than 1 % of the input?",
    "sum(rate(op:code_dead_letters[30m]))" ' / (sum(rate(op:numRecordsIn{operator_name=~"Source:.*"}[30m])) > 0)',
    "<= 0.01",
    True,
)
_LOST = ("lost", "Was nothing lost?", "sum(op:records_lost) + sum(op:failedCommittables)", "== 0", False)
_SINKS = ("sinks", "Did Kafka take all that was written?", "sum(op:numRecordsSendErrors)", "== 0", False)
_LAKE = ("lake", "Is the lake at most five minutes behind?", "max(op:lake_commit_age_ms)", "<= 300000", True)
_HEAP = (
    "heap",
    "Is there room on the heap?",
    "max by (tm_id) (tm:Status_JVM_Memory_Heap_Used / tm:Status_JVM_Memory_Heap_Max)",
    "<= 0.9",
    False,
)
_GARBAGE = (
    "garbage",
    "Does garbage collection take little time?",
    "max by (tm_id) (tm:Status_JVM_GarbageCollector_All_TimeMsPerSecond)",
    "<= 100",
    False,
)
_STATE = (
    "state",
    "Is the state about as large as a day ago?",
    "max by (job_name) (job:lastCheckpointFullSize) / (max by (job_name) (job:lastCheckpointFullSize offset 1d) > 0)",
    "<= 1.5",
    True,
)
_COST = (
    "cost",
    "Does an hour cost no more than twice what it did a day ago?",
    "sum(rate(op:model_cost_micros[1h])) / (sum(rate(op:model_cost_micros[1h] offset 1d)) > 0)",
    "<= 2",
    True,
)
_BUDGET = ("budget", "Is nothing refused for want of budget?", "sum(increase(op:refused_attempts[1h]))", "== 0", True)
_CIRCUITS = ("circuits", "Are all circuits closed?", "max(op:agent_circuit_open)", "== 0", True)
_PRESSURE = (
    "backpressure",
    "Is no task held back for half of its time?",
    "max by (job_name) (task:backPressuredTimeMsPerSecond)",
    "<= 500",
    False,
)
_ALERTS = (
    "alerts",
    "Does nothing fire but the watchdog?",
    'count(ALERTS{alertstate="firing",severity=~"P0|P1|P2"}) or vector(0)',
    "== 0",
    False,
)
_HORIZON = ("horizon", "Are all wake-ups known ahead?", "min by (job_name) (op:wake_up_horizon_ms)", "> 0", False)
_SPEED = (
    "duration",
    "Do checkpoints take less than a minute?",
    "max by (job_name) (job:lastCheckpointDuration)",
    "<= 60000",
    False,
)
_METASPACE = (
    "metaspace",
    "Did the release leave no classes behind (less than 1 GiB)?",
    "max by (tm_id) (tm:Status_JVM_Memory_Metaspace_Used)",
    "<= 1073741824",
    False,
)

_SCHEDULE = (
    (0, (_RUNNING, _RESTARTS, _CHECKPOINT, _LAG, _CLOCK, _HORIZON, _LOST, _SINKS, _LETTERS, _CIRCUITS, _ALERTS)),
    (
        1,
        (
            _RUNNING,
            _RESTARTS,
            _CHECKPOINT,
            _FAILED,
            _SPEED,
            _LAG,
            _LATE,
            _VIEWS,
            _CALLS,
            _ERRORS,
            _LETTERS,
            _LAKE,
            _ALERTS,
        ),
    ),
    (4, (_RESTARTS, _LAG, _CALLS, _ERRORS, _LETTERS, _HEAP, _GARBAGE, _ALERTS)),
    (12, (_RESTARTS, _FAILED, _LAG, _LATE, _HEAP, _LAKE, _PRESSURE, _ALERTS)),
    (24, (_RESTARTS, _LOST, _ERRORS, _STATE, _COST, _BUDGET, _METASPACE, _ALERTS)),
    (48, (_RUNNING, _RESTARTS, _LOST, _STATE, _COST, _LETTERS, _ALERTS)),
)

CHECKPOINTS = tuple(
    Checkpoint(f"h{hour:02}-{name}", hour, question, query, passes, may_be_empty)
    for hour, looks in _SCHEDULE
    for name, question, query, passes, may_be_empty in looks
)
