"""Word files: what a reader of the printed page sees, numbers of lists above all."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from pipeline.errors import UnreadableFile
from pipeline.read.docx import read_docx
from pipeline.read.limits import Limits
from pipeline.read.numbering import format_number


def saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def lines_of(document: Any) -> list[str]:
    return read_docx(saved(document), Limits()).pages[0].split("\n")


def level(index: int, style: str, text: str, *, start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def define(document: Any, levels: str, *, lists: int = 1, override: str = "") -> list[int]:
    """Add lists that share one definition; return their ids. ``override`` goes into the last one."""
    root = document.part.numbering_part.element
    definition = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'
    root.find(qn("w:num")).addprevious(parse_xml(definition))
    for number in range(lists):
        inner = override if number == lists - 1 else ""
        root.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{90 + number}"><w:abstractNumId w:val="90"/>{inner}</w:num>'
            )
        )
    return [90 + number for number in range(lists)]


def add(document: Any, text: str, list_id: int, depth: int = 0) -> None:
    properties = document.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = depth
    properties.get_or_add_numId().val = list_id


OUTLINE = (
    level(0, "upperRoman", "%1.")
    + level(1, "decimal", "%2.")
    + level(2, "lowerLetter", "%3)")
    + level(3, "bullet", "-")
)


def test_levels_count_and_restart_below_a_higher_one() -> None:
    document = docx.Document()
    [outline] = define(document, OUTLINE)
    for text, depth in [("A", 0), ("b", 1), ("c", 1), ("d", 2), ("e", 3), ("F", 0), ("g", 1), ("h", 2)]:
        add(document, text, outline, depth)
    assert lines_of(document) == ["I. A", "1. b", "2. c", "a) d", "- e", "II. F", "1. g", "a) h"]


def test_text_of_a_level_may_name_levels_above() -> None:
    document = docx.Document()
    legal = "<w:isLgl/>"
    levels = (
        level(0, "upperRoman", "%1.")
        + level(1, "decimal", "%1.%2.")
        + level(2, "decimal", "%1.%2.%3", more=legal)
    )
    [outline] = define(document, levels)
    for text, depth in [("A", 0), ("b", 1), ("c", 1), ("d", 2)]:
        add(document, text, outline, depth)
    assert lines_of(document) == ["I. A", "I.1. b", "I.2. c", "1.2.1 d"]


def test_lists_of_one_definition_count_on_unless_one_restarts() -> None:
    document = docx.Document()
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    first, second, third = define(document, level(0, "decimal", "%1.", start=3), lists=3, override=override)
    for text, list_id in [("a", first), ("b", second), ("c", third), ("d", third), ("e", first)]:
        add(document, text, list_id)
    assert lines_of(document) == ["3. a", "4. b", "1. c", "2. d", "3. e"]


def test_style_brings_its_list_and_a_zero_takes_it_away() -> None:
    document = docx.Document()
    document.add_paragraph("Một", style="List Number")
    plain = document.add_paragraph("không số", style="List Number")
    plain._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = 0
    document.add_paragraph("Hai", style="List Number")
    document.add_paragraph("gạch", style="List Bullet")
    assert lines_of(document) == ["1. Một", "không số", "2. Hai", "• gạch"]


@pytest.mark.parametrize(
    ("number", "style", "printed"),
    [
        (14, "upperRoman", "XIV"),
        (1994, "upperRoman", "MCMXCIV"),
        (3, "lowerRoman", "iii"),
        (27, "upperLetter", "AA"),
        (7, "decimalZero", "07"),
        (5, "chineseCounting", "5"),
        (5, "none", ""),
        (0, "upperRoman", "0"),
        (10**9, "lowerLetter", "1000000000"),
    ],
)
def test_numbers_are_printed_in_the_style_of_the_list(number: int, style: str, printed: str) -> None:
    assert format_number(number, style) == printed


def fill(table: Any, rows: list[list[str]]) -> None:
    for cells, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text


def test_tables_stand_in_their_place_and_head_is_read_by_columns() -> None:
    document = docx.Document()
    fill(document.add_table(1, 2), [["BỘ CÔNG AN\nSố: 06/CT-BCA", "CỘNG HÒA\nĐộc lập"]])
    document.add_paragraph("CHỈ THỊ")
    table = document.add_table(3, 3, style="Table Grid")
    fill(table, [["TT", "Nhiệm vụ", "Chủ trì"], ["1", "Rà soát\nvăn bản", "Sở Tư pháp"], ["2", "", ""]])
    document.add_paragraph("Nơi nhận: như trên")
    assert lines_of(document) == [
        *("BỘ CÔNG AN", "Số: 06/CT-BCA", "CỘNG HÒA", "Độc lập", "CHỈ THỊ"),
        *("TT | Nhiệm vụ | Chủ trì", "1 | Rà soát văn bản | Sở Tư pháp", "2"),
        "Nơi nhận: như trên",
    ]


def test_tracked_changes_are_read_as_accepted() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("trước ngày ")
    paragraph._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>15/10</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>15/11</w:t></w:r></w:ins>"))
    gone = document.add_paragraph("Công an tỉnh")
    gone._p.get_or_add_pPr().append(parse_xml(f"<w:rPr {nsdecls('w')}><w:del/></w:rPr>"))
    document.add_paragraph(" báo cáo")
    assert lines_of(document) == ["trước ngày 15/11", "Công an tỉnh báo cáo"]


BOX = "<w:txbxContent><w:p><w:r><w:t>HỎA TỐC</w:t></w:r></w:p></w:txbxContent>"
TEXT_BOX = f"""<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">
<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{BOX}</w:drawing></mc:Choice>
<mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"""


def test_text_boxes_are_read_once_behind_their_paragraph() -> None:
    document = docx.Document()
    document.add_paragraph("CÔNG ĐIỆN")._p.append(parse_xml(TEXT_BOX))
    assert lines_of(document) == ["CÔNG ĐIỆN", "HỎA TỐC"]


def test_runs_are_shown_as_printed() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    paragraph.add_run("quyết định").font.all_caps = True
    paragraph.add_run(" ẩn").font.hidden = True
    paragraph.add_run("\tsố 06\u2011CT")
    paragraph._p.append(
        parse_xml(f"<w:r {nsdecls('w')}><w:t>/CT</w:t><w:noBreakHyphen/><w:t>BCA</w:t></w:r>")
    )
    assert lines_of(document) == ["QUYẾT ĐỊNH số 06\u2011CT/CT-BCA"]


def test_letters_of_old_fonts_are_decoded_run_by_run() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for text, font in [("ChØ thÞ ", ".VnTime"), ("của Bộ ", "Arial"), ("Coâng an", "VNI-Times")]:
        paragraph.add_run(text).font.name = font
    assert lines_of(document) == ["Chỉ thị của Bộ Công an"]


def test_headers_and_footers_stand_apart() -> None:
    document = docx.Document()
    document.add_paragraph("Chỉ thị")
    document.sections[0].header.paragraphs[0].text = "DỰ THẢO"
    read = read_docx(saved(document), Limits())
    assert read.pages == ("Chỉ thị",)
    assert read.notes == ("header: DỰ THẢO",)


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 5_000_000)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(bomb(), "too_large", id="zip bomb"),
        pytest.param(saved(docx.Document())[:2000], "truncated", id="cut off"),
        pytest.param(saved(docx.Document()), "no_text", id="nothing in it"),
    ],
)
def test_unusable_word_files_are_rejected_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_docx(data, Limits(max_unpacked_bytes=1_000_000))
    assert caught.value.reason == reason
