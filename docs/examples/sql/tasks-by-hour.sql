-- How many tasks were created, completed, and overdue, hour by hour?
SELECT start, sum(created) AS created, sum(completed) AS completed, sum(overdue) AS overdue
FROM analytics.tasks
WHERE period = 'hour'
GROUP BY start
ORDER BY start
