-- Who reports to whom by when, from the centre down?
SELECT
    d.level,
    l.doc_id,
    l.provision_path,
    l.text AS deadline,
    l.rrule,
    l.due_on,
    l.bound,
    l.recipient
FROM deadlines AS l
JOIN documents AS d USING (doc_id)
WHERE l.recipient IS NOT NULL
ORDER BY
    CASE d.level WHEN 'central' THEN 0 WHEN 'province' THEN 1 WHEN 'district' THEN 2 ELSE 3 END,
    l.doc_id,
    l.start;
