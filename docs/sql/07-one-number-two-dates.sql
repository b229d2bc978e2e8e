-- Numbers that occur with more than one date: homonyms of different years, or a slip of the pen.
SELECT
    number,
    list(DISTINCT issued_on ORDER BY issued_on) AS dates,
    list(DISTINCT reference_key ORDER BY reference_key) AS instruments,
    list(DISTINCT doc_id ORDER BY doc_id) AS documents
FROM "references"
WHERE number IS NOT NULL AND issued_on IS NOT NULL
GROUP BY number
HAVING count(DISTINCT issued_on) > 1
ORDER BY number;
