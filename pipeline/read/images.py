"""Pictures of pages made ready for recognition: upright, straight, dark on light, 300 dots an inch.

Imports nothing of ours.
"""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageOps

DPI = 300

# The short side of an A4 page at 300 dots an inch; smaller pictures are enlarged to it, and
# pictures of more than half as much again are reduced.
_PAGE_WIDTH = 2480
_MAX_ENLARGE = 2.5

_MAX_SKEW = 5.0  # degrees
_SKEW_WIDTH = 700  # pixels; the angle shows at this size already


def prepare(image: Image.Image) -> Image.Image:
    """Return a grey picture of the page as recognition wants it.

    Coloured ink, of seals and signatures, becomes as light as its brightest channel, so that the black
    letters under a red seal stand out; then contrast, size and skew are put right.
    """
    upright = ImageOps.exif_transpose(image)
    grey = ImageOps.autocontrast(_without_colour(upright), cutoff=1)
    return straighten(_to_page_size(grey))


def _without_colour(image: Image.Image) -> Image.Image:
    if image.mode in ("L", "1", "I", "I;16"):
        return image.convert("L")
    on_white = Image.new("RGB", image.size, "white")
    rgba = image.convert("RGBA")
    on_white.paste(rgba, mask=rgba.getchannel("A"))
    return Image.fromarray(np.asarray(on_white).max(axis=2))


def _to_page_size(image: Image.Image) -> Image.Image:
    factor = _PAGE_WIDTH / max(1, min(image.size))
    if 1 / 1.5 <= factor <= 1.02:
        return image
    factor = min(factor, _MAX_ENLARGE)
    size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
    return image.resize(size, Image.Resampling.LANCZOS)


def straighten(image: Image.Image) -> Image.Image:
    """Turn the picture so that its lines are level; skew below a tenth of a degree is left."""
    angle = skew(image)
    if abs(angle) < 0.1:
        return image
    return image.rotate(angle, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def skew(image: Image.Image) -> float:
    """Return the angle in degrees, counter-clockwise, that makes the lines level; in [-5, 5].

    Level lines make rows of pixels that are either dark or light: the angle at which the rows differ
    most is the one.
    """
    small = ImageOps.invert(image.convert("L"))
    small.thumbnail((_SKEW_WIDTH, _SKEW_WIDTH * 2))
    coarse = _sharpest(small, np.arange(-_MAX_SKEW, _MAX_SKEW + 0.1, 0.5))
    return _sharpest(small, np.arange(coarse - 0.4, coarse + 0.41, 0.1))


def _sharpest(image: Image.Image, angles: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    best, best_score = 0.0, -1.0
    for angle in sorted((round(float(a), 2) for a in angles), key=abs):
        rows = np.asarray(image.rotate(angle, resample=Image.Resampling.BILINEAR), dtype=float).sum(axis=1)
        score = float(np.square(np.diff(rows)).sum())
        if score > best_score * 1.001:
            best, best_score = angle, score
    return best
