-- How late are reminders, day by day, and how many meet the objective?
SELECT start AS day, tenant, sent, late_by_ms_p50 AS p50_ms, late_by_ms_p99 AS p99_ms, late_by_ms_max AS max_ms,
       round(100.0 * within_objective / nullif(sent, 0), 2) AS within_objective_percent, status
FROM analytics.reminders
WHERE period = 'day'
ORDER BY day, tenant
