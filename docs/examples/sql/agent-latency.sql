-- How long do calls of each agent take, over all days there are? Bins of days add up to a quantile of all of them.
WITH bins AS (
  SELECT agent, unnest(map_keys(total_ms_bins)) AS bin, unnest(map_values(total_ms_bins)) AS n
  FROM analytics.agent_calls WHERE period = 'day'),
upto AS (
  SELECT agent, bin, sum(sum(n)) OVER (PARTITION BY agent ORDER BY bin) AS below, sum(sum(n)) OVER (PARTITION BY agent) AS n
  FROM bins GROUP BY agent, bin)
SELECT agent, max(n) AS calls,
       round(pow(1.02, min(bin) FILTER (below >= 0.50 * n) - 1.0)) AS p50_ms,
       round(pow(1.02, min(bin) FILTER (below >= 0.95 * n) - 1.0)) AS p95_ms,
       round(pow(1.02, min(bin) FILTER (below >= 0.99 * n) - 1.0)) AS p99_ms
FROM upto
GROUP BY agent
ORDER BY p95_ms DESC
