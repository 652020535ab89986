-- Everything that happened to one task, in order: here to that with the most records. Put another id in its place.
WITH task AS (SELECT task_id FROM audit.events WHERE task_id IS NOT NULL GROUP BY task_id ORDER BY count(*) DESC, task_id LIMIT 1)
SELECT log_time, topic, event_type, error_code, left(payload, 120) AS payload
FROM audit.events
WHERE task_id = (SELECT task_id FROM task)
ORDER BY log_time, topic, "partition", "offset"
