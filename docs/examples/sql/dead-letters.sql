-- What could not be accepted, and why?
SELECT topic, code, sum(letters) AS letters, max(updated_at) AS last
FROM analytics.dead_letters
WHERE period = 'day'
GROUP BY topic, code
ORDER BY letters DESC
