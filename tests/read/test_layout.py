"""Places on a page to lines: columns, paragraphs, tables."""

from __future__ import annotations

import pytest

from pipeline.read.layout import Piece, reading_order
from pipeline.read.page import PageContent, page_texts
from pipeline.read.paragraphs import PlacedLine, join_wrapped
from pipeline.read.ruled_tables import Rule, find_tables

SIZE = 13.0


def piece(text: str, left: float, base: float, width: float | None = None) -> Piece:
    return Piece(text, left, left + (len(text) * 6.0 if width is None else width), base, SIZE)


def test_head_is_read_column_by_column_although_base_lines_differ() -> None:
    pieces = [
        piece("BỘ CÔNG AN", 90, 70),
        piece("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 290, 69),
        piece("Số: 06/CT-BCA", 90, 100),
        piece("Độc lập - Tự do - Hạnh phúc", 310, 85),
        piece("Hà Nội, ngày 07 tháng 5", 300, 104),
        piece("CHỈ THỊ", 280, 140),
    ]
    assert reading_order(pieces, stands_apart=False) == [
        "BỘ CÔNG AN",
        "Số: 06/CT-BCA",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hà Nội, ngày 07 tháng 5",
        "CHỈ THỊ",
    ]


def test_head_is_read_column_by_column_although_no_base_lines_agree() -> None:
    pieces = [piece("CỘNG HÒA XÃ HỘI CHỦ NGHĨA", 290, 70), piece("ỦY BAN NHÂN DÂN", 90, 77)]
    pieces += [
        piece("Độc lập - Tự do", 310, 85),
        piece("TỈNH PHÚ THỌ", 95, 92),
        piece("QUYẾT ĐỊNH", 250, 140),
    ]
    assert reading_order(pieces, stands_apart=False)[:4] == [
        *("ỦY BAN NHÂN DÂN", "TỈNH PHÚ THỌ"),
        *("CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "Độc lập - Tự do"),
    ]


def test_recipients_that_outlast_the_signature_stay_together() -> None:
    pieces = [piece("Nơi nhận:", 80, 500), piece("BỘ TRƯỞNG", 350, 502), piece("- Như trên;", 80, 516)]
    pieces += [piece("Lương Tam Quang", 340, 530), piece("- V05;", 80, 532), piece("- Lưu: VT.", 80, 548)]
    lines = reading_order(pieces, stands_apart=False)
    assert lines == ["Nơi nhận:", "- Như trên;", "- V05;", "- Lưu: VT.", "BỘ TRƯỞNG", "Lương Tam Quang"]


def test_wide_gap_of_a_justified_line_is_no_column() -> None:
    pieces = [piece("nhà nước và", 80, 100), piece("(Luật số 29/2018/QH14),", 165, 100)]
    pieces += [piece("Nghị định số 26/2020/NĐ-CP của Chính phủ", 80, 116)]
    assert reading_order(pieces, stands_apart=False)[0] == "nhà nước và (Luật số 29/2018/QH14),"


def test_wide_gaps_one_below_the_other_are_no_columns() -> None:
    upper = [piece("doanh nghiệp,", 80, 100, 95), piece("nhà trường và Thông tư", 190, 100)]
    lower = [
        piece("30/12/2022", 80, 116, 74),
        piece("về", 167, 116, 15),
        piece("sửa đổi một số điều", 195, 116),
    ]
    first, second = (line for line in reading_order([*upper, *lower], stands_apart=False) if line)
    assert first == "doanh nghiệp, nhà trường và Thông tư"
    assert second == "30/12/2022 về sửa đổi một số điều"


def test_columns_that_nearly_touch_in_one_line_are_columns() -> None:
    pieces = [piece("Số: 06/CT-BCA", 80, 100, 90), piece("CỘNG HÒA XÃ HỘI", 290, 100)]
    pieces += [piece("Hà Nội, ngày 07 tháng 5 năm", 80, 116, 198), piece("NGHĨA VIỆT NAM", 290, 116)]
    assert reading_order(pieces, stands_apart=False) == [
        *("Số: 06/CT-BCA", "Hà Nội, ngày 07 tháng 5 năm"),
        *("CỘNG HÒA XÃ HỘI", "NGHĨA VIỆT NAM"),
    ]


@pytest.mark.parametrize("marker", ["1.", "II.", "a)", "-", "2.1.", "(3)", "•"])
def test_gap_behind_a_marker_is_no_column(marker: str) -> None:
    pieces = [piece(marker, 80, 100), piece("Công an các đơn vị", 116, 100)]
    pieces += [piece(marker, 80, 120), piece("Công an địa phương", 116, 120)]
    lines = [line for line in reading_order(pieces, stands_apart=False) if line]
    assert lines == [f"{marker} Công an các đơn vị", f"{marker} Công an địa phương"]


def test_words_of_a_skewed_line_stay_on_one_line() -> None:
    words = [Piece(f"w{i} ", i * 30, i * 30 + 25, 100 + i * 1.0, SIZE) for i in range(14)]
    assert len(reading_order(words, stands_apart=False)) == 1


LEFT, RIGHT = 80.0, 540.0


def line(text: str, base: float, left: float = LEFT, right: float = RIGHT) -> PlacedLine:
    return PlacedLine(text, left, right, base, SIZE)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            [line("một số", 100, left=116), line("Nghị quyết của", 116), line("Chính phủ.", 132, right=150)],
            ["một số Nghị quyết của Chính phủ.", ""],
            id="first line indented",
        ),
        pytest.param(
            [line("hết câu.", 100), line("Đoạn mới bắt đầu", 116, left=116), line("và đi tiếp", 132)],
            ["hết câu.", "Đoạn mới bắt đầu và đi tiếp"],
            id="an indent begins a paragraph, doubtful only below another first line",
        ),
        pytest.param(
            [line("1. Mục đích", 100, right=160), line("Nâng cao", 116)],
            ["1. Mục đích", "", "Nâng cao"],
            id="a line with room left has ended",
        ),
        pytest.param(
            [line("theo quy định;", 100, left=116), line("- Giao Công an tỉnh", 116)],
            ["theo quy định;", "- Giao Công an tỉnh"],
            id="a marker is left for cleaning",
        ),
        pytest.param(
            [line("Nghị định số 06/2014/NĐ-", 100, left=116), line("CP ngày", 116)],
            ["Nghị định số 06/2014/NĐ-", "CP ngày"],
            id="a cut number is left for cleaning",
        ),
        pytest.param(
            [line("1. Công an các", 100), line("đơn vị, địa phương", 116, left=100)],
            ["1. Công an các đơn vị, địa phương"],
            id="hanging behind its marker",
        ),
        pytest.param(
            [line("ngày", 100, left=116), line("22/01/2019 của Ban Bí thư", 116)],
            ["ngày 22/01/2019 của Ban Bí thư"],
            id="a date is no marker",
        ),
        pytest.param(
            [line("2", 60, left=305, right=311), line("tiếp theo trang trước", 100)],
            ["2", "tiếp theo trang trước"],
            id="page number",
        ),
        pytest.param([], [], id="no lines"),
    ],
)
def test_lines_are_joined_only_where_places_leave_no_doubt(
    lines: list[PlacedLine], expected: list[str]
) -> None:
    assert join_wrapped(lines, stands_apart=False) == expected


