"""What must be true of dashboards, rules, checkpoints and runbooks. Each check returns a sentence for what is wrong."""

import doctest
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import metrics, output, routing, rules
from .alerts import ALERTS
from .checkpoints import CHECKPOINTS
from .grafana import UNITS
from .metrics import HOME, known, plain, used
from .panels import DASHBOARDS
from .runbooks import wrong_runbooks

# Debian's name of the server, and its own. Debian's reads its templates in one place only.
ALERTMANAGERS = ("prometheus-alertmanager", "alertmanager")
DEBIAN_TEMPLATES = Path("/usr/share/prometheus/alertmanager/default.tmpl")
PROGRAMS = {"promtool": "prometheus", "amtool": "prometheus-alertmanager"}
HOURS_OF_WATCH = 48


def of_tables():
    """What needs no program."""
    return (
        _doctests() + _stale() + _names() + _panels() + _alerts() + _inhibitions() + _checkpoints() + wrong_runbooks()
    )


def by_programs():
    """What Prometheus' own programs say. Of those that are not installed it is told that they were not asked."""
    missing = [f"{name} (Debian: {package})" for name, package in PROGRAMS.items() if not shutil.which(name)]
    if missing:
        print("not checked, as these are not installed: " + ", ".join(missing))
    # They take seconds each, and mostly wait.
    with ThreadPoolExecutor() as pool:
        running = [pool.submit(_promtool)] if shutil.which("promtool") else []
        if shutil.which("amtool"):
            running.append(pool.submit(_alertmanager))
        return [sentence for one in running for sentence in one.result()]


def _doctests():
    """What finds names is tried too: one that it does not see is not checked."""
    return ["the examples in metrics.py do not hold, see above"] if doctest.testmod(metrics).failed else []


def _stale():
    written = output.files()
    wrong = [
        f"{path.relative_to(HOME)} is not what the tables say; run python3 dashboards/watch.py"
        for path, text in written.items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    for folder, pattern in (("grafana", "*.json"), ("alerts", "**/*.yml")):
        wrong += [
            f"{path.relative_to(HOME)} follows from no table; delete it"
            for path in (output.HERE / folder).glob(pattern)
            if path not in written
        ]
    return wrong


def _expressions():
    """Where each expression stands, and the expression as Prometheus takes it."""
    for dashboard in DASHBOARDS:
        for panel in dashboard.panels:
            for expression in panel.expressions():
                yield f"{dashboard.uid}, {panel.title!r}", plain(expression)
    for alert in ALERTS:
        yield alert.name, alert.promql()
    for checkpoint in CHECKPOINTS:
        yield checkpoint.id, checkpoint.promql()


def _names():
    there = known()
    return [
        f"{where}: no page and no list in dashboards/ knows the metric {name}"
        for where, expression in _expressions()
        for name in sorted(used(expression) - there)
    ]


def _panels():
    wrong = _twice("the dashboard", (dashboard.uid for dashboard in DASHBOARDS))
    for dashboard in DASHBOARDS:
        wrong += _twice(f"in {dashboard.uid} the panel", (panel.title for panel in dashboard.panels))
        for panel in dashboard.panels:
            where = f"{dashboard.uid}, {panel.title!r}"
            wrong += [] if panel.title.endswith("?") else [f"{where}: a title is the question that the panel answers"]
            wrong += [] if panel.unit in UNITS else [f"{where}: {panel.unit} is none of {sorted(UNITS)}"]
            wrong += [] if panel.description.endswith(".") else [f"{where}: the description is no sentence"]
            values = [value for value, _ in panel.thresholds]
            wrong += [] if values == sorted(values) else [f"{where}: thresholds must rise"]
    return wrong


def _alerts():
    wrong = _twice("the alert", (alert.name for alert in ALERTS))
    uids = {dashboard.uid for dashboard in DASHBOARDS}
    for alert in ALERTS:
        wrong += [] if alert.severity in rules.SEVERITIES else [f"{alert.name}: no such severity {alert.severity}"]
        wrong += [] if alert.dashboard in uids else [f"{alert.name}: no such dashboard {alert.dashboard}"]
        wrong += [] if alert.quiet or alert.severity == "none" else [f"{alert.name}: no case in which it is quiet"]
        wrong += [] if alert.keep != "0m" or alert.severity == "none" else [f"{alert.name}: it would come and go"]
    return wrong


def _inhibitions():
    """Names in Alertmanager's file, patterns too, that no alert has: such a rule silences nothing."""
    names = [alert.name for alert in ALERTS]
    config = routing.CONFIG.read_text(encoding="utf-8")
    patterns = [one for found in re.findall(r'alertname =~? "?([^"\]\n]*)', config) for one in found.split("|")]
    return [
        f"{routing.CONFIG.name} names {pattern}, which is no alert"
        for pattern in patterns
        if not any(re.fullmatch(pattern, name) for name in names)
    ]


def _checkpoints():
    wrong = _twice("the checkpoint", (checkpoint.id for checkpoint in CHECKPOINTS))
    hours = [checkpoint.hour for checkpoint in CHECKPOINTS]
    if hours != sorted(hours) or hours[0] < 0 or hours[-1] > HOURS_OF_WATCH:
        wrong.append("checkpoints must be in the order of their hours, from 0 to 48")
    return wrong


def _twice(what, names):
    return [f"{what} {name!r} is there {count} times" for name, count in Counter(names).items() if count > 1]


def _promtool():
    files = sorted(str(path) for path in (output.HERE / "alerts").glob("*.yml"))
    tests = sorted(str(path) for path in (output.HERE / "alerts/tests").glob("*.yml"))
    wrong = _ended(["promtool", "check", "rules", *files])
    half = len(tests) // 2
    with ThreadPoolExecutor() as pool:
        for said in pool.map(lambda some: _ended(["promtool", "test", "rules", *some]), (tests[:half], tests[half:])):
            wrong += said
    wrong += _ended(["promtool", "check", "config", str(output.HERE / "prometheus.yml")])
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory) / "expressions.yml"
        file.write_text(_recorded(), encoding="utf-8")
        return wrong + _ended(["promtool", "check", "rules", str(file)])


def _alertmanager():
    wrong = _ended(["amtool", "check-config", str(routing.CONFIG)]) + routing.routes()
    server = next(filter(None, map(shutil.which, ALERTMANAGERS)), None)
    if server and Path(server).name == ALERTMANAGERS[0] and not DEBIAN_TEMPLATES.is_file():
        print(f"what silences what is not checked: {server} needs {DEBIAN_TEMPLATES}, which its package installs")
        server = None
    return wrong + (routing.inhibitions(server) if server else [])


def _recorded():
    """Rules that record each expression: promtool reads expressions in rules only."""
    lines = ["groups:", "  - name: expressions", "    rules:"]
    for number, (where, expression) in enumerate(_expressions()):
        name = re.sub(r"\W+", "_", f"n{number} {where}")
        lines += [f"      - record: {name}", "        expr: >-", f"          {expression}"]
    return "\n".join(lines) + "\n"


def _ended(command):
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    return [] if ended.returncode == 0 else [" ".join(command[:3]) + " says:\n" + ended.stdout + ended.stderr]
