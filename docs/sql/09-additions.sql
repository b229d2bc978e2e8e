-- What did localities add that the directive does not ask for?
SELECT a.local_doc_id, a.local_path, p.role, left(p.text, 240) AS addition
FROM additions AS a
JOIN provisions AS p ON p.doc_id = a.local_doc_id AND p.path = a.local_path
ORDER BY a.local_doc_id, p.ordinal;
