-- How much of the directive did each locality keep?
SELECT
    d.province,
    d.commune,
    c.local_doc_id,
    d.parent_basis,
    count(*) FILTER (c.status = 'verbatim') AS verbatim,
    count(*) FILTER (c.status = 'adapted') AS adapted,
    count(*) FILTER (c.status = 'partial') AS partial,
    count(*) FILTER (c.status = 'dropped') AS dropped,
    round(avg(c.score), 3) AS mean_score
FROM coverage AS c
JOIN documents AS d ON d.doc_id = c.local_doc_id
WHERE c.applicable IS NOT FALSE
GROUP BY ALL
ORDER BY dropped DESC, c.local_doc_id;
