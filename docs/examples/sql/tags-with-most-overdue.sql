-- For which tags is most overdue?
SELECT tenant, tag, sum(overdue) AS overdue, sum(created) AS created
FROM analytics.task_tags
WHERE period = 'day'
GROUP BY tenant, tag
HAVING sum(overdue) > 0
ORDER BY overdue DESC, tag
LIMIT 20
