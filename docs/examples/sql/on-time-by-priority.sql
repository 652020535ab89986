-- Of the tasks with a due date, how many were completed in time, by priority?
SELECT coalesce(priority, 'none') AS priority,
       sum(completed_on_time) AS on_time,
       sum(completed_late) AS late,
       round(100.0 * sum(completed_on_time) / nullif(sum(completed_on_time) + sum(completed_late), 0), 1) AS on_time_percent
FROM analytics.tasks
WHERE period = 'day'
GROUP BY ALL
ORDER BY priority
