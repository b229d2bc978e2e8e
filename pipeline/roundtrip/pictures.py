"""Pages of a PDF to pictures, clean and as bad scanners make them."""

from __future__ import annotations

import io
from collections.abc import Iterator

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFilter

_SEED = 20250507
_SEAL = (200, 30, 45)


def scan(pdf: bytes) -> bytes:
    """Return a clean scan: a PDF of pictures of the pages, 300 dots an inch."""
    return _picture_pdf(_pages(pdf, 300), 300)


def bad_scan(pdf: bytes) -> bytes:
    """Return a bad scan: 200 dots an inch, noise, two degrees of skew, a red seal over the text."""
    return _picture_pdf(_damaged(pdf), 200)


def grey_scan(pdf: bytes) -> bytes:
    """Return the bad scan without its colours: nothing but its place tells the seal from the letters."""
    return _picture_pdf((page.convert("L") for page in _damaged(pdf)), 200)


def _damaged(pdf: bytes) -> Iterator[Image.Image]:
    noise = np.random.default_rng(_SEED)
    return (_damage(page, noise) for page in _pages(pdf, 200))


def _pages(pdf: bytes, dpi: int) -> Iterator[Image.Image]:
    for page in pdfium.PdfDocument(pdf):
        yield page.render(scale=dpi / 72).to_pil().convert("RGB")


def _damage(page: Image.Image, noise: np.random.Generator) -> Image.Image:
    sealed = _seal(page, noise)
    skewed = sealed.rotate(2, resample=Image.Resampling.BICUBIC, fillcolor="white")
    soft = np.asarray(skewed.filter(ImageFilter.GaussianBlur(0.6)), dtype=float)
    grain = noise.normal(0, 18, soft.shape[:2])[:, :, None]
    specks = noise.random(soft.shape[:2]) < 0.0008
    grey = np.clip(soft * 0.92 + 10 + grain, 0, 255).astype(np.uint8)
    grey[specks] = 40
    return Image.fromarray(grey)


def _seal(page: Image.Image, noise: np.random.Generator) -> Image.Image:
    """Press a seal on the page: two rings and a star's worth of ink, letters showing through."""
    ink = Image.new("RGB", page.size, "white")
    draw = ImageDraw.Draw(ink)
    radius = page.width // 9
    x = int(noise.integers(radius, page.width - radius))
    y = int(noise.integers(page.height // 2, page.height - radius))
    for size, width in ((radius, 6), (int(radius * 0.8), 3)):
        draw.ellipse((x - size, y - size, x + size, y + size), outline=_SEAL, width=width)
    core = radius // 3
    draw.ellipse((x - core, y - core, x + core, y + core), fill=_SEAL)
    return Image.fromarray(np.minimum(np.asarray(page), np.asarray(ink)))


def _picture_pdf(pages: Iterator[Image.Image], dpi: int) -> bytes:
    first, *others = pages
    stream = io.BytesIO()
    first.save(stream, format="PDF", save_all=True, append_images=others, resolution=dpi, quality=85)
    return stream.getvalue()
