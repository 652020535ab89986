-- Who has the most tasks open? People are tokens; ids that are no personal data stay as they are.
SELECT tenant, user_id, count(*) AS open
FROM (SELECT * FROM events.task_changed QUALIFY row_number() OVER (PARTITION BY tenant, task_id ORDER BY created_at DESC, version DESC) = 1)
WHERE status = 'open'
GROUP BY tenant, user_id
ORDER BY open DESC, user_id
LIMIT 20
