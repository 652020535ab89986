"""Whether there is a runbook for each alert, whole, naming commands that there are."""

import re

from .alerts import ALERTS
from .metrics import HOME, known

FOLDER = HOME / "docs/runbooks"
# Of what nobody is alerted to, or what several alerts have in common.
OTHERS = {"agent-timeout", "approval-not-firing", "call-stuck", "incident-guide", "memory-high", "README"}
PARTS = ("What it means", "See it", "Do", "It worked when", "Prevent it")
LINES_OF_A_SCREEN = 60


def wrong_runbooks():
    """A sentence for each that is missing, left over, not whole, too long, or wrong in a command or a link."""
    expected = {alert.slug() for alert in ALERTS}
    there = {path.stem for path in FOLDER.glob("*.md")}
    wrong = [f"docs/runbooks/{name}.md is missing" for name in sorted((expected | OTHERS) - there)]
    wrong += [f"docs/runbooks/{name}.md is of no alert" for name in sorted(there - expected - OTHERS)]
    commands = _commands()
    metrics = known()
    index = (FOLDER / "README.md").read_text(encoding="utf-8") if "README" in there else ""
    for name in sorted(there):
        text = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
        where = f"docs/runbooks/{name}.md"
        for command in re.findall(r"\./millrace (\w+)", text):
            wrong += [] if command in commands else [f"{where}: there is no ./millrace {command}"]
        for metric in re.findall(r"\bflink_\w+", text):
            wrong += [] if metric in metrics or metric == "flink_jobmanager" else [f"{where}: no such metric {metric}"]
        for link in re.findall(r"\]\(([^)#:]+\.md)", text):
            wrong += [] if (FOLDER / link).is_file() else [f"{where}: {link} leads nowhere"]
        if name not in ("README", "incident-guide"):
            wrong += _form(where, text)
        if name != "README" and f"({name}.md)" not in index:
            wrong.append(f"docs/runbooks/README.md does not name {name}.md")
    return wrong


def _form(where, text):
    parts = tuple(re.findall(r"^## (.*)$", text, re.M))
    wrong = [] if parts == PARTS else [f"{where}: its parts are to be {', '.join(PARTS)}, not {', '.join(parts)}"]
    lines = text.count("\n")
    return wrong + ([] if lines <= LINES_OF_A_SCREEN else [f"{where}: {lines} lines are more than a screen"])


def _commands():
    launcher = (HOME / "millrace").read_text(encoding="utf-8")
    return set(re.search(r'^readonly COMMANDS="([^"]*)"', launcher, re.M)[1].split())
