"""The report in a real browser: views, filters, keys, languages, hostile text, a large corpus.

Needs playwright and Debian's chromium; skipped, and seen to be skipped, where either is missing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.report import write_report
from pipeline.tables import read_table_rows
from tests.report.build_tables import gold_rows, simulated_rows, write_rows
from tests.report.test_report_site import HOSTILE

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = Path("/usr/bin/chromium")
MOST_ELEMENTS, MOST_BYTES = 5_000, 100_000  # what a browser draws well under a second, whatever the corpus
VIEWS = ("overview", "matrix", "compare", "deadlines", "references", "bodies", "findings", "cleaning")
DESK = {"width": 1400, "height": 900}
PHONE = {"width": 390, "height": 844}

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="chromium is not installed")


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: playwright.Browser) -> Iterator[playwright.Page]:
    """A fresh page that fails its test on a script error or on a request that leaves the file system."""
    context = browser.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.on(
        "request", lambda request: None if request.url.startswith("file:") else complaints.append(request.url)
    )
    yield page
    context.close()
    assert complaints == []


def open_view(page: playwright.Page, report: Path, view: str = "overview") -> None:
    page.goto("about:blank")
    page.goto(f"{(report / 'index.html').as_uri()}#{view}")


def count(page: playwright.Page, view: str, at: int = 0) -> int:
    """Return the number of rows that a listing says it shows."""
    status = page.locator(f"#{view} [role=status]").nth(at)
    playwright.expect(status).not_to_be_empty()
    return int(status.inner_text().split()[0])


# --- every view ----------------------------------------------------------------------------------


@pytest.mark.parametrize("view", VIEWS)
def test_view_opens_alone_and_fits_desk_and_phone(page: playwright.Page, report: Path, view: str) -> None:
    open_view(page, report, view)
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        assert page.locator(".view:visible").count() == 1
        assert page.locator(f"#{view} h1").is_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_page_of_a_document_reads_without_a_script(browser: playwright.Browser, report: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((report / "doc/long-bien-kh-2025.html").as_uri())
    assert "Long Biên" in page.locator("h1").inner_text()
    assert page.locator(".answers > li").count() == 21
    page.goto((report / "index.html").as_uri())
    assert page.locator("noscript a").is_visible()
    context.close()


def test_print_leaves_out_what_paper_cannot_use(page: playwright.Page, report: Path) -> None:
    open_view(page, report, "matrix")
    page.emulate_media(media="print")
    assert not page.locator("#matrix-filters").is_visible()
    assert page.locator("table.matrix").is_visible()


# --- numbers -------------------------------------------------------------------------------------


def test_figures_of_the_overview_are_counts_of_the_tables(
    page: playwright.Page, tables: Path, report: Path
) -> None:
    open_view(page, report)
    coverage = read_table_rows(tables, "coverage")
    expected = {
        "documents": len(read_table_rows(tables, "documents")),
        "compared": len({row["local_doc_id"] for row in coverage}),
        "dropped": sum(row["status"] == "dropped" for row in coverage),
        "findings": len(read_table_rows(tables, "findings")),
        "rejects": len(read_table_rows(tables, "rejects")),
    }
    assert {name: int(page.locator(f"#n-{name}").inner_text()) for name in expected} == expected


def test_statuses_and_most_dropped_items_are_counts_of_coverage(
    page: playwright.Page, tables: Path, report: Path
) -> None:
    open_view(page, report)
    coverage = read_table_rows(tables, "coverage")
    statuses = Counter(row["status"] for row in coverage)
    shown = [int(text) for text in page.locator("#overview .counts b").all_inner_texts()]
    assert shown == [statuses[status] for status in ("verbatim", "adapted", "partial", "dropped")]
    dropped = Counter(row["parent_path"] for row in coverage if row["status"] == "dropped")
    for line in page.locator("#overview .worst li").all():
        count = line.locator(".drops").inner_text()
        assert count == f"{dropped[line.locator('.path').inner_text()]}/4"


def test_repairs_are_counted_by_rule(page: playwright.Page, tables: Path, report: Path) -> None:
    open_view(page, report, "cleaning")
    shown = {
        row.locator("th").inner_text(): int(row.locator("td").first.inner_text())
        for row in page.locator("#cleaning table.narrow tbody tr").all()
    }
    assert shown == Counter(row["rule"] for row in read_table_rows(tables, "repairs"))


def test_bodies_are_counted_by_role(page: playwright.Page, tables: Path, report: Path) -> None:
    open_view(page, report, "bodies")
    rows = read_table_rows(tables, "assignments")
    assert count(page, "bodies", 0) == len({row["body_id"] or row["body"] for row in rows})
    page.locator("#bodies [name=search]").first.fill("Công an tỉnh")
    line = page.locator("#bodies .rows").first.locator("tr", has=page.get_by_text("Công an tỉnh", exact=True))
    numbers = [int(text) for text in line.locator("td.number").all_inner_texts()]
    own = [row for row in rows if row["body"] == "Công an tỉnh"]
    roles = Counter(row["role"] for row in own)
    assert numbers[0] == len({row["doc_id"] for row in own})
    assert numbers[1:] == [roles[role] for role in ("lead", "implement", "coordinate", "report_to", "via")]


def test_bars_of_localities_are_counts_of_coverage(page: playwright.Page, tables: Path, report: Path) -> None:
    open_view(page, report)
    shown = {}
    for row in page.locator("#localities tbody tr").all():
        name = row.locator("th").inner_text()
        shown[name] = [int(cell.inner_text()) for cell in row.locator("td.number").all()]
    counts = Counter((row["local_doc_id"], row["status"]) for row in read_table_rows(tables, "coverage"))
    statuses = ("verbatim", "adapted", "partial", "dropped")
    assert shown["Long Biên, Hà Nội"] == [counts["long-bien-kh-2025", status] for status in statuses]
    assert shown["Hưng Yên"] == [counts["hung-yen-ct", status] for status in statuses]
    assert len(shown) == 4


@pytest.mark.parametrize(
    "view, table, at",
    [
        ("deadlines", "deadlines", 0),
        ("references", "references", 1),
        ("bodies", "assignments", 1),
        ("findings", "findings", 0),
    ],
)
def test_listing_shows_every_row_of_its_table(
    page: playwright.Page, tables: Path, report: Path, view: str, table: str, at: int
) -> None:
    open_view(page, report, view)
    assert count(page, view, at) == len(read_table_rows(tables, table))


def test_instruments_are_counted_by_key(page: playwright.Page, tables: Path, report: Path) -> None:
    open_view(page, report, "references")
    rows = [row for row in read_table_rows(tables, "references") if row["reference_key"]]
    assert count(page, "references", 0) == len({row["reference_key"] for row in rows})
    key, _ = Counter(row["reference_key"] for row in rows).most_common(1)[0]
    of_key = [row for row in rows if row["reference_key"] == key]
    line = page.locator("#references .rows").nth(0).locator("tr", has_text=of_key[0]["number"])
    numbers = [int(cell.inner_text()) for cell in line.first.locator("td.number").all()]
    relations = Counter(row["relation"] for row in of_key)
    assert numbers[0] == len({row["doc_id"] for row in of_key})
    assert numbers[1:] == [relations[name] for name in ("implements", "replaces", "amends", "cites")]


# --- matrix --------------------------------------------------------------------------------------


def test_cell_tells_its_status_by_colour_and_sign(page: playwright.Page, tables: Path, report: Path) -> None:
    open_view(page, report, "matrix")
    signs = {"verbatim": "=", "adapted": "≈", "partial": "½", "dropped": "×"}
    for row in read_table_rows(tables, "coverage"):
        cell = page.locator(f'a[href="#compare/{row["local_doc_id"]}/{row["parent_path"]}"]')
        assert cell.inner_text() == signs[row["status"]]
        assert f"s-{row['status']}" in (cell.locator("..").get_attribute("class") or "")


@pytest.mark.parametrize("field, value, items, localities", [
    ("task", "CAN CUOC, dinh danh", 1, 4),
    ("task", "7/-1", 1, 4),
    ("place", "dak lak", 21, 1),
    ("place", "Đắk", 21, 1),
    ("place", "khong co", 21, 0),
])  # fmt: skip
def test_matrix_search_is_indifferent_to_diacritics(
    page: playwright.Page, report: Path, field: str, value: str, items: int, localities: int
) -> None:
    open_view(page, report, "matrix")
    page.locator(f"#matrix-filters [name={field}]").fill(value)
    assert page.locator("#matrix-count").inner_text() == f"{items} nhiệm vụ × {localities} địa phương"
    if localities == 1:
        assert page.locator("th.place").inner_text() == "Đắk Lắk"


@pytest.mark.parametrize("field, value", [
    ("province", "Hà Nội"), ("level", "commune"), ("role", "organisation"), ("status", "dropped"),
])  # fmt: skip
def test_matrix_filters_leave_what_the_tables_say(
    page: playwright.Page, tables: Path, report: Path, field: str, value: str
) -> None:
    open_view(page, report, "matrix")
    page.locator(f"#matrix-filters [name={field}]").select_option(value)
    documents = {row["doc_id"]: row for row in read_table_rows(tables, "documents")}
    roles = {(row["doc_id"], row["path"]): row["role"] for row in read_table_rows(tables, "provisions")}
    kept = [
        (row["parent_path"], row["local_doc_id"])
        for row in read_table_rows(tables, "coverage")
        if value
        in (
            documents[row["local_doc_id"]].get(field),
            roles[row["parent_doc_id"], row["parent_path"]],
            row["status"],
        )
    ]
    items, localities = len({item for item, _ in kept}), len({local for _, local in kept})
    assert page.locator("#matrix-count").inner_text() == f"{items} nhiệm vụ × {localities} địa phương"


def test_sorting_by_dropped_puts_the_worst_first(page: playwright.Page, report: Path) -> None:
    open_view(page, report, "matrix")
    page.locator("#matrix-filters [name=order]").select_option("dropped")
    assert page.locator("tbody th.item .path").first.inner_text() == "7/-1"
    assert page.locator("th.place").first.inner_text() == "Hưng Yên"
    drops = [int(text.split()[1].split("/")[0]) for text in page.locator("td.overall").all_inner_texts()]
    assert drops == sorted(drops, reverse=True)


def test_clearing_the_filters_brings_everything_back(page: playwright.Page, report: Path) -> None:
    open_view(page, report, "matrix")
    page.locator("#matrix-filters [name=place]").fill("Phú Thọ")
    page.locator("#matrix-filters [type=reset]").click()
    playwright.expect(page.locator("#matrix-count")).to_have_text("21 nhiệm vụ × 4 địa phương")


def test_arrow_keys_move_and_enter_opens(page: playwright.Page, report: Path) -> None:
    open_view(page, report, "matrix")
    page.locator("table.matrix tbody a[tabindex='0']").focus()
    for key in ("ArrowDown", "ArrowRight", "End", "ArrowLeft", "Home", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"#compare/dak-lak-kh-2025/1/-2$"))
    playwright.expect(page.locator("#compare")).to_be_visible()


# --- side by side --------------------------------------------------------------------------------


def test_side_by_side_shows_both_texts_whole(page: playwright.Page, tables: Path, report: Path) -> None:
    open_view(page, report, "compare/long-bien-kh-2025/5/-2")
    texts = {(row["doc_id"], row["path"]): row["text"] for row in read_table_rows(tables, "provisions")}
    passages = page.locator("#compare .passage .serif")
    playwright.expect(passages.first).to_have_text(texts["bca-ct-06-2025", "5/-2"])
    assert passages.nth(1).inner_text() == texts["long-bien-kh-2025", "II/5/-2"]


def test_each_kind_of_change_has_a_mark_of_its_own(page: playwright.Page, report: Path) -> None:
    open_view(page, report, "compare/long-bien-kh-2025/5/-2")
    looks = set()
    for kind in ("body", "deadline", "reference", "scope_added", "scope_dropped", "modality"):
        mark = page.locator(f"#compare .legend .d-{kind}")
        looks.add(
            mark.evaluate(
                "node => { const look = getComputedStyle(node); return [look.borderBottomStyle,"
                " look.outlineStyle, look.textDecorationStyle, look.textDecorationLine].join() }"
            )
        )
    assert len(looks) == 6


def test_words_that_one_side_lacks_are_marked(page: playwright.Page, report: Path) -> None:
    open_view(page, report, "compare/long-bien-kh-2025/5/-2")
    dropped = page.locator("#compare .side").first.locator("mark.d-scope_dropped")
    playwright.expect(dropped).to_have_text("hướng dẫn công tác")
    assert page.locator("#compare .side").first.locator("mark.only").all_inner_texts() == ["các", "các"]


def test_dropped_item_shows_the_nearest_provision(page: playwright.Page, report: Path) -> None:
    open_view(page, report, "compare/long-bien-kh-2025/7/-1")
    notice = page.locator("#compare .side .notice")
    playwright.expect(notice).to_contain_text("Điểm gần nhất")
    assert page.locator("#compare .passage").count() == 2


def test_term_replaced_throughout_is_told_with_every_item(page: playwright.Page, report: Path) -> None:
    open_view(page, report, "compare/hung-yen-ct/1/-1")
    term = page.locator("#compare .differences li", has=page.locator(".d-term"))
    playwright.expect(term).to_contain_text("cơ sở giáo dục → nhà trường")


def test_mistyped_address_opens_the_first_item(page: playwright.Page, report: Path) -> None:
    open_view(page, report, "compare/nowhere/%E0%A4%A")
    playwright.expect(page.locator("#compare .passage .path").first).to_have_text("1/-1")


def test_missing_chunk_is_told(browser: playwright.Browser, tables: Path, tmp_path: Path) -> None:
    write_report(tables, tmp_path)
    (tmp_path / "data/doc/hung-yen-ct.js").unlink()
    page = browser.new_page()
    open_view(page, tmp_path, "compare/hung-yen-ct/1/-1")
    playwright.expect(page.locator("#compare .notice")).to_contain_text("Không mở được tệp dữ liệu")
    page.close()


def test_buttons_step_through_the_items(page: playwright.Page, report: Path) -> None:
    open_view(page, report, "compare/dak-lak-kh-2025/1/-1")
    previous, following = page.locator("#compare [data-step]").all()
    playwright.expect(previous).to_be_disabled()
    following.click()
    playwright.expect(page.locator("#compare .passage .path").first).to_have_text("1/-2")


# --- listings and drawings -----------------------------------------------------------------------


def test_findings_filter_by_severity_and_by_words(page: playwright.Page, report: Path) -> None:
    open_view(page, report, "findings")
    assert count(page, "findings") == 3
    page.locator("#findings [name=severity]").select_option("error")
    playwright.expect(page.locator("#findings tbody tr")).to_have_count(1)
    page.locator("#findings [name=severity]").select_option("")
    page.locator("#findings [name=search]").fill("muc dich")
    playwright.expect(page.locator("#findings tbody tr")).to_have_count(1)


def test_instrument_in_the_graph_leads_to_its_mentions(
    page: playwright.Page, tables: Path, report: Path
) -> None:
    open_view(page, report, "references")
    page.locator("#references .graph a.node.held").click()
    key = next(row["reference_key"] for row in read_table_rows(tables, "citations") if row["target_doc_id"])
    mentions = [row for row in read_table_rows(tables, "references") if row["reference_key"] == key]
    playwright.expect(page.locator("#references [role=status]").nth(1)).to_have_text(f"{len(mentions)} dòng")


def test_graph_draws_every_citation(page: playwright.Page, tables: Path, report: Path) -> None:
    open_view(page, report, "references")
    assert page.locator("#references .graph .edge").count() == len(read_table_rows(tables, "citations"))


def test_cascade_draws_every_deadline_with_a_day(page: playwright.Page, tables: Path, report: Path) -> None:
    open_view(page, report, "deadlines")
    placed = [
        row
        for row in read_table_rows(tables, "deadlines")
        if "BYMONTHDAY" in (row["rrule"] or "") or row["due_on"]
    ]
    assert page.locator("#deadlines .cascade a .day").count() == len(placed)


# --- language ------------------------------------------------------------------------------------


def test_language_switch_turns_every_view_and_is_kept(page: playwright.Page, report: Path) -> None:
    open_view(page, report, "matrix")
    page.locator("#language").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("#matrix-count").inner_text() == "21 items × 4 localities"
    assert page.locator("#views a").all_inner_texts()[:3] == ["Overview", "Matrix", "Side by side"]
    page.goto((report / "doc/dak-lak-kh-2025.html").as_uri())
    assert page.locator("h2").first.inner_text() == "The directive and what answers it"


def test_every_word_exists_in_both_languages(report: Path) -> None:
    script = (report / "report.js").read_text(encoding="utf-8")
    words = (report / "data/strings.js").read_text(encoding="utf-8")
    for key in re.findall(r'\bt\("([a-z_.]+)"\)|head: "([a-z_.]+)"|label: "([a-z_.]+)"', script):
        assert f'"{"".join(key)}":' in words, key


# --- hostile text and size -----------------------------------------------------------------------


def test_hostile_text_does_nothing_in_any_view(page: playwright.Page, tmp_path: Path) -> None:
    rows = gold_rows()
    for table in rows.values():
        for row in table:
            for name in (
                "text",
                "title",
                "issuer",
                "number",
                "body",
                "from",
                "to",
                "message_vi",
                "evidence",
                "action",
            ):
                if isinstance(row.get(name), str):
                    row[name] = HOSTILE
    write_report(write_rows(rows, tmp_path / "tables"), tmp_path / "report")
    for view in (*VIEWS, "compare/long-bien-kh-2025/5/-2"):
        open_view(page, tmp_path / "report", view)
        page.wait_for_timeout(50)
        assert page.locator("img, main script").count() == 0
        assert "\u202e" not in page.locator("body").inner_text()
    page.goto((tmp_path / "report/doc/long-bien-kh-2025.html").as_uri())
    assert page.locator("img, main script").count() == 0


def test_large_corpus_costs_the_first_page_little_and_groups_by_province(
    page: playwright.Page, tmp_path: Path
) -> None:
    write_report(write_rows(simulated_rows(300, provisions=21), tmp_path / "tables"), tmp_path / "report")
    open_view(page, tmp_path / "report", "matrix")
    playwright.expect(page.locator("th.place")).to_have_count(34)
    assert page.locator("*").count() < MOST_ELEMENTS
    assert (tmp_path / "report/index.html").stat().st_size < MOST_BYTES
    page.locator("td.cell button").first.click()
    assert page.locator("#matrix-filters [name=province]").input_value() == "Tỉnh 00"
    assert page.locator("td.cell a").count() == 21 * page.locator("th.place").count()
