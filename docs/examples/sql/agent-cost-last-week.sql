-- What did each agent cost in the last week, and what did the cache save? A cached answer costs nothing; it would have
-- cost what an answer of that agent costs on average.
SELECT tenant, agent,
       sum(calls) AS calls,
       sum(cached) AS cached,
       round(sum(cost_micros) / 1e6, 4) AS cost,
       round(sum(cost_micros) / 1e6 * sum(cached) / nullif(sum(calls) - sum(cached), 0), 4) AS saved_by_cache
FROM analytics.agent_calls
WHERE period = 'day' AND start >= now() - INTERVAL 7 DAY
GROUP BY tenant, agent
ORDER BY cost DESC
