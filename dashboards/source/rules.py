"""Alert rules and their tests, as Prometheus' YAML."""

import json
import re
from dataclasses import dataclass

from .metrics import expand

# What severities mean is in docs/watching.md; the watchdog has none.
SEVERITIES = ("P0", "P1", "P2", "P3", "P4", "none")
GROUPS = ("availability", "latency", "errors", "lag", "deployment", "cost", "rollouts", "security")
EXTERNAL = {"grafana": "https://grafana.example.com", "runbooks": "https://git.example.com/millrace/docs/runbooks"}


@dataclass(frozen=True)
class Case:
    """
    ``series``, in promtool's notation with a value each ``step``, by name in the shorthand of ``metrics.expand``; and
    what the alert is then, ``at`` that time: its labels beyond those of the rule, and its summary. What takes days has
    longer steps, or the test would take minutes.
    """

    series: dict
    at: str = "20m"
    labels: tuple = ()
    says: str = ""
    step: str = "1m"


@dataclass(frozen=True)
class Alert:
    """
    ``hold`` is how long ``expr`` must hold first, ``keep`` how long the alert goes on after: what comes and goes is one
    alert. ``means`` is a line of the table in docs/watching.md. In ``fires`` it must fire, in ``quiet`` it must
    not; only one that always fires has no ``quiet``.
    """

    name: str
    group: str
    severity: str
    team: str
    means: str
    expr: str
    hold: str
    keep: str
    summary: str
    dashboard: str
    fires: Case
    quiet: Case

    def promql(self):
        return expand(self.expr)

    def slug(self):
        """The name of its runbook."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", self.name).lower()


def rules(group, alerts):
    """The rules of a group, as a file of Prometheus."""
    lines = [_HEADER, "groups:", f"  - name: millrace-{group}", "    rules:"]
    for alert in alerts:
        lines += [
            f"      - alert: {alert.name}",
            "        expr: >-",
            "          " + alert.promql(),
            f"        for: {alert.hold}",
            f"        keep_firing_for: {alert.keep}",
            "        labels:",
            f"          severity: {alert.severity}",
            f"          team: {alert.team}",
            "        annotations:",
            "          summary: " + json.dumps(alert.summary, ensure_ascii=False),
            '          dashboard_url: "{{ $externalLabels.grafana }}/d/' + alert.dashboard + '"',
            '          runbook_url: "{{ $externalLabels.runbooks }}/' + alert.slug() + '.md"',
        ]
    return "\n".join(lines) + "\n"


def tests(group, alerts):
    """
    For each alert a test in which it fires, word for word, and one in which it stays quiet: promtool's files by the
    step of their cases, which they have in common.
    """
    files = {}
    for alert in alerts:
        for case, fires in ((alert.fires, True), (alert.quiet, False)):
            if case:
                files.setdefault(case.step, []).extend(_test(alert, case, fires))
    return {
        step: "\n".join([_HEADER, f"rule_files: [../{group}.yml]", f"evaluation_interval: {step}", "tests:", *lines])
        + "\n"
        for step, lines in files.items()
    }


def _test(alert, case, fires):
    lines = [
        f"  - name: {alert.name} {'fires' if fires else 'stays quiet'}",
        f"    interval: {case.step}",
        "    external_labels: " + json.dumps(EXTERNAL),
        "    input_series:" if case.series else "    input_series: []",
    ]
    for series, values in case.series.items():
        lines += ["      - series: " + _quoted(expand(series)), f"        values: '{values}'"]
    lines += ["    alert_rule_test:", f"      - eval_time: {case.at}", f"        alertname: {alert.name}"]
    if not fires:
        return lines + ["        exp_alerts: []"]
    labels = {"severity": alert.severity, "team": alert.team, **dict(case.labels)}
    annotations = {
        "summary": case.says,
        "dashboard_url": f"{EXTERNAL['grafana']}/d/{alert.dashboard}",
        "runbook_url": f"{EXTERNAL['runbooks']}/{alert.slug()}.md",
    }
    return lines + [
        "        exp_alerts:",
        "          - exp_labels: " + json.dumps(labels),
        "            exp_annotations: " + json.dumps(annotations, ensure_ascii=False),
    ]


def _quoted(text):
    return "'" + text.replace("'", "''") + "'"


_HEADER = "# Written by dashboards/watch.py from the tables in dashboards/source: change those."
