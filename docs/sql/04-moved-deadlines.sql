-- Which deadlines moved, appeared or were lost?
SELECT local_doc_id, parent_path, local_path, "from", "to"
FROM drift
WHERE type = 'deadline'
ORDER BY local_doc_id, parent_path, local_path;