def test_room_between_paragraphs_tells_where_flush_paragraphs_end() -> None:
    bases = [100, 116, 132, 156, 172, 196, 212]
    lines = [line(f"Dòng {number}", base) for number, base in enumerate(bases)]
    assert join_wrapped(lines, stands_apart=True) == [
        "Dòng 0 Dòng 1 Dòng 2",
        "",
        "Dòng 3 Dòng 4",
        "",
        "Dòng 5 Dòng 6",
    ]


def grid(xs: list[float], ys: list[float]) -> tuple[list[Rule], list[Rule]]:
    return [Rule(y, xs[0], xs[-1]) for y in ys], [Rule(x, ys[0], ys[-1]) for x in xs]


def test_ruled_table_becomes_rows_of_cells() -> None:
    horizontal, vertical = grid([80, 120, 400, 540], [100, 130, 190])
    pieces = (
        piece("Nhiệm vụ được giao:", 80, 90),
        *(piece(text, left, 120) for text, left in (("TT", 85), ("Nhiệm vụ", 130), ("Chủ trì", 410))),
        *(
            piece(text, left, 150)
            for text, left in (("1", 85), ("Rà soát văn bản", 130), ("Sở Tư pháp", 410))
        ),
        piece("đã ban hành", 130, 170),
        piece("Ghi chú cuối bảng.", 80, 210),
    )
    [text] = page_texts([PageContent(pieces, tuple(horizontal), tuple(vertical))])
    assert [row for row in text.split("\n") if row] == [
        "Nhiệm vụ được giao:",
        "TT | Nhiệm vụ | Chủ trì",
        "1 | Rà soát văn bản đã ban hành | Sở Tư pháp",
        "Ghi chú cuối bảng.",
    ]


def test_merged_cells_are_one() -> None:
    horizontal = [Rule(0, 0, 100), Rule(20, 50, 100), Rule(40, 0, 100)]
    vertical = [Rule(0, 0, 40), Rule(50, 0, 40), Rule(100, 0, 40)]
    [table] = find_tables(horizontal, vertical)
    assert [(c.row, c.column, c.bottom) for c in table.cells] == [(0, 0, 40), (0, 1, 20), (1, 1, 40)]


def test_covered_cells_keep_the_columns_in_place() -> None:
    horizontal = [
        Rule(100, 80, 540),
        Rule(130, 80, 540),
        Rule(160, 80, 120),
        Rule(160, 400, 540),
        Rule(190, 80, 540),
    ]
    vertical = [Rule(80, 100, 190), Rule(120, 130, 190), Rule(400, 130, 190), Rule(540, 100, 190)]
    texts = [
        ("II. CHUNG", 90, 120),
        ("1", 90, 150),
        ("Sở", 130, 150),
        ("a", 410, 150),
        ("2", 90, 180),
        ("b", 410, 180),
    ]
    pieces = tuple(piece(*text) for text in texts)
    [text] = page_texts([PageContent(pieces, tuple(horizontal), tuple(vertical))])
    assert text.split("\n") == ["II. CHUNG", "1 | Sở | a", "2 |  | b"]


def test_frame_around_a_page_and_lone_rules_are_no_tables() -> None:
    assert find_tables(*grid([0, 500], [0, 800])) == []
    assert find_tables([Rule(50, 100, 200)], []) == []


def test_edges_of_thin_boxes_are_one_rule() -> None:
    horizontal, vertical = grid([0, 50, 100], [0, 20, 40])
    doubled = [Rule(rule.at + 0.5, rule.start, rule.end) for rule in horizontal]
    [table] = find_tables([*horizontal, *doubled], vertical)
    assert len(table.cells) == 4
