"""What siblings show of each other is the same, in whatever order they were compared."""

from pipeline.check import LocalDigest, Siblings
from pipeline.check.siblings import Paragraph
from pipeline.records import Finding

KEPT = {f"kh-{number}": LocalDigest(kept=("1", "2")) for number in range(9)}
DROPPED = LocalDigest(kept=("2",), dropped=(("1", "I/1"),))
TEXTS = {"ct": {"1": "Rà soát hồ sơ.", "2": "Báo cáo kết quả."}}


def added(path: str, words: bytes) -> LocalDigest:
    return LocalDigest(kept=("1", "2"), paragraphs=(Paragraph(path, words, "Phân công các xã tuần tra"),))


def findings(digests: dict[str, LocalDigest]) -> list[Finding]:
    siblings = Siblings()
    for doc_id, digest in digests.items():
        siblings.add("ct", doc_id, digest)
    return list(siblings.findings(TEXTS))


def test_findings_do_not_depend_on_the_order_of_the_documents() -> None:
    digests = KEPT | {
        "kh-a": added("3", b"tuan tra"),
        "kh-b": added("4", b"tuan tra"),
        "kh-c": added("5", b"tap huan"),
        "kh-d": added("6", b"tap huan"),
        "kh-e": DROPPED,
    }
    found = findings(digests)
    assert found == findings(dict(reversed(digests.items())))
    assert [(row.rule, row.doc_id) for row in found] == [
        ("shared-with-sibling", "kh-d"),
        ("shared-with-sibling", "kh-b"),
        ("dropped-by-few", "kh-e"),
    ]


def test_few_documents_make_no_majority() -> None:
    assert findings({"kh-0": KEPT["kh-0"], "kh-1": KEPT["kh-1"], "kh-e": DROPPED}) == []


def test_what_many_drop_is_no_outlier() -> None:
    assert findings(KEPT | {"kh-e": DROPPED, "kh-f": DROPPED, "kh-g": DROPPED}) == []
