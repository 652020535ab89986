-- What did each model cost? An agent's model is the one of its latest registration.
WITH model AS (
  SELECT tenant, agent, arg_max(model, log_time) AS model FROM events.agent_registered GROUP BY tenant, agent)
SELECT coalesce(model.model, 'none') AS model,
       sum(calls.input_tokens) AS input_tokens,
       sum(calls.output_tokens) AS output_tokens,
       round(sum(calls.cost_micros) / 1e6, 4) AS cost
FROM analytics.agent_calls AS calls
LEFT JOIN model ON model.tenant = calls.tenant AND model.agent = coalesce(calls.answered_by, calls.agent)
WHERE calls.period = 'day'
GROUP BY ALL
ORDER BY cost DESC
