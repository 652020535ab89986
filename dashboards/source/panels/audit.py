"""The audit job and the lake."""

from ..grafana import Dashboard, Panel
from . import every_job

JOB = "audit"
RATE = "[$__rate_interval]"
TABLE = "{{operator_name}}"

DASHBOARD = Dashboard(
    "millrace-audit",
    "Millrace: audit",
    "Every record of every topic, once, in the lake.",
    (
        every_job.running(JOB),
        Panel(
            "How old is what the lake does not have yet?",
            "ms",
            "Since the last commit, while files wait for one.",
            {"max(op:lake_commit_age_ms)": "uncommitted"},
            kind="stat",
            thresholds=((300_000, "orange"), (900_000, "red")),
        ),
        Panel(
            "How many commits failed?",
            "short",
            "Since the start; the files wait for the next checkpoint.",
            {"sum(op:lake_commit_failures)": "failed"},
            kind="stat",
            thresholds=((1, "orange"),),
        ),
        Panel(
            "How many records of figures were unreadable?",
            "short",
            "Since the start: audited, but not in the figures.",
            {"sum(op:figure_rows_unreadable)": "unreadable"},
            kind="stat",
            thresholds=((1, "orange"),),
        ),
        Panel(
            "How many rows are written?",
            "cps",
            "Sealed rows of records, and rows of figures, a second.",
            {f"sum(rate(op:audit_rows{RATE}))": "records", f"sum(rate(op:figure_rows{RATE}))": "figures"},
        ),
        Panel(
            "How often is committed?",
            "cps",
            "Commits and failed tries a second, by table.",
            {
                f"sum by (operator_name) (rate(op:lake_commits{RATE}))": TABLE,
                f"sum by (operator_name) (rate(op:lake_commit_failures{RATE}))": TABLE + " failed",
            },
        ),
        Panel(
            "How many files wait for a commit?",
            "short",
            "Of each table. More with each checkpoint is a catalog away.",
            {"sum by (operator_name) (op:lake_files_pending)": TABLE},
            thresholds=((100, "red"),),
        ),
        Panel(
            "How many files has each table?",
            "short",
            "As of the last maintenance; without maintenance queries get slow.",
            {"max by (operator_name) (op:lake_files)": TABLE},
        ),
        Panel(
            "When was maintenance last done?",
            "ms",
            "Since one that went well, by table.",
            {"max by (operator_name) (op:lake_maintenance_age_ms)": TABLE},
            thresholds=((1_800_000, "red"),),
        ),
        Panel(
            "What did maintenance do?",
            "short",
            "Small files put together, and tries that failed, since the start.",
            {
                "sum by (operator_name) (op:lake_files_compacted)": TABLE,
                "sum by (operator_name) (op:lake_maintenance_failures)": TABLE + " failed",
            },
        ),
        Panel(
            "How many records were there already?",
            "short",
            "Dropped since the start, as after an older savepoint.",
            {"sum(op:audit_rows_known)": "known"},
        ),
        every_job.behind(JOB),
        every_job.backpressure(JOB),
    ),
)
