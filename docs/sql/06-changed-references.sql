-- Which legal references did localities replace, add or leave out?
SELECT local_doc_id, parent_path, local_path, "from", "to"
FROM drift
WHERE type = 'reference'
ORDER BY local_doc_id, parent_path, local_path;
