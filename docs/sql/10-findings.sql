-- What should be looked at, the gravest first?
SELECT severity, rule, doc_id, provision_path, message_vi, message_en, evidence
FROM findings
ORDER BY
    CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END,
    rule,
    doc_id,
    provision_path;
