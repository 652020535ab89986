"""Do new variants of flags go out as they should?"""

from ..rules import Alert, Case

UNDER_WAY = "(op:flag_phase == 1 or op:flag_phase == 2)"
# The flag, no signal, a metric on its way to a roll-back: what nobody has ordered.
HELD_UP = "(op:flag_waits_for == 2 or op:flag_waits_for == 6 or op:flag_waits_for == 7)"
CHECKOUT = (("flag", "checkout"),)
OF_CHECKOUT = '{flag="checkout"}'
MINUTE = 60_000


def _alert(name, severity, means, expr, hold, keep, summary, fires, quiet):
    return Alert(
        name, "rollouts", severity, "releases", means, expr, hold, keep, summary, "millrace-rollout", fires, quiet
    )


ALERTS = (
    _alert(
        "RolloutTakenBack",
        severity="P2",
        means="The evidence, or a limit, has taken a new variant back: nobody has it any more.",
        expr="sum by (flag) (grown(op:flag_taken_back, 1h)) > 0",
        hold="0m",
        keep="15m",
        summary='The new variant of {{ $labels.flag }} was taken back by the evidence ({{ $value | printf "%.0f" }} in an hour)',
        fires=Case(
            {f"op:flag_taken_back{OF_CHECKOUT}": "0x15 1x30"},
            labels=CHECKOUT,
            says="The new variant of checkout was taken back by the evidence (1 in an hour)",
        ),
        # Somebody's own command, and what was long ago.
        quiet=Case(
            {f"op:flag_taken_back{OF_CHECKOUT}": "1x30", 'op:kind_rollout_events{kind="rolled_back"}': "0x20 1x10"},
            at="250m",
            step="10m",
        ),
    ),
    _alert(
        "RolloutFlagNotWritten",
        severity="P1",
        means="A flag has not stood in its log for five minutes as its roll-out wants it: perhaps a roll-back.",
        expr="max by (flag) (op:flag_unwritten_ms) / 1000 > 300",
        hold="1m",
        keep="5m",
        summary="The flag {{ $labels.flag }} has not been as its roll-out wants it for {{ $value | humanizeDuration }}",
        fires=Case(
            {f"op:flag_unwritten_ms{OF_CHECKOUT}": f"0x5 0+{MINUTE}x30"},
            labels=CHECKOUT,
            says="The flag checkout has not been as its roll-out wants it for 14m 0s",
        ),
        quiet=Case({f"op:flag_unwritten_ms{OF_CHECKOUT}": f"0+{MINUTE}x3 0x30"}),
    ),
    _alert(
        "RolloutSilent",
        severity="P2",
        means="Somebody has a new variant, and nothing was told of it for half an hour: no signal is not health.",
        expr="max by (flag) (op:flag_silent_ms) / 1000 > 1800",
        hold="5m",
        keep="10m",
        summary="No request with the new variant of {{ $labels.flag }} was told of for {{ $value | humanizeDuration }}",
        fires=Case(
            {f"op:flag_silent_ms{OF_CHECKOUT}": f"0+{MINUTE}x60"},
            at="40m",
            labels=CHECKOUT,
            says="No request with the new variant of checkout was told of for 40m 0s",
        ),
        quiet=Case({f"op:flag_silent_ms{OF_CHECKOUT}": f"0+{MINUTE}x31 0+{MINUTE}x30"}, at="60m"),
    ),
    _alert(
        "RolloutHeldUp",
        severity="P3",
        means="A step was over two hours ago, and too few signals, a suspicion or the flag itself hold the next one up.",
        expr=f"max by (flag) (op:flag_waits_ms and {HELD_UP}) / 1000 > 7200",
        hold="10m",
        keep="30m",
        summary="The roll-out of {{ $labels.flag }} has been held up for {{ $value | humanizeDuration }}",
        fires=Case(
            {f"op:flag_waits_ms{OF_CHECKOUT}": f"0+{10 * MINUTE}x30", f"op:flag_waits_for{OF_CHECKOUT}": "6x30"},
            at="150m",
            step="10m",
            labels=CHECKOUT,
            says="The roll-out of checkout has been held up for 2h 30m 0s",
        ),
        # It waits for its windows.
        quiet=Case(
            {f"op:flag_waits_ms{OF_CHECKOUT}": f"0+{10 * MINUTE}x30", f"op:flag_waits_for{OF_CHECKOUT}": "4x30"},
            at="250m",
            step="10m",
        ),
    ),
    _alert(
        "RolloutSampleRatioOff",
        severity="P2",
        means="The variants' shares of the requests are not what the flag says: comparing them says little.",
        expr=f"max by (flag) (op:flag_percent and op:flag_sample_ratio_off == 1 and {UNDER_WAY}) > 0",
        hold="1m",
        keep="10m",
        summary='Not {{ $value | printf "%.0f" }} in 100 requests have the new variant of {{ $labels.flag }}, as its flag says',
        fires=Case(
            {
                f"op:flag_percent{OF_CHECKOUT}": "25x30",
                f"op:flag_sample_ratio_off{OF_CHECKOUT}": "0x5 1x30",
                f"op:flag_phase{OF_CHECKOUT}": "1x30",
            },
            labels=CHECKOUT,
            says="Not 25 in 100 requests have the new variant of checkout, as its flag says",
        ),
        # It has ended: what was off is history.
        quiet=Case(
            {
                f"op:flag_percent{OF_CHECKOUT}": "100x30",
                f"op:flag_sample_ratio_off{OF_CHECKOUT}": "1x30",
                f"op:flag_phase{OF_CHECKOUT}": "3x30",
            }
        ),
    ),
)
