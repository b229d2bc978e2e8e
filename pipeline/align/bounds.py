"""How large a comparison may be: two documents beyond it are read, but not compared, and the run says so.

A comparison holds tables of items × provisions and of clauses × wordings, and its time grows with the third
power of the provisions. The longest directives have a few hundred items, lists in appendices a few thousand
rows. Imports the errors.
"""

from __future__ import annotations

from pipeline.errors import TooLongToCompare

MOST_PROVISIONS = 5_000
"""Provisions of both documents that take part: ten seconds, 200 MB for how like they are by topic."""
MOST_CELLS = 2_000_000
"""Cells of a table of the two documents: 16 MB for each of some seventy tables, 1.2 GB in all."""
MOST_WORDINGS = 60_000_000
"""Clauses of the directive × its distinct wordings: 500 MB."""
MOST_LINKS = 20_000
"""Links of two documents, each of which is looked at closely; repeated sentences are linked crosswise."""


def require_size(parent: tuple[int, int], local: tuple[int, int]) -> None:
    """Require that two documents are small enough, each given as numbers of provisions and of clauses.

    Raises:
        TooLongToCompare: they are not.

    >>> require_size((150, 400), (2_700, 2_800))
    """
    provisions, cells = parent[0] + local[0], max(parent) * max(local)
    if provisions > MOST_PROVISIONS or cells > MOST_CELLS:
        raise TooLongToCompare(f"{parent[0]} and {local[0]} provisions are too many to compare.")


def require_wordings(clauses: int, wordings: int) -> None:
    """Require that a directive is small enough to be laid out.

    Raises:
        TooLongToCompare: it is not.
    """
    if clauses * wordings > MOST_WORDINGS:
        raise TooLongToCompare(f"A directive of {clauses} clauses in {wordings} wordings is too long.")


def require_links(links: int) -> None:
    """Require that two documents are not made of the same few sentences.

    Raises:
        TooLongToCompare: they are.
    """
    if links > MOST_LINKS:
        raise TooLongToCompare(f"The documents repeat the same sentences: {links} links.")
