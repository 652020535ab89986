-- Do the figures agree with the events that they are made of? Calls by the hour, of closed rows.
WITH told AS (
  SELECT tenant, start, agent, sum(calls) AS calls FROM analytics.agent_calls
  WHERE period = 'hour' AND status <> 'open' GROUP BY ALL),
happened AS (
  SELECT tenant, date_trunc('hour', occurred_at) AS start, agent, count(DISTINCT event_id) AS calls FROM events.agent_result
  WHERE coalesce(error->>'code', '') <> 'approval_required' GROUP BY ALL)
SELECT told.*, happened.calls AS events
FROM told LEFT JOIN happened USING (tenant, start, agent)
WHERE happened.calls IS DISTINCT FROM told.calls
ORDER BY start, agent
