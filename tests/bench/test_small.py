"""The measured pages at a small size: statements are counted, nothing is timed."""

from pathlib import Path

import pytest

from bench import agreements, figures, pages, payments, requests, sending
from bench.data import prepared
from bench.desk import STATEMENTS_LIMIT, Desk
from bench.measure import figure, medians
from bench.sending import private_redis

SMALL, LARGE = 60, 600
PAGE = 50


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the databases of this module lie."""
    return tmp_path_factory.mktemp("bench")


def test_the_desk_asks_the_same_statements_at_any_size(folder: Path) -> None:
    counts = []
    for size in (SMALL, LARGE):
        with prepared("sqlite", folder, size) as app:
            counts.append(len(Desk(app).statements()))
    assert counts[0] == counts[1] <= STATEMENTS_LIMIT


def test_the_baseline_prints_as_many_lines_as_our_page(folder: Path) -> None:
    with prepared("sqlite", folder, LARGE) as app:
        desk = Desk(app)
        assert desk.lines(desk.ours()()) == desk.lines(desk.baseline()()) == PAGE


def test_a_sending_replayed_through_core_leaves_the_same_files(tmp_path: Path) -> None:
    assert sending.measure("sqlite", tmp_path, runs=2, warm_up=1).name == sending.NAME


def test_a_page_asks_few_statements_and_its_baseline_prints_the_same(folder: Path) -> None:
    with pages.lines("sqlite", folder, 60) as app:
        for page in pages.pages(app):
            assert page.baseline(app)()
            assert len(page.statements(app)) <= pages.STATEMENTS_LIMITS[page.name]


def test_figures_and_their_aggregate_count_the_same_and_the_page_asks_few(folder: Path) -> None:
    found = {one.name: one.facts() for one in figures.measure("sqlite", folder, 4_000, 1, 0)}
    assert set(found) == {
        "Figures of a year, 4000 promises",
        "Nos engagements, 4000 promises",
        "Nos engagements, statements",
    }
    assert found["Nos engagements, statements"]["passed"]


def test_the_queue_of_requests_asks_the_same_statements_at_any_size(folder: Path) -> None:
    counts = []
    for size in (PAGE, LARGE):
        with requests.asked("sqlite", folder, size) as app:
            assert requests.PAGE.baseline(app)()
            counts.append(len(requests.PAGE.statements(app)))
    assert counts[0] == counts[1] <= requests.STATEMENTS_LIMIT


def test_a_batch_is_released_and_its_baseline_writes_the_same_file(folder: Path) -> None:
    with private_redis(folder) as redis, payments.ground("sqlite", folder, 7, redis) as ground:
        with ground.ours() as pay:
            pay()
        with ground.baseline(ground.made())() as pay:
            pay()


def test_agreements_are_counted_by_the_second() -> None:
    found, _cpu = agreements.measure(runs=1, warm_up=0, each=1, counts=(1,))
    assert found.facts()["unit"] == "a second"


def test_a_figure_passes_up_to_its_limit() -> None:
    assert figure("", 6.0, 2.0, 3.0).passed
    assert not figure("", 6.1, 2.0, 3.0).passed


def test_what_is_compared_runs_in_turns() -> None:
    seen: list[str] = []
    medians([lambda _: seen.append("a"), lambda _: seen.append("b")], runs=3, warm_up=1)
    assert seen == ["b", "a", "a", "b", "b", "a", "a", "b"]
