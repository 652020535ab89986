"""The files that follow from the tables."""

import json

from . import rules
from .alerts import ALERTS
from .grafana import render
from .metrics import HOME
from .panels import DASHBOARDS

HERE = HOME / "dashboards"
PAGE = HOME / "docs/watching.md"


def files():
    """Text by path of all that is generated, whole."""
    written = {HERE / f"grafana/{one.uid}.json": _json(render(one)) for one in DASHBOARDS}
    for group in rules.GROUPS:
        alerts = [alert for alert in ALERTS if alert.group == group]
        written[HERE / f"alerts/{group}.yml"] = rules.rules(group, alerts)
        written[HERE / f"alerts/tests/{group}.yml"] = rules.tests(group, alerts)
    written[HERE / "empty-when-healthy.txt"] = _empty()
    return written


def write():
    for path, text in files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _json(value):
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _empty():
    lines = ["# Panels that show nothing while all is well, and why. All others have data as soon as a job runs."]
    lines += [f"{dashboard.uid}: {panel.title}: {panel.empty}"
              for dashboard in DASHBOARDS for panel in dashboard.panels if panel.empty]
    return "\n".join(lines) + "\n"
