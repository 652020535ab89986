"""The files that follow from the tables."""

import json
import re

from . import rules
from .alerts import ALERTS
from .checkpoints import CHECKPOINTS
from .grafana import render
from .metrics import HOME
from .panels import DASHBOARDS

HERE = HOME / "dashboards"


def files():
    """Text by path of all that is generated, whole."""
    written = {HERE / f"grafana/{one.uid}.json": _json(render(one)) for one in DASHBOARDS}
    for group in rules.GROUPS:
        alerts = [alert for alert in ALERTS if alert.group == group]
        written[HERE / f"alerts/{group}.yml"] = rules.rules(group, alerts)
        for step, text in rules.tests(group, alerts).items():
            written[HERE / f"alerts/tests/{group}-{step}.yml"] = text
    written[HERE / "empty-when-healthy.txt"] = _empty()
    written[HERE / "watch/checkpoints.json"] = _json([checkpoint.row() for checkpoint in CHECKPOINTS])
    for page, parts in PAGES.items():
        written[page] = _page(page, parts)
    return written


def write():
    for path, text in files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _json(value):
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _empty():
    lines = ["# Panels that show nothing while all is well, and why. All others have data as soon as a job runs."]
    lines += [
        f"{dashboard.uid}: {panel.title}: {panel.empty}"
        for dashboard in DASHBOARDS
        for panel in dashboard.panels
        if panel.empty
    ]
    return "\n".join(lines) + "\n"


def _page(page, parts):
    """The text of a page with its generated parts, between their markers, as they should be."""
    text = page.read_text(encoding="utf-8")
    for name, rows in parts.items():
        begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
        if begin not in text or end not in text:
            raise SystemExit(f"{page} has no {begin} … {end}")
        part = "\n".join([begin, *rows(), end])
        text = re.sub(re.escape(begin) + ".*?" + re.escape(end), lambda _: part, text, flags=re.S)
    return text


def _dashboards():
    yield "| dashboard | | panels |"
    yield "|---|---|---|"
    for one in DASHBOARDS:
        yield f"| [{one.title}](../dashboards/grafana/{one.uid}.json) | {one.description} | {len(one.panels)} |"


def _alerts():
    yield "| alert | severity | group | means |"
    yield "|---|---|---|---|"
    for alert in ALERTS:
        yield f"| [{alert.name}](runbooks/{alert.slug()}.md) | {alert.severity} | {alert.group} | {alert.means} |"


def _checkpoints():
    yield "| hour | | question | passes when |"
    yield "|---|---|---|---|"
    for one in CHECKPOINTS:
        yield f"| {one.hour} | `{one.id}` | {one.question} | {one.passes}{' or none' if one.may_be_empty else ''} |"


def _runbooks():
    for group in rules.GROUPS:
        links = ", ".join(f"[{alert.name}]({alert.slug()}.md)" for alert in ALERTS if alert.group == group)
        yield f"- **{group}**: {links}"


# Generated parts of pages: what writes each, by page and name.
PAGES = {
    HOME / "docs/watching.md": {"dashboards": _dashboards, "alerts": _alerts, "checkpoints": _checkpoints},
    HOME / "docs/runbooks/README.md": {"runbooks": _runbooks},
}
