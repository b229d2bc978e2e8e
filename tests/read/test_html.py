"""Saved web pages: the document stays, the site goes."""

from __future__ import annotations

import pytest

from pipeline.errors import UnreadableFile
from pipeline.read.html import read_html, read_mhtml
from pipeline.read.limits import Limits

BODY = (
    "<p>"
    + "</p><p>".join(f"Điều {n}. Các cơ quan thực hiện nhiệm vụ được giao." for n in range(1, 9))
    + "</p>"
)


def lines_of(page: str) -> list[str]:
    return read_html(page.encode(), Limits()).pages[0].split("\n")


def test_site_around_the_document_goes() -> None:
    page = f"""<html><head><title>Cổng</title><script>var a = "mã";</script></head><body>
    <header><a href=/>Trang chủ</a></header><ul class="mainMenu"><li><a href=/>Tin</a></ul>
    <div id="breadcrumb">Trang chủ / Văn bản</div><div class=wrap>
      <div class=left><a href=/1>Chỉ thị mới</a> <a href=/2>Kế hoạch mới</a></div>
      <div class=doc><table border=0><tr><td>BỘ CÔNG AN<br>Số: 06/CT-BCA</td>
        <td>CỘNG HÒA<br>Độc lập - Tự do - Hạnh phúc</td></tr></table>{BODY}</div>
      <div style="display:none">ẩn</div><div class="comments">Cho tôi hỏi</div></div>
    <footer>Bản quyền</footer></body></html>"""
    lines = lines_of(page)
    assert lines[:4] == ["BỘ CÔNG AN", "Số: 06/CT-BCA", "CỘNG HÒA", "Độc lập - Tự do - Hạnh phúc"]
    assert lines[4:] == [f"Điều {n}. Các cơ quan thực hiện nhiệm vụ được giao." for n in range(1, 9)]


def test_parts_of_the_document_beside_its_body_stay() -> None:
    page = f"<div><p>Số: 12/KH-UBND</p><div>{BODY}</div><div>Nơi nhận: - Như trên.</div></div>"
    lines = lines_of(page)
    assert (lines[0], lines[-1]) == ("Số: 12/KH-UBND", "Nơi nhận: - Như trên.")


def test_named_part_that_is_most_of_the_page_stays() -> None:
    assert len(lines_of(f'<form class="search-box">{BODY}</form>')) == 8


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<ol><li>một<li>hai</ol>", ["1. một", "2. hai"]),
        ("<ol type=I start=2><li>một<li value=5>hai</ol>", ["II. một", "V. hai"]),
        ("<ul><li>một<ul><li>hai</ul></ul>", ["• một", "• hai"]),
        ("<ul style='list-style: none'><li>một</ul>", ["một"]),
        ("<p>dòng<br>xuống  <b>đậm</b>\n nữa", ["dòng", "xuống đậm nữa"]),
        ("<div>a<div>b</div>c</div>", ["a", "b", "c"]),
        ("<pre>a\nb</pre>", ["a", "b"]),
        ("<p>m<sup>2</sup> &amp; &lt;b&gt;</p>", ["m2 & <b>"]),
        ("<ol start=99999999999999><li>một</ol>", ["1. một"]),
        (
            "<table border=1><tr><th>TT<th>Nhiệm vụ<tr><td>1<td><p>Rà<p>soát</table>",
            ["TT | Nhiệm vụ", "1 | Rà soát"],
        ),
        (
            "<table border=1><tr><td>1<td rowspan=2>Sở<td>a<tr><td>2<td>b<tr><td colspan=3>II. CHUNG"
            "<tr><td colspan=2>3<td>c</table>",
            ["1 | Sở | a", "2 |  | b", "II. CHUNG", "3 |  | c"],
        ),
    ],
)
def test_page_is_read_as_a_browser_shows_it(html: str, lines: list[str]) -> None:
    assert lines_of(html) == lines


def test_page_in_an_old_font_is_decoded() -> None:
    page = "<p><font face='.VnTime'>Céng hoµ x· héi chñ nghÜa ViÖt Nam, ®éc lËp tù do</font></p>"
    assert lines_of(page) == ["Cộng hoà xã hội chủ nghĩa Việt Nam, độc lập tự do"]


def test_page_saved_with_its_pictures_is_read() -> None:
    message = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        "<p>Kế hoạch</p>\r\n--x--\r\n"
    )
    assert read_mhtml(message.encode(), Limits()).pages == ("Kế hoạch",)


@pytest.mark.parametrize("page", ["<html></html>", "<html><body><script>x</script>", "<!doctype html>"])
def test_page_without_text_is_rejected(page: str) -> None:
    with pytest.raises(UnreadableFile, match="no_text"):
        lines_of(page)
