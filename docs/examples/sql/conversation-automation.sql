-- How many turns do agents answer, how soon, at what cost, and how content are customers? By day; quantiles are those of the
-- slowest channel and language.
SELECT start AS day,
       sum(started) AS conversations,
       sum(turns) AS turns,
       round(100.0 * sum(answers) / nullif(sum(answers) + sum(escalated), 0), 1) AS answered_percent,
       round(100.0 * sum(closed_without_person) / nullif(sum(closed), 0), 1) AS closed_without_person_percent,
       max(first_reply_ms_p50) / 1000.0 AS first_reply_p50_s, max(first_reply_ms_p95) / 1000.0 AS first_reply_p95_s,
       sum(withheld) AS withheld, sum(failed) AS failed,
       round(sum(cost_micros) / 1e6, 4) AS cost,
       round(sum(cost_micros) / nullif(sum(answers), 0) / 1e6, 6) AS cost_of_an_answer,
       round(1.0 * sum(rating_points) / nullif(sum(rated), 0), 2) AS rating
FROM analytics.conversations
WHERE period = 'day'
GROUP BY ALL
ORDER BY day
