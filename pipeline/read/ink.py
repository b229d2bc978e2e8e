"""What is dark on a picture: where ink is, and the strokes of a numeral. Imports nothing of ours."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

Mask = npt.NDArray[np.bool_]

DARK = 140
"""Of 255: what is darker is ink."""

_STROKE = 0.4  # of the height of a letter: the widest upright stroke, in bold
_STOP = 0.25  # of the height of a letter: where a full stop stands, serifs of strokes too


def upright_strokes(word: Image.Image) -> tuple[int, bool]:
    """Count the upright strokes of a word such as III, and tell whether a full stop follows them.

    No strokes where the word holds wider things. Ink at the right edge of the picture belongs to the next
    word.
    """
    dark = np.asarray(word) < DARK
    inked = np.flatnonzero(dark.any(axis=1))
    if not inked.size:
        return 0, False
    dark = dark[inked[0] : inked[-1] + 1]
    height = len(dark)
    middle = dark[int(0.4 * height) : int(0.6 * height) + 1]
    strokes = _runs(middle.mean(axis=0) > 0.5)
    if not strokes or max(end - start for start, end in strokes) > _STROKE * height:
        return 0, False
    behind = dark[:, strokes[-1][1] :]
    low, high = behind[-int(_STOP * height) :], behind[: height // 2]
    stops = [run for run in _runs(low.any(axis=0)) if not high[:, slice(*run)].any()]
    return len(strokes), bool(stops)


def _runs(marked: npt.ArrayLike) -> list[tuple[int, int]]:
    """Return where the marked columns begin and end, those at the right edge left out."""
    columns = np.asarray(marked, dtype=np.int8)
    edges = np.flatnonzero(np.diff(np.pad(columns, 1))).reshape(-1, 2)
    return [(int(start), int(end)) for start, end in edges if end < len(columns)]


def ink_of(image: Image.Image) -> Mask:
    """Return where a picture is dark, specks left out."""
    return np.asarray(np.asarray(image.filter(ImageFilter.MedianFilter(3))) < DARK)


def ink_box(image: Image.Image) -> tuple[int, int, int, int] | None:
    """Return left, top, right and bottom of all that is dark, None where there are specks at most."""
    dark = ink_of(image)
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    if not rows.size:
        return None
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1
