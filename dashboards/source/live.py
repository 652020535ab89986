"""Asks a real Prometheus, which scrapes a running platform, every query of every dashboard and every rule."""

import json
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from .checkpoints import CHECKPOINTS
from .metrics import HOME, plain
from .panels import DASHBOARDS

# Often enough for a rate after two looks, seldom enough for a busy machine to answer in between.
SCRAPE = """\
global: {{scrape_interval: 5s, scrape_timeout: 5s, evaluation_interval: 5s}}
rule_files: ['{rules}']
scrape_configs:
  - job_name: flink
    static_configs: [{{targets: ['{target}']}}]
"""
LOOK_EVERY_SECONDS = 1
ANSWER_LIMIT_SECONDS = 30


class Prometheus:
    """A server of its own, with its data in a directory that goes with it, on a free port of the loopback interface."""

    def __init__(self, target):
        self._directory = tempfile.TemporaryDirectory(prefix="millrace-prometheus")
        home = Path(self._directory.name)
        config = home / "prometheus.yml"
        config.write_text(SCRAPE.format(target=target, rules=HOME / "dashboards/alerts/*.yml"), encoding="utf-8")
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._url = "http://127.0.0.1:%d" % free.getsockname()[1]
        self._log = open(home / "log", "w+", encoding="utf-8")
        self._process = subprocess.Popen(
            [
                "prometheus",
                f"--config.file={config}",
                f"--storage.tsdb.path={home / 'data'}",
                "--web.listen-address=" + self._url.removeprefix("http://"),
            ],
            stdout=self._log,
            stderr=self._log,
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait()
        self._log.close()
        self._directory.cleanup()

    def ask(self, path, **parameters):
        """The data of an answer; None while the server does not answer yet."""
        if self._process.poll() is not None:
            self._log.seek(0)
            raise SystemExit("prometheus ended:\n" + self._log.read()[-2000:])
        query = urllib.parse.urlencode(parameters)
        try:
            with urllib.request.urlopen(f"{self._url}/api/v1/{path}?{query}", timeout=ANSWER_LIMIT_SECONDS) as answer:
                return json.load(answer)["data"]
        except urllib.error.HTTPError as refused:
            if refused.code == 503:
                return None
            raise SystemExit(f"{query}: {refused.read().decode()}") from refused
        except OSError:
            return None


def walk(target, deadline_seconds):
    """
    Waits until each query has had data, and each rule was evaluated, or the time is over. Returns what is wrong, a
    sentence each.
    """
    until = time.monotonic() + deadline_seconds
    missing = _asked()
    with Prometheus(target) as prometheus:
        while True:
            missing = {one: why for one, why in missing.items() if not _has_data(prometheus, one[1])}
            rules = _rules(prometheus)
            evaluated = rules and all(rule["health"] != "unknown" for rule in rules)
            if (evaluated and all(missing.values())) or time.monotonic() > until:
                break
            time.sleep(LOOK_EVERY_SECONDS)
    _tell(missing, rules)
    wrong = [f"no data: {where}: {query}" for (where, query), why in missing.items() if not why]
    wrong += [
        f"rule {rule['name']} is {rule['health']}: {rule.get('lastError', 'not evaluated in time')}"
        for rule in rules
        if rule["health"] != "ok"
    ]
    return wrong if rules else wrong + ["Prometheus loaded no rule"]


def _asked():
    """Why it may have no data, empty where it must have some; by where a query stands and what it is."""
    asked = {
        (f"{dashboard.uid}, {panel.title!r}", plain(query)): panel.empty
        for dashboard in DASHBOARDS
        for panel in dashboard.panels
        for query in panel.expressions()
    }
    return asked | {
        ("checkpoint " + one.id, one.promql()): "no value is good as well" if one.may_be_empty else ""
        for one in CHECKPOINTS
    }


def _has_data(prometheus, query):
    answer = prometheus.ask("query", query=query)
    return bool(answer) and any(one["value"][1] != "NaN" for one in answer["result"])


def _rules(prometheus):
    answer = prometheus.ask("rules")
    return [rule for group in answer["groups"] for rule in group["rules"]] if answer else []


def _tell(missing, rules):
    for (where, _), why in missing.items():
        if why:
            print(f"empty: {where}: {why}")
    for rule in rules:
        if rule["state"] != "inactive":
            print(f"{rule['state']}: {rule['name']}")
