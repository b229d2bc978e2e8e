"""Pictures of pages: scans and photographs."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

from PIL import Image, ImageSequence

from pipeline.errors import UnreadableFile
from pipeline.read.limits import Limits, Progress
from pipeline.read.ocr import recognise
from pipeline.read.page import page_texts
from pipeline.records import RawDocument

_MAX_PIXELS = 100_000_000  # of one page; an A3 page at 600 dots an inch has 70 million


def read_image(data: bytes, media_type: str, limits: Limits, progress: Progress) -> RawDocument:
    """Recognise the pages of a picture file; a TIFF may hold several.

    Raises:
        UnreadableFile: ``too_large``, ``too_many_pages``, ``truncated``, ``no_text`` and what recognition
            raises.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data))
            total = getattr(picture, "n_frames", 1)
            _require_bounded(picture, total, limits)
            scans = recognise(_frames(picture), total, limits, progress)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise UnreadableFile("too_large", f"More than {_MAX_PIXELS} dots; scan it at 300 dpi.") from None
    except UnreadableFile:
        raise
    except Exception:  # on a damaged file the decoders raise nearly anything
        raise UnreadableFile("truncated", "The picture is damaged or incomplete; get it again.") from None
    pages = tuple(page_texts([scan.content for scan in scans]))
    if not any(page.strip() for page in pages):
        raise UnreadableFile("no_text", "No text could be recognised in the picture; scan it again.")
    doubtful = tuple(doubt for number, scan in enumerate(scans, 1) for doubt in scan.doubts(number))
    return RawDocument(pages, media_type, "ocr", paged=True, doubtful=doubtful)


def _require_bounded(picture: Image.Image, total: int, limits: Limits) -> None:
    if total > limits.max_pages:
        raise UnreadableFile(
            "too_many_pages", f"{total} pages, more than {limits.max_pages}; raise max_pages."
        )
    if picture.width * picture.height > _MAX_PIXELS:
        raise UnreadableFile("too_large", f"More than {_MAX_PIXELS} dots; scan it at 300 dpi.")


def _frames(picture: Image.Image) -> Iterator[Image.Image]:
    for frame in ImageSequence.Iterator(picture):
        yield frame.copy()
