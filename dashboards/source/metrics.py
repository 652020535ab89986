"""Names of metrics: how tables abbreviate them, which ones an expression uses, and which ones there are."""

import re
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]

# Flink's scopes as its Prometheus reporter spells them. No metric of ours has a colon in its name.
SCOPES = {
    "op": "flink_taskmanager_job_task_operator_",
    "task": "flink_taskmanager_job_task_",
    "tm": "flink_taskmanager_",
    "job": "flink_jobmanager_job_",
    "jm": "flink_jobmanager_",
}

# What Prometheus says of itself.
OF_PROMETHEUS = {"up", "ALERTS"}
# Flink has what a serializer counts in a group named user.
OF_SINKS = {"truncated_dead_letters"}

_SCOPE = re.compile(r"\b(op|task|tm|job|jm):(?=\w)")
_GROWN = re.compile(r"\bgrown\((?P<series>[\w:]+(?:\{[^}]*\})?), (?P<range>\w+)\)")
_GROUPING = re.compile(r"\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)")
_NAME = re.compile(r"(?<![\w:$])[a-zA-Z_:][\w:]*(?!\w*\s*\()")
_WORDS = {
    "and",
    "or",
    "unless",
    "bool",
    "offset",
    "by",
    "without",
    "on",
    "ignoring",
    "inf",
    "nan",
    "group_left",
    "group_right",
}


def expand(expression):
    """
    PromQL of a table's shorthand: ``op:reminders`` for the metric of an operator, and ``grown(series, 1h)`` for what a
    counter grew by. Each attempt of a task is a series of its own, and one that is new has grown by all it says, which
    ``increase`` does not see.

    >>> expand('sum(op:reminders) + job:uptime')
    'sum(flink_taskmanager_job_task_operator_reminders) + flink_jobmanager_job_uptime'
    >>> expand('grown(lost{code="a"}, 1h)')
    '((lost{code="a"} unless lost{code="a"} offset 1h) or increase(lost{code="a"}[1h]))'
    """
    grown = _GROWN.sub(
        lambda use: "(({series} unless {series} offset {range}) or increase({series}[{range}]))".format(
            **use.groupdict()
        ),
        expression,
    )
    return _SCOPE.sub(lambda scope: SCOPES[scope[1]], grown)


def plain(expression):
    """PromQL with Grafana's variables replaced, as Prometheus takes it."""
    return (
        expression.replace("$__rate_interval", "1m")
        .replace("$__range", "5m")
        .replace("$job", ".*")
        .replace("$agent", ".*")
        .replace("$group", ".*")
        .replace("$flag", ".*")
    )


def used(expression):
    """
    The names of the metrics in PromQL.

    >>> sorted(used('sum by (job, tm_id) (rate(a_total{b=~"c|d", e="f{"}[5m])) / on (g) group_left (h) (i:j > 1e6)'))
    ['a_total', 'i:j']
    >>> sorted(used('a unless a offset 1d or time() - max_over_time(sum(b)[30m:1m]) == bool 2 and vector(0)'))
    ['a', 'b']
    """
    text = re.sub(r'"(?:[^"\\]|\\.)*"', "", expression)
    text = re.sub(r"\{[^}]*\}", "", text)
    text = re.sub(r"\[[^\]]*\]", "", text)
    text = _GROUPING.sub("", text)
    return {name for name in _NAME.findall(text) if name.lower() not in _WORDS and not re.fullmatch(r"\d.*", name)}


def known():
    """
    Every name that may be used: those of the ``## Metrics`` sections in docs/, with every label that the same row
    names as its group, and those of ``flink-metrics.txt`` and ``other-metrics.txt``.
    """
    names = set(OF_PROMETHEUS)
    for page in sorted((HOME / "docs").glob("*.md")):
        names |= documented(page.read_text(encoding="utf-8"))
    for listing in ("flink-metrics.txt", "other-metrics.txt"):
        for line in (HOME / "dashboards" / listing).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                names.add(line.split()[0])
    return names


def documented(page):
    """
    The names, as Prometheus has them, that the section on metrics of a page in Markdown says there are.

    >>> page = "## Metrics\\n| `made`, `lost` | | x |\\n| `calls` | `agent`, `status` | x |\\n## More\\n| `other` | | |"
    >>> sorted(name.removeprefix(SCOPES["op"]) for name in documented(page))
    ['agent_status_calls', 'lost', 'made']
    """
    section = re.search(r"^## Metrics\n(.*?)(?=^## |\Z)", page, re.M | re.S)
    names = set()
    for row in re.findall(r"^\| (`.*)", section[1] if section else "", re.M):
        cells = [cell.strip() for cell in row.split("|")]
        groups = _groups(cells)
        for name in re.findall(r"`(\w+)`", cells[0]):
            for group in ["user_"] if name in OF_SINKS else groups:
                base = SCOPES["op"] + group + name
                names |= {base, base + "_count"} if name.endswith("_ms") else {base}
    return names


def _groups(cells):
    """``agent_status_`` for "`agent`, `status`", several for "`agent`; `tenant`"; no group for none."""
    if "label `code`" in cells[2]:
        return ["code_"]
    if cells[1] in ("counter", "gauge", "histogram", ""):
        return [""]
    return ["".join(label + "_" for label in re.findall(r"`(\w+)`", part)) for part in cells[1].split(";")]
