-- Which bodies were put in charge, in how many documents, in which role?
SELECT
    coalesce(body_id, lower(body)) AS body,
    role,
    count(DISTINCT doc_id) AS documents,
    count(*) AS mentions
FROM assignments
WHERE NOT inherited
GROUP BY ALL
ORDER BY mentions DESC, body, role;
