-- Why were people asked to take over in the last week, and how long did customers wait for one?
SELECT reason, sum(escalated) AS escalated, sum(taken_over) AS taken_over,
       max(person_wait_ms_p50) / 60000.0 AS wait_p50_min, max(person_wait_ms_max) / 60000.0 AS longest_min
FROM analytics.conversation_escalations
WHERE period = 'day' AND start >= now() - INTERVAL 7 DAY
GROUP BY ALL
ORDER BY escalated DESC, reason;

-- What did critics refuse?
SELECT class, sum(refusals) AS refusals
FROM analytics.critic_refusals
WHERE period = 'day' AND start >= now() - INTERVAL 7 DAY
GROUP BY ALL
ORDER BY refusals DESC, class;

-- Which intents are answered least?
SELECT intent, sum(answers) AS answers, sum(escalated) AS escalated,
       round(100.0 * sum(answers) / nullif(sum(answers) + sum(escalated), 0), 1) AS answered_percent
FROM analytics.conversation_intents
WHERE period = 'day' AND start >= now() - INTERVAL 7 DAY
GROUP BY ALL
ORDER BY answered_percent, intent
