"""What does it cost?"""

from ..rules import Alert, Case


def _alert(name, severity, means, expr, hold, keep, summary, fires, quiet):
    return Alert(name, "cost", severity, "agents", means, expr, hold, keep, summary, "millrace-cost", fires, quiet)


ALERTS = (
    _alert(
        "BudgetNearlyUsed",
        severity="P2",
        means="A tenant or an agent has used 80 % of its budget of the day or month.",
        expr="sum(grown(op:budget_warnings, 30m)) > 0",
        hold="0m",
        keep="30m",
        summary='Budgets that are 80 % used: {{ $value | printf "%.0f" }}',
        fires=Case(
            {'op:budget_warnings{operator_name="tenant_gates",subtask_index="1"}': "0x15 1x30"},
            says="Budgets that are 80 % used: 1",
        ),
        quiet=Case({'op:budget_warnings{operator_name="tenant_gates",subtask_index="1"}': "1x100"}, at="90m"),
    ),
    _alert(
        "BudgetRefusals",
        severity="P2",
        means="Attempts are refused, as they do not fit a budget: those callers get no answer.",
        expr="sum(grown(op:refused_attempts, 15m)) > 0",
        hold="0m",
        keep="30m",
        summary='{{ $value | printf "%.0f" }} attempts did not fit a budget in 15 minutes',
        fires=Case(
            {'op:refused_attempts{operator_name="tenant_gates"}': "_x15 8x30"},
            says="8 attempts did not fit a budget in 15 minutes",
        ),
        quiet=Case({'op:refused_attempts{operator_name="tenant_gates"}': "8x100"}, at="90m"),
    ),
    _alert(
        "TenantSpendsFast",
        severity="P3",
        means="A tenant has spent more today than half of what it did this month.",
        expr="sum by (tenant) (op:tenant_spent_today_micros)"
        " > 0.5 * sum by (tenant) (op:tenant_spent_this_month_micros) and"
        " sum by (tenant) (op:tenant_spent_today_micros) > 1e7 and on () day_of_month() > 3",
        hold="15m",
        keep="1h",
        summary="{{ $labels.tenant }} has spent half of this month's money today",
        fires=Case(
            {
                'op:tenant_spent_today_micros{tenant="acme"}': "8e7x400",
                'op:tenant_spent_this_month_micros{tenant="acme"}': "1e8x400",
            },
            at="5790m",
            step="15m",
            labels=(("tenant", "acme"),),
            says="acme has spent half of this month's money today",
        ),
        quiet=Case(
            {
                'op:tenant_spent_today_micros{tenant="acme"}': "8e7x60",
                'op:tenant_spent_this_month_micros{tenant="acme"}': "1e8x60",
            },
            at="50m",
        ),
    ),
    _alert(
        "CostRising",
        severity="P3",
        means="An hour of a model costs three times what it did a day ago.",
        expr="sum by (model) (rate(op:model_cost_micros[1h])) * 3600 > 1e6"
        " and sum by (model) (rate(op:model_cost_micros[1h])) > 3 * sum by (model) (rate(op:model_cost_micros[1h] offset 1d))",
        hold="15m",
        keep="1h",
        summary="{{ $labels.model }} costs {{ $value | humanize }} millionths an hour, three times what it did a day ago",
        fires=Case(
            {'op:model_cost_micros{model="gpt_4o"}': "0+300000x96 28800000+1500000x16"},
            at="1560m",
            step="15m",
            labels=(("model", "gpt_4o"),),
            says="gpt_4o costs 6M millionths an hour, three times what it did a day ago",
        ),
        quiet=Case({'op:model_cost_micros{model="gpt_4o"}': "0+1500000x112"}, at="1560m", step="15m"),
    ),
    _alert(
        "RetriesCost",
        severity="P3",
        means="An agent is asked more than three times for each result: retries cost money.",
        expr="sum by (agent) (rate(op:agent_status_attempts[30m]))"
        " / (sum by (agent) (rate(op:agent_status_results[30m])) > 0.01) > 3",
        hold="15m",
        keep="30m",
        summary='{{ $labels.agent }} is asked {{ $value | printf "%.1f" }} times for each result',
        fires=Case(
            {
                'op:agent_status_attempts{agent="writer",status="retryable"}': "0+24x100",
                'op:agent_status_results{agent="writer",status="ok"}': "0+6x100",
            },
            at="60m",
            labels=(("agent", "writer"),),
            says="writer is asked 4.0 times for each result",
        ),
        quiet=Case(
            {
                'op:agent_status_attempts{agent="writer",status="ok"}': "0+7x100",
                'op:agent_status_results{agent="writer",status="ok"}': "0+6x100",
            },
            at="60m",
        ),
    ),
)
