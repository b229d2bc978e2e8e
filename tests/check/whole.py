"""All findings of a small corpus at once, as a run makes them in its stages."""

from collections.abc import Sequence

from pipeline.check import Siblings, corpus_findings, digest_of, document_findings, pair_findings
from pipeline.records import Document, Finding, LocalAlignment


def find_findings(documents: Sequence[Document], alignments: Sequence[LocalAlignment]) -> list[Finding]:
    by_id = {document.doc_id: document for document in documents}
    found = [finding for document in documents for finding in document_findings(document)]
    found += corpus_findings(documents)
    siblings = Siblings()
    for item in alignments:
        parent, local = by_id[item.parent_doc_id], by_id[item.local_doc_id]
        found += pair_findings(parent, local, item.alignment)
        siblings.add(parent.doc_id, local.doc_id, digest_of(local, item.alignment))
    texts = {d.doc_id: {row.path: row.text for row in d.provisions} for d in documents}
    return list(dict.fromkeys([*found, *siblings.findings(texts)]))
