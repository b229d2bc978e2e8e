"""Clean text to a saved web page, with a portal's site around it."""

from __future__ import annotations

from html import escape

from pipeline.roundtrip.word import MOTTO, split

_BEFORE = """<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Cổng thông tin điện tử</title>
<script>var tracker = "đếm lượt truy cập";</script><style>p {{ margin: 0 }}</style></head><body>
<header class="site-header"><a href="/">Trang chủ</a> <a href="/gioi-thieu">Giới thiệu</a>
<a href="/lien-he">Liên hệ</a></header>
<nav class="main-menu"><ul><li><a href="/vb">Văn bản</a></li><li><a href="/tin">Tin tức</a></li></ul></nav>
<div class="breadcrumb"><a href="/">Trang chủ</a> / <a href="/vb">Văn bản chỉ đạo điều hành</a></div>
<div id="main"><div class="sidebar"><h3>Văn bản mới</h3><ul>
<li><a href="/1">Kế hoạch về chuyển đổi số</a></li><li><a href="/2">Chỉ thị về phòng cháy</a></li></ul></div>
<div class="notice-popup">Đề nghị đăng nhập để tải văn bản và nhận thông báo khi có văn bản mới.</div>
<div class="content"><div class="tools"><a href="#">Bản in</a> <a href="#">Tải về</a></div>
<div class="vb-noidung">
"""
_AFTER = """</div></div>
<div class="comments"><h3>Bình luận</h3><p>Văn bản này có còn hiệu lực không, xin giải đáp giúp tôi.</p></div>
<div class="related"><h3>Văn bản liên quan</h3><a href="/3">Kế hoạch số 12</a></div></div>
<footer>Bản quyền thuộc về Cổng thông tin. Giấy phép số 12/GP-TTĐT ngày 01/02/2020.</footer></body></html>
"""


def web_page(text: str) -> bytes:
    """Return a page that shows a clean text; markers stand in the text, as portals have them."""
    parts = split(text)
    body = "\n".join(f"<p>{escape(line)}</p>" for line in parts.body)
    head = _columns(
        "<br>".join(map(escape, parts.head)), "<br>".join(map(escape, MOTTO if parts.head else ()))
    )
    end = _columns("<br>".join(map(escape, parts.recipients)), "<br>".join(map(escape, parts.signature)))
    return f"{_BEFORE}{head}\n{body}\n{end}{_AFTER}".encode()


def _columns(left: str, right: str) -> str:
    if not (left or right):
        return ""
    return f'<table border="0"><tr><td>{left}</td><td>{right}</td></tr></table>'
