-- How many approvals were asked for, and how long did people take?
SELECT start AS day, agent, sum(approvals_asked) AS asked, sum(approval_wait_ms_count) AS given,
       max(approval_wait_ms_p50) / 1000 AS p50_s, max(approval_wait_ms_max) / 1000 AS longest_s
FROM analytics.agent_calls
WHERE period = 'day'
GROUP BY ALL
HAVING sum(approvals_asked) > 0
ORDER BY day, agent
