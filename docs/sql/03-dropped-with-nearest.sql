-- Every dropped item with the nearest thing that the locality says, to judge for oneself.
SELECT
    c.local_doc_id,
    c.parent_path,
    left(item.text, 200) AS item,
    c.nearest_path,
    round(c.nearest_score, 3) AS nearest_score,
    left(nearest.text, 200) AS nearest
FROM coverage AS c
JOIN provisions AS item ON item.doc_id = c.parent_doc_id AND item.path = c.parent_path
LEFT JOIN provisions AS nearest ON nearest.doc_id = c.local_doc_id AND nearest.path = c.nearest_path
WHERE c.status = 'dropped' AND c.applicable IS NOT FALSE
ORDER BY c.nearest_score DESC NULLS LAST, c.local_doc_id, c.parent_path;
