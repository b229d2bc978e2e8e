"""The rules of findings as data: id, family, severity, messages in two languages, ground."""

from __future__ import annotations

import datetime as dt

from pipeline.lexicon import load
from pipeline.records import Finding, Severity


def finding(rule: str, doc_id: str, path: str | None, evidence: str, /, **values: object) -> Finding:
    """Return a finding of *rule* in the document *doc_id* at the provision *path* (None: the whole document).

    *values* fill the placeholders of the rule's messages; *evidence* is the very words.

    >>> finding("doubled-words", "kh-12", "II/1", "các các", words="các các").message_en
    'Words doubled: “các các”'
    """
    entry = load("rules")[rule]
    return Finding(
        doc_id=doc_id,
        provision_path=path,
        rule=rule,
        severity=Severity(entry["severity"]),
        message_vi=entry["message_vi"].format(**values),
        message_en=entry["message_en"].format(**values),
        evidence=evidence,
    )


def shown_day(date: dt.date) -> str:
    """Return *date* as documents print it.

    >>> shown_day(dt.date(2025, 5, 7))
    '7/5/2025'
    """
    return f"{date.day}/{date.month}/{date.year}"


def rules_markdown() -> str:
    """Return the page of all rules, by family, as Markdown.

    >>> rules_markdown().startswith("# Findings")
    True
    """
    rules = load("rules")
    parts = ["# Findings", "", "Printed from `pipeline/lexicon/rules.toml`.", ""]
    for family in sorted({entry["family"] for entry in rules.values()}):
        parts += [f"## {family}", ""]
        for name, entry in rules.items():
            if entry["family"] == family:
                parts += [f"### {name} ({entry['severity']})", ""]
                parts += [f"- {entry['message_vi']}", f"- {entry['message_en']}", "", entry["ground"], ""]
    return "\n".join(parts)
