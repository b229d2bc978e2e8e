-- Which tasks did localities drop most? Counted over those to whom the item applies.
SELECT
    c.parent_doc_id,
    c.parent_path,
    count(*) FILTER (c.status = 'dropped') AS dropped,
    count(*) AS localities,
    round(count(*) FILTER (c.status = 'dropped') / count(*), 3) AS share,
    any_value(left(p.text, 160)) AS task
FROM coverage AS c
JOIN provisions AS p ON p.doc_id = c.parent_doc_id AND p.path = c.parent_path
WHERE c.applicable IS NOT FALSE
GROUP BY ALL
ORDER BY dropped DESC, c.parent_doc_id, c.parent_path;
