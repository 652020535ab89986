-- How do calls of each agent end, and how often did another one have to answer?
SELECT agent, sum(calls) AS calls, sum(ok) AS ok, sum(degraded) AS degraded, sum(failed) AS failed,
       sum(timed_out) AS timed_out, sum(refused) AS refused, sum(retried) AS retried, sum(fell_back) AS fell_back,
       round(100.0 * sum(within_objective) / nullif(sum(calls), 0), 1) AS within_objective_percent
FROM analytics.agent_calls
WHERE period = 'day'
GROUP BY agent
ORDER BY calls DESC
