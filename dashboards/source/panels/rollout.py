"""The rollout job, and the roll-outs of flags."""

from ..grafana import Dashboard, Panel
from . import every_job

JOB = "rollout"
RATE = "[$__rate_interval]"
OF_JOB = f'job_name="{JOB}"'
OF_FLAG = 'flag=~"$flag"'
NAME = "{{flag}}"
# Of flags that are in the hands of a roll-out, running or paused.
UNDER_WAY = "(op:flag_phase == 1 or op:flag_phase == 2)"
NONE_DEFINED = "no roll-out is defined."
NONE_UNDER_WAY = "no roll-out is running or paused."


def _of_each(metric, only=""):
    return {f"max by (flag) (op:flag_{metric}{{{OF_FLAG}}}{only})": NAME}


def now_rolled_out():
    """What has changed is what is asked first when something is wrong: also on the page of the whole system."""
    return Panel(
        "What is being rolled out now?",
        "short",
        "How many of 100 get the new variant of each flag whose roll-out is running or paused.",
        {f"max by (flag) (op:flag_percent and {UNDER_WAY})": NAME},
        empty=NONE_UNDER_WAY,
    )


DASHBOARD = Dashboard(
    "millrace-rollout",
    "Millrace: roll-outs",
    "New variants of flags: how far they are, how near a roll-back, and what they wait for.",
    (
        every_job.running(JOB),
        Panel(
            "How many roll-outs are under way?",
            "short",
            "Running or paused.",
            {f"count({UNDER_WAY})": "under way"},
            kind="stat",
            empty=NONE_UNDER_WAY,
        ),
        Panel(
            "How many were taken back?",
            "short",
            "By evidence or a limit, in the time range of the page. `./millrace rollout show NAME` says why.",
            {"sum(increase(op:flag_taken_back[$__range]))": "taken back"},
            kind="stat",
            thresholds=((1, "red"),),
            empty=NONE_DEFINED,
        ),
        Panel(
            "How many flags are not as they are wanted?",
            "short",
            "For more than a minute: a step, or a roll-back, that has not reached anybody.",
            {"sum(op:flag_unwritten_ms > bool 60000)": "not written"},
            kind="stat",
            thresholds=((1, "red"),),
            empty=NONE_DEFINED,
        ),
        Panel(
            "How many get the new variant?",
            "short",
            "Of 100, by flag. It rises step by step; a line that falls to 0 was taken back.",
            _of_each("percent"),
            empty=NONE_DEFINED,
        ),
        Panel(
            "In which phase is each?",
            "short",
            "0 planned, 1 running, 2 paused, 3 completed, 4 rolled back, 5 stopped, 6 aborted; -1: there is none any more.",
            _of_each("phase"),
            empty=NONE_DEFINED,
            signed=True,
        ),
        Panel(
            "How near is each to a roll-back?",
            "short",
            "The nearest of its metrics, on a logarithmic scale: at 1 it is taken back, from 0.5 on it goes no further.",
            _of_each("nearest", f" and {UNDER_WAY}"),
            thresholds=((0.5, "orange"), (1, "red")),
            empty=NONE_UNDER_WAY,
        ),
        Panel(
            "What does each wait for?",
            "short",
            "0 nothing, 1 frozen, 2 the flag, 3 another flag, 4 windows, 5 somebody has to say so, 6 no signal, "
            "7 a metric is on its way to a roll-back, 8 the shares of the requests.",
            _of_each("waits_for"),
            empty=NONE_DEFINED,
        ),
        Panel(
            "For how long has it waited?",
            "ms",
            "Since the step was over and the next one did not begin.",
            _of_each("waits_ms"),
            thresholds=((7_200_000, "orange"),),
            empty=NONE_DEFINED,
        ),
        Panel(
            "For how long was nothing told of the new variant?",
            "ms",
            "While somebody gets it and it is watched. No signal is not health.",
            _of_each("silent_ms"),
            thresholds=((1_800_000, "red"),),
            empty=NONE_DEFINED,
        ),
        Panel(
            "Do the shares of the requests differ from the flag?",
            "bool",
            "1: not everybody gets the variant they should, or not everybody tells of it; comparing says little then.",
            _of_each("sample_ratio_off", f" and {UNDER_WAY}"),
            thresholds=((1, "red"),),
            empty=NONE_UNDER_WAY,
        ),
        Panel(
            "For how long has a flag not been as it is wanted?",
            "ms",
            "From the decision until it stands in the log of flags: milliseconds, and 0 in between.",
            _of_each("unwritten_ms"),
            thresholds=((300_000, "red"),),
            empty=NONE_DEFINED,
        ),
        Panel(
            "What do roll-outs do?",
            "cps",
            "Events a second by kind; `./millrace tail rollout-events` has the reason of each.",
            {f"sum by (kind) (rate(op:kind_rollout_events{RATE}))": "{{kind}}"},
        ),
        Panel(
            "What becomes of what comes to roll-outs?",
            "cps",
            "applied; stale came before; refused is a caller's mistake; ignored concerns no roll-out that is under way.",
            {f'sum by (effect) (rate(op:effect_decisions{{{OF_JOB},operator_name="rollouts"}}{RATE}))': "{{effect}}"},
        ),
        Panel(
            "Which signals do not count?",
            "cps",
            "Those that came again, after their interval was told, or with too many variants or names.",
            {
                f"sum(rate(op:signals_{name}{RATE}))": label
                for name, label in (("again", "again"), ("too_late", "too late"), ("dropped", "dropped"))
            },
        ),
        Panel(
            "How are flags written?",
            "cps",
            "written; ahead, the log had it already, as after a restore; unfit, the flag has no place for it.",
            {f"sum(rate(op:flags_{name}{RATE}))": name for name in ("written", "ahead", "unfit")},
        ),
        every_job.delays(JOB, "what came until it is decided about", NONE_DEFINED),
        every_job.dead_letters(JOB),
        every_job.behind(JOB, NONE_DEFINED),
        every_job.input_clock(JOB),
        every_job.horizon(JOB),
        every_job.sources(JOB),
        every_job.backpressure(JOB),
    ),
    {"flag": "label_values(op:flag_phase, flag)"},
)
