"""What becomes a document, under which key, and what is refused."""

import os
from pathlib import Path

import pytest

from pipeline.corpus import open_corpus
from pipeline.errors import CorpusError
from pipeline.records import DocType, Level


def write(folder: Path, name: str, text: str = "CHỈ THỊ") -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def reasons(folder: Path) -> list[str]:
    return [reject.reason for reject in open_corpus(folder).rejects]


def test_files_in_subfolders_take_their_stem_as_key_in_order(tmp_path: Path) -> None:
    write(tmp_path, "b/xa.txt")
    write(tmp_path, "a.txt")
    corpus = open_corpus(tmp_path)
    assert [source.doc_id for source in corpus.sources] == ["a", "xa"]
    assert [source.relative_path for source in corpus.sources] == ["a.txt", "b/xa.txt"]


def test_manifest_row_finds_its_file_by_stem_and_types_its_cells(tmp_path: Path) -> None:
    write(tmp_path, "kh.txt")
    write(tmp_path, "manifest.csv", "doc_id,level,doc_type,issued_on\nkh,province,plan,2025-05-07\n")
    (source,) = open_corpus(tmp_path).sources
    assert (source.manifest.level, source.manifest.doc_type) == (Level.PROVINCE, DocType.PLAN)
    assert str(source.manifest.issued_on) == "2025-05-07"


def test_manifest_may_rename_a_file(tmp_path: Path) -> None:
    write(tmp_path, "scan 001.txt")
    write(tmp_path, "manifest.csv", "doc_id,path\nkh-12,scan 001.txt\n")
    assert [source.doc_id for source in open_corpus(tmp_path).sources] == ["kh-12"]


def test_dot_files_readme_and_manifest_are_no_documents(tmp_path: Path) -> None:
    for name in ("a.txt", ".hidden/b.txt", ".c.txt", "README.md", "manifest.csv"):
        write(tmp_path, name, "doc_id,path\n")
    assert [source.doc_id for source in open_corpus(tmp_path).sources] == ["a"]


@pytest.mark.parametrize(
    ("manifest", "reason"),
    [
        ("doc_id,path\nx,missing.txt\n", "no_file"),
        ("doc_id\nmissing\n", "no_file"),
        ("doc_id,path\nx,../outside.txt\n", "outside_corpus"),
        ("doc_id,parent\na,nobody\n", "unknown_parent"),
        ("doc_id,level\na,planet\n", "manifest_cell"),
        ("doc_id,issued_on\na,07/05/2025\n", "manifest_cell"),
    ],
)
def test_unusable_manifest_row_is_rejected_and_the_rest_stands(
    tmp_path: Path, manifest: str, reason: str
) -> None:
    corpus = tmp_path / "corpus"
    write(corpus, "a.txt")
    write(tmp_path, "outside.txt")
    write(corpus, "manifest.csv", manifest)
    assert reasons(corpus) == [reason]
    assert [source.doc_id for source in open_corpus(corpus).sources] == ["a"]


def test_second_file_with_one_key_is_rejected(tmp_path: Path) -> None:
    write(tmp_path, "a/kh.txt")
    write(tmp_path, "b/kh.txt")
    corpus = open_corpus(tmp_path)
    assert [source.relative_path for source in corpus.sources] == ["a/kh.txt"]
    assert [(reject.source_path, reject.reason) for reject in corpus.rejects] == [
        ("b/kh.txt", "duplicate_doc_id")
    ]


def test_missing_folder_empty_folder_and_bad_manifest_are_one_line_errors(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no such corpus folder"):
        open_corpus(tmp_path / "nowhere")
    with pytest.raises(CorpusError, match="holds no documents"):
        open_corpus(tmp_path)
    write(tmp_path, "a.txt")
    write(tmp_path, "manifest.csv", "name;place\n")
    with pytest.raises(CorpusError, match="doc_id or path"):
        open_corpus(tmp_path)


@pytest.mark.parametrize("separator", [";", "\t"])
def test_manifest_of_a_spreadsheet_may_use_other_separators(tmp_path: Path, separator: str) -> None:
    write(tmp_path, "kh.txt")
    write(tmp_path, "manifest.csv", f"doc_id{separator}level\nkh{separator}commune\n")
    (source,) = open_corpus(tmp_path).sources
    assert source.manifest.level is Level.COMMUNE


def test_manifest_in_utf_16_is_read(tmp_path: Path) -> None:
    write(tmp_path, "kh.txt")
    (tmp_path / "manifest.csv").write_text("doc_id,province\nkh,Đắk Lắk\n", encoding="utf-16")
    assert open_corpus(tmp_path).sources[0].manifest.province == "Đắk Lắk"


def test_parents_that_lead_back_are_rejected_and_left_to_the_references(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        write(tmp_path, name)
    write(tmp_path, "manifest.csv", "doc_id,parent\na,a\nb,c\nc,b\n")
    corpus = open_corpus(tmp_path)
    assert [reject.reason for reject in corpus.rejects] == ["cyclic_parent"] * 3
    assert all(source.manifest.parent is None for source in corpus.sources)


def test_second_row_for_one_file_does_not_lose_the_other_files(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    write(tmp_path, "b.txt")
    write(tmp_path, "manifest.csv", "doc_id,path\na,a.txt\na2,a.txt\n")
    corpus = open_corpus(tmp_path)
    assert [source.doc_id for source in corpus.sources] == ["a", "b"]
    assert [reject.reason for reject in corpus.rejects] == ["duplicate_row"]


def test_pipes_odd_names_and_linked_folders_are_rejected_unopened(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    write(corpus, "a.txt")
    os.mkfifo(corpus / "pipe.txt")
    (tmp_path / "elsewhere").mkdir()
    (corpus / "folder").symlink_to(tmp_path / "elsewhere")
    Path(os.fsdecode(os.fsencode(corpus) + b"/bad\xff.txt")).write_bytes(b"x")
    found = {reject.source_path: reject.reason for reject in open_corpus(corpus).rejects}
    assert found == {
        "bad\\udcff.txt": "unreadable_name",
        "folder": "outside_corpus",
        "pipe.txt": "no_file",
    }
