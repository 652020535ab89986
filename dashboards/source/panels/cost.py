"""What agents cost."""

from ..grafana import Dashboard, Panel

RATE = "[$__rate_interval]"
NO_LLM = "no model with a price was called; the demo has none."
NO_BUDGET = "no tenant has a budget of its own (costs-file)."

DASHBOARD = Dashboard(
    "millrace-cost",
    "Millrace: cost of agents",
    "Who spends what, on what, and what it is worth.",
    (
        Panel(
            "What was spent today?",
            "currencyUSD",
            "Since midnight UTC, in the currency of the price list.",
            {"sum(op:agent_spent_today_micros) / 1e6": "today"},
            kind="stat",
        ),
        Panel(
            "How often was a budget nearly used up?",
            "short",
            "Warnings at 80 %, since the start of the job.",
            {"sum(op:budget_warnings)": "warnings"},
            kind="stat",
            thresholds=((1, "orange"),),
        ),
        Panel(
            "How many attempts were refused?",
            "short",
            "As they did not fit a budget, since the start of the job.",
            {"sum(op:refused_attempts)": "refused"},
            kind="stat",
            thresholds=((1, "red"),),
        ),
        Panel(
            "Which share of calls does the cache answer?",
            "percentunit",
            "Or an identical call that is in flight.",
            {
                f'sum(rate(op:effect_calls{{effect=~"cache_hit|joined"}}{RATE}))'
                f' / (sum(rate(op:effect_calls{{effect=~"cache_hit|joined|started|waiting"}}{RATE})) > 0)': "cache"
            },
            kind="stat",
        ),
        Panel(
            "Which agent spends it?",
            "currencyUSD",
            "Since midnight UTC.",
            {"sum by (agent) (op:agent_spent_today_micros) / 1e6": "{{agent}}"},
        ),
        Panel(
            "Which tenant spends it?",
            "currencyUSD",
            "Today and this month, of tenants with a budget of their own.",
            {
                "sum by (tenant) (op:tenant_spent_today_micros) / 1e6": "{{tenant}} today",
                "sum by (tenant) (op:tenant_spent_this_month_micros) / 1e6": "{{tenant}} this month",
            },
            empty=NO_BUDGET,
        ),
        Panel(
            "How much of a budget is reserved?",
            "currencyUSD",
            "For attempts under way, by tenant.",
            {"sum by (tenant) (op:tenant_reserved_micros) / 1e6": "{{tenant}}"},
            empty=NO_BUDGET,
        ),
        Panel(
            "What does an hour cost, by model?",
            "currencyUSD",
            "At the pace of the last minutes.",
            {f"sum by (model) (rate(op:model_cost_micros{RATE})) * 3600 / 1e6": "{{model}}"},
            empty=NO_LLM,
        ),
        Panel(
            "How many tokens are used?",
            "cps",
            "A second, by model, in and out.",
            {
                f"sum by (model) (rate(op:model_input_tokens{RATE}))": "{{model}} in",
                f"sum by (model) (rate(op:model_output_tokens{RATE}))": "{{model}} out",
            },
            empty=NO_LLM,
        ),
        Panel(
            "What does an answer cost?",
            "currencyUSD",
            "Cost of all attempts for each result that is ok.",
            {
                f"sum(rate(op:model_cost_micros{RATE})) / 1e6"
                f' / (sum(rate(op:agent_status_results{{status="ok"}}{RATE})) > 0)': "an answer"
            },
            empty=NO_LLM,
        ),
        Panel(
            "How many attempts does a result take?",
            "short",
            "By agent: above 1 are retries, below 1 are answers kept.",
            {
                f"sum by (agent) (rate(op:agent_status_attempts{RATE}))"
                f" / (sum by (agent) (rate(op:agent_status_results{RATE})) > 0)": "{{agent}}"
            },
            thresholds=((2, "orange"),),
        ),
    ),
)
