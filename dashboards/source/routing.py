"""What Alertmanager makes of an alert, asked of its own programs."""

import json
import socket
import subprocess
import tempfile
import time
import urllib.request

from .metrics import HOME

CONFIG = HOME / "dashboards/alertmanager/alertmanager.yml"
START_LIMIT_SECONDS = 60

# Labels of an alert, and who learns of it.
ROUTES = (
    ("alertname=Watchdog severity=none", "dead-mans-switch"),
    ("severity=P0", "pager,chat-incidents"),
    ("severity=P1 job_name=tasks", "pager,chat-incidents"),
    ("severity=P2", "chat-incidents"),
    ("severity=P3", "chat-notices"),
    ("severity=P4", "mail-operators"),
    ("severity=P3 tenant=acme", "mail-acme,chat-notices"),
    ("severity=P1 tenant=acme", "mail-acme,pager,chat-incidents"),
    ("severity=P2 team=releases flag=checkout", "chat-releases,chat-incidents"),
    ("severity=P1 team=releases flag=checkout", "chat-releases,pager,chat-incidents"),
    ("severity=P3 team=releases flag=checkout", "chat-releases,chat-notices"),
    ("severity=P1 tenant=other", "pager,chat-incidents"),
    ("alertname=Unforeseen", "chat-notices"),
)

# A cause, and whether it silences the other while both fire.
INHIBITIONS = (
    ("MetricsMissing", {}, "JobGone", {"job_name": "tasks"}, True),
    ("NoTaskManager", {}, "JobRestarting", {"job_name": "tasks"}, True),
    ("JobRestarting", {"job_name": "tasks"}, "LagHigh", {"job_name": "tasks"}, True),
    ("JobRestarting", {"job_name": "tasks"}, "LagHigh", {"job_name": "agents"}, False),
    ("TaskManagerLost", {}, "JobNotRunning", {"job_name": "tasks"}, True),
    ("DiskFull", {}, "CheckpointsFailing", {"job_name": "tasks"}, True),
    ("AgentDown", {"agent": "writer"}, "AgentErrorRate", {"agent": "writer"}, True),
    ("CircuitOpen", {"agent": "writer"}, "AgentErrorRate", {"agent": "other"}, False),
    ("LagHigh", {"job_name": "tasks"}, "InputClockHeldBack", {"job_name": "tasks"}, True),
    ("LagHigh", {"job_name": "tasks"}, "RemindersLate", {}, False),
    ("LakeCommitsFailing", {"job_name": "audit"}, "AuditBehind", {"operator_name": "commit"}, True),
    ("RubbishFlood", {"job_name": "tasks"}, "DeadLettersRising", {"job_name": "tasks"}, True),
    ("RolloutSilent", {"flag": "checkout"}, "RolloutHeldUp", {"flag": "checkout"}, True),
    ("RolloutSilent", {"flag": "checkout"}, "RolloutHeldUp", {"flag": "search"}, False),
    ("BudgetRefusals", {}, "BudgetNearlyUsed", {}, True),
    ("CertificateEnded", {"instance": "a"}, "CertificateEnding", {"instance": "b"}, False),
)


def routes():
    """A sentence for each route that leads elsewhere."""
    wrong = []
    for labels, expected in ROUTES:
        asked = subprocess.run(
            ["amtool", "config", "routes", "test", f"--config.file={CONFIG}", *labels.split()],
            capture_output=True,
            text=True,
            check=False,
        )
        if asked.stdout.strip() != expected:
            wrong.append(f"{labels} goes to {asked.stdout.strip() or asked.stderr.strip()}, not to {expected}")
    return wrong


def inhibitions(program):
    """A sentence for each pair of which a real Alertmanager, started from the file ``program``, says otherwise."""
    wrong = []
    with _Alertmanager(program) as manager:
        for cause, of_cause, effect, of_effect, silent in INHIBITIONS:
            pair = [{"alertname": cause, **of_cause}, {"alertname": effect, **of_effect}]
            manager.tell(pair, ended=False)
            if manager.silences(effect, silent) != silent:
                wrong.append(f"{cause} {of_cause} {'does not silence' if silent else 'silences'} {effect} {of_effect}")
            manager.tell(pair, ended=True)
    return wrong


class _Alertmanager:
    """A server of its own on the loopback interface, which ends before it would tell anybody."""

    def __init__(self, program):
        self._directory = tempfile.TemporaryDirectory(prefix="millrace-alertmanager")
        with socket.create_server(("127.0.0.1", 0)) as free:
            address = "127.0.0.1:%d" % free.getsockname()[1]
        self._alerts = f"http://{address}/api/v2/alerts"
        self._said = tempfile.TemporaryFile(mode="w+")
        self._process = subprocess.Popen(
            [
                program,
                f"--config.file={CONFIG}",
                f"--storage.path={self._directory.name}",
                "--cluster.listen-address=",
                f"--web.listen-address={address}",
            ],
            stdout=self._said,
            stderr=subprocess.STDOUT,
        )

    def __enter__(self):
        until = time.monotonic() + START_LIMIT_SECONDS
        while True:
            try:
                self._read()
                return self
            except OSError:
                if time.monotonic() > until or self._process.poll() is not None:
                    self._process.terminate()
                    self._process.wait()
                    self._said.seek(0)
                    said = self._said.read()[-2000:]
                    self.__exit__()
                    raise SystemExit(f"alertmanager does not start with {CONFIG}:\n{said}") from None
                time.sleep(0.1)

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait()
        self._said.close()
        self._directory.cleanup()

    def tell(self, alerts, ended):
        moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + (-1 if ended else 600)))
        body = json.dumps(
            [{"labels": labels, "startsAt": "2020-01-01T00:00:00Z", "endsAt": moment} for labels in alerts]
        )
        request = urllib.request.Request(self._alerts, body.encode(), {"Content-Type": "application/json"})
        urllib.request.urlopen(request, timeout=30).close()

    def silences(self, alert, expected):
        """Whether an alert that was told is silent. What it learns of a cause takes it a moment."""
        for _ in range(100 if expected else 5):
            states = [one["status"]["state"] for one in self._read() if one["labels"]["alertname"] == alert]
            if states == ["suppressed"]:
                return True
            time.sleep(0.1)
        return False

    def _read(self):
        with urllib.request.urlopen(self._alerts, timeout=30) as answer:
            return json.load(answer)
