-- Which recurring tasks are always late: overdue whenever they were due, at least twice?
SELECT tenant, series_id, sum(overdue) AS overdue, sum(completed_on_time) AS on_time, sum(completed_late) AS late
FROM analytics.recurring_tasks
WHERE period = 'day'
GROUP BY tenant, series_id
HAVING sum(completed_on_time) = 0 AND sum(overdue) >= 2
ORDER BY overdue DESC, series_id
LIMIT 20
