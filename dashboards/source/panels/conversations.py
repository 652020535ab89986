"""The conversations job."""

from ..grafana import Dashboard, Panel
from . import every_job

JOB = "conversations"
RATE = "[$__rate_interval]"
OF_JOB = f'job_name="{JOB}"'
ENDS = "answered|handed_over|turn_failed"
NOBODY = "no customer has written since the start of the job."

DASHBOARD = Dashboard(
    "millrace-conversations",
    "Millrace: conversations",
    "Messages of customers in; answers, and people who are asked, out.",
    (
        every_job.running(JOB),
        Panel(
            "How many conversations are remembered?",
            "short",
            "Those that are closed or erased and not forgotten yet among them.",
            {f'sum(op:remembered_keys{{{OF_JOB},operator_name="conversations"}})': "conversations"},
            kind="stat",
        ),
        Panel(
            "How many keys does the vault hold?",
            "short",
            "One for each conversation in which somebody wrote personal data. While some are under earlier master keys, "
            "those master keys have to stay in the file.",
            {
                "sum(op:vault_keys)": "keys",
                "sum(op:vault_keys_under_earlier_master_keys)": "under earlier master keys",
            },
            kind="stat",
        ),
        Panel(
            "How many keys could not be read?",
            "short",
            "Records of the topic of keys that are none, when the vault opened last.",
            {"sum(op:vault_keys_unreadable)": "unreadable"},
            kind="stat",
            thresholds=((1, "red"),),
        ),
        Panel(
            "How do turns end?",
            "cps",
            "answered, handed over to a person, or come to nothing; withheld where nobody waited any more.",
            {
                f'sum by (effect) (rate(op:effect_decisions{{{OF_JOB},effect=~"{ENDS}|withheld"}}{RATE}))': "{{effect}}"
            },
        ),
        Panel(
            "How many turns begin, and how many are given up?",
            "cps",
            "Runs of the workflow. Cancelled: the customer went on, or a person took over. Timed out: nothing was heard of "
            "the run.",
            {
                f"sum(rate(op:turns_started{RATE}))": "begun",
                f"sum(rate(op:turns_cancelled{RATE}))": "cancelled",
                f"sum(rate(op:turns_timed_out{RATE}))": "timed out",
            },
            empty=NOBODY,
        ),
        Panel(
            "How long do customers wait for an answer?",
            "ms",
            "From the first message that was not answered, by log times: the quiet time is part of it.",
            {'max by (quantile) (op:reply_ms{quantile=~"0.5|0.95|0.99"})': "p{{quantile}}"},
            thresholds=((30_000, "red"),),
            empty=NOBODY,
        ),
        Panel(
            "Which share of turns do agents answer?",
            "percentunit",
            "Of those that ended as an answer or at a person.",
            {
                f'sum(rate(op:effect_decisions{{{OF_JOB},effect="answered"}}{RATE}))'
                f' / (sum(rate(op:effect_decisions{{{OF_JOB},effect=~"answered|handed_over"}}{RATE})) > 0)': "answered"
            },
            empty=NOBODY,
        ),
        Panel(
            "How many people are asked, and how many come too late?",
            "short",
            "Since the start of the job; overdue are those that nobody had answered in time.",
            {"sum(op:escalations_made)": "asked", "sum(op:escalations_overdue)": "overdue"},
            empty="nobody has been asked since the start of the job.",
        ),
        Panel(
            "Do customers read their own data?",
            "cps",
            "Tokens of replies a second: those that became values; those that are none of the conversation's (an agent made "
            "them up, or was talked into them); those whose key is gone; those without room.",
            {
                f"sum(rate(op:vault_values_restored{RATE}))": "restored",
                f"sum(rate(op:vault_tokens_unknown{RATE}))": "unknown",
                f"sum(rate(op:vault_values_gone{RATE}))": "gone",
                f"sum(rate(op:vault_tokens_withheld{RATE}))": "withheld",
            },
        ),
        Panel(
            "What becomes of messages in the vault?",
            "cps",
            "concealed: personal data was found; passed: none was. revealed and answered are replies; erased, conversations.",
            {
                f'sum by (effect) (rate(op:effect_decisions{{{OF_JOB},operator_name="vault"}}{RATE}))': "{{effect}}"
            },
        ),
        every_job.dead_letters(JOB),
        every_job.delays(JOB, "what came until what is to be done is sent"),
        every_job.behind(JOB),
        every_job.input_clock(JOB),
        every_job.horizon(JOB),
        every_job.sources(JOB),
        every_job.backpressure(JOB),
    ),
)
