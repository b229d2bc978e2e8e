"""What goes to an annotation tool comes back whole: gold, tables, hostile white space, astral characters."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import AnnotationError
from pipeline.exchange import export_gold, import_file
from pipeline.exchange.docbin import read_docbin, write_docbin
from pipeline.exchange.doccano import read_doccano, write_doccano
from pipeline.exchange.labelstudio import read_labelstudio, write_labelstudio
from pipeline.exchange.tasks import RELATIONS, VALUES, CodeUnits, Link, Mark, Task

GOLD = Path("annotations")
FORMATS = ("labelstudio", "doccano", "docbin")


def annotations(folder: Path) -> dict[str, object]:
    files = [*folder.glob("*.json"), *folder.glob("align/*.json")]
    return {
        path.relative_to(folder).as_posix(): json.loads(path.read_text(encoding="utf-8"))
        for path in files
        if path.name != "baseline.json"
    }


@pytest.mark.parametrize("form", FORMATS)
def test_gold_comes_back_whole(form: str, tmp_path: Path) -> None:
    export_gold(GOLD, tmp_path / "tasks", form)
    import_file(tmp_path / "tasks", tmp_path / "gold", form)
    assert annotations(tmp_path / "gold") == annotations(GOLD)


# --- any text, any marks -------------------------------------------------------------------------

HOSTILE = st.text(
    st.one_of(
        st.sampled_from(' \t\n\r\v\f\x1c\x85\u00a0\u2028\u2029\u200b\ufeff\u0301\0"\\<'),
        st.sampled_from("đĐữ1.,;-🌲👨\u200d👩𠀀"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)
JSON = st.recursive(
    st.none() | st.booleans() | st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    lambda inner: st.lists(inner, max_size=2),
    max_leaves=3,
)


@st.composite
def tasks(draw: st.DrawFn) -> Task:
    """Draw a text with marks that begin and end anywhere, overlap, and may be empty."""
    text = draw(HOSTILE)
    offsets = st.integers(0, len(text))
    marks = []
    for number in range(draw(st.integers(0, 5))):
        start, end = sorted((draw(offsets), draw(offsets)))
        layer = draw(st.sampled_from(sorted(VALUES)))
        value = draw(st.sampled_from([*map(str, VALUES[layer]), None]))
        said = draw(st.dictionaries(st.text("abc_", min_size=1, max_size=4), JSON, max_size=2))
        marks.append(Mark(f"{layer}-{number}", layer, value, start, end, said))
    ids = st.sampled_from([mark.id for mark in marks]) if marks else st.nothing()
    links = draw(st.lists(st.builds(Link, ids, ids, st.sampled_from(RELATIONS)), max_size=2 if marks else 0))
    return Task("kh", text, tuple(marks), tuple(links), {"layers": ["provisions"], "document": None})


def plain(task: Task) -> tuple[object, ...]:
    """Return all that a task holds; ids may change, and marks may be grouped by layer."""
    marks = {
        mark.id: (mark.layer, mark.value, mark.start, mark.end, json.dumps(mark.attributes))
        for mark in task.marks
    }
    links = [(marks[link.source], marks[link.target], link.value) for link in task.links]
    by_layer = sorted(marks.values(), key=lambda mark: mark[0])
    return task.name, task.text, by_layer, links, task.about


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(tasks(), max_size=2))
def test_no_white_space_and_no_overlap_moves_a_mark(drawn: list[Task], tmp_path: Path) -> None:
    file = tmp_path / "tasks"
    expected = [plain(task) for task in drawn]
    write_labelstudio(drawn, file, decided=True)
    assert [plain(task) for task in read_labelstudio(file)] == expected
    write_doccano(drawn, file)
    assert [plain(task) for task in read_doccano(file)] == expected
    write_docbin(drawn, file)
    assert [plain(task) for task in read_docbin(file)] == expected


@given(HOSTILE)
def test_code_units_are_those_of_utf16(text: str) -> None:
    units = CodeUnits(text)
    for offset in range(len(text) + 1):
        counted = len(text[:offset].encode("utf-16-le")) // 2
        assert units.from_points(offset) == counted
        assert units.to_points(counted) == offset


# --- what tools do -------------------------------------------------------------------------------

PINE = Task(
    "kh",
    "🌲 UBND  xã\nchủ trì",
    (
        Mark("p", "provisions", "task", 0, 18, {"path": "1"}),
        Mark("b", "bodies", "lead", 2, 10),
    ),
    about={"document": {"doc_id": "kh"}, "layers": ["provisions"]},
)


def edited(file: Path, change: object) -> None:
    """Let a tool rewrite the results of the first task of a Label Studio file."""
    content = json.loads(file.read_text(encoding="utf-8"))
    assert callable(change)
    change(content[0])
    file.write_text(json.dumps(content), encoding="utf-8")


def test_label_studio_of_old_counted_utf16_code_units(tmp_path: Path) -> None:
    file = tmp_path / "tasks.json"
    write_labelstudio([PINE], file, decided=True)

    def count_as_javascript(task: dict[str, list[dict[str, list[dict[str, dict[str, int]]]]]]) -> None:
        for part in task["annotations"][0]["result"]:
            part["value"]["start"] += part["value"]["start"] > 0
            part["value"]["end"] += 1

    edited(file, count_as_javascript)
    assert plain(read_labelstudio(file)[0]) == plain(PINE)


def test_label_studio_folds_white_space_in_the_words_of_a_region(tmp_path: Path) -> None:
    file = tmp_path / "tasks.json"
    write_labelstudio([PINE], file, decided=True)
    file.write_text(file.read_text(encoding="utf-8").replace('"UBND  xã"', '"UBND xã"'), encoding="utf-8")
    assert plain(read_labelstudio(file)[0]) == plain(PINE)


def test_offsets_that_lead_to_other_words_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "tasks.json"
    write_labelstudio([PINE], file, decided=True)
    file.write_text(file.read_text(encoding="utf-8").replace('"UBND  xã"', '"HĐND xã"'), encoding="utf-8")
    with pytest.raises(AnnotationError, match="kh: the offsets do not lead to the words"):
        read_labelstudio(file)


def test_a_persons_annotation_wins_over_the_machines_prediction(tmp_path: Path) -> None:
    file = tmp_path / "tasks.json"
    write_labelstudio([PINE], file, decided=False)
    edited(
        file, lambda task: task.update(annotations=[{"result": []}, {"result": [1], "was_cancelled": True}])
    )
    assert read_labelstudio(file)[0].marks == ()


def test_a_region_with_two_labels_is_named(tmp_path: Path) -> None:
    file = tmp_path / "tasks.json"
    write_labelstudio([PINE], file, decided=True)
    edited(
        file, lambda task: task["annotations"][0]["result"][2]["value"]["labels"].append("bodies/coordinate")
    )
    with pytest.raises(AnnotationError, match="region b: needs one label, has 2"):
        read_labelstudio(file)


def test_doccano_numbers_spans_anew_and_counts_utf16_code_units(tmp_path: Path) -> None:
    file = tmp_path / "tasks.jsonl"
    write_doccano([PINE], file)
    line = json.loads(file.read_text(encoding="utf-8"))
    assert [(span["start_offset"], span["end_offset"]) for span in line["entities"]] == [(0, 19), (3, 11)]
    for span in line["entities"]:
        span["id"] += 1000
    line["entities"].reverse()
    file.write_text(json.dumps(line), encoding="utf-8")
    assert plain(read_doccano(file)[0])[2] == plain(PINE)[2]


@pytest.mark.parametrize("form", FORMATS)
def test_a_new_mark_is_described_by_its_label_and_place(form: str, tmp_path: Path) -> None:
    write = {"labelstudio": lambda: write_labelstudio([PINE], tmp_path / "f", decided=True)}
    write |= {"doccano": lambda: write_doccano([PINE], tmp_path / "f")}
    write |= {"docbin": lambda: write_docbin([PINE], tmp_path / "f")}
    write[form]()
    (path,) = import_file(tmp_path / "f", tmp_path / "gold", form)
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["bodies"] == [{"provision": "1", "text": "UBND  xã", "role": "lead"}]
    (provision,) = content["provisions"]
    assert (provision["kind"], provision["leaf"], provision["text"]) == ("numbered", True, PINE.text)
    assert content["references"] is None


@pytest.mark.parametrize(
    ("task", "message"),
    [
        (Task("kh", "rừng", (Mark("p", "provisions", "task", 0, 4),)), "needs a path"),
        (Task("kh", "rừng", (Mark("p", "provisions", None, 0, 4, {"path": "1"}),)), "needs a role"),
        (Task("kh", "rừng", (Mark("b", "bodies", "lead", 0, 4),)), "lies within no provision"),
        (Task("../kh", "rừng"), "cannot be the name of a file"),
    ],
)
def test_what_only_a_person_can_say_is_asked_for(task: Task, message: str, tmp_path: Path) -> None:
    write_doccano([task], tmp_path / "f")
    with pytest.raises(AnnotationError, match=message):
        import_file(tmp_path / "f", tmp_path / "gold", "doccano")
    assert not (tmp_path / "gold").exists()


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("content", [b"", b"[1]", b"{}", b"\xff\xfe\0", b'[{"data": {}}]', b"[[]]"])
def test_a_file_of_another_format_is_one_line(form: str, content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_bytes(content)
    if form == "doccano" and not content:
        assert read_doccano(file) == []
        return
    with pytest.raises(AnnotationError):
        import_file(file, tmp_path / "gold", form)
