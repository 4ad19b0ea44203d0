"""Reading changes nothing: counted in the statements, and read in the code."""

import ast
import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.access.people import ONE_OF_EACH, World
from tests.access.routes import is_page_of, targets, writings

ROOT = Path(__file__).resolve().parents[2]
QUERY_STRINGS = (
    "",
    "?next=/bureau/&autre=1&verifier=1&q=a&qui=equipe&avant=9&faits=0&neq=1144556677"
    "&apres=1&changer=1&etat=prets&programme=DCD&exercice=2030&step=edit&geste=recalculer"
    "&sujet=media&texte=zq&ressource=1&modele=1&du=2026-04-01&au=2027-03-31&code=SACA_ACK",
)
ONLY_READING = {"publications.draft"}  # what freezing would publish, shown before
WRITING_CALLS = {"add", "add_all", "delete", "merge", "flush", "commit", "insert", "update"}


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_no_page_writes(world: World, name: str) -> None:
    person, wrong = world.named(name), []
    for target in targets(world):
        if not is_page_of(person, world, target):
            continue
        for asked in QUERY_STRINGS:
            with writings(world.app) as seen:
                person.browser().get(target.url + asked)
            wrong += [f"{target.url}{asked}: {statement}" for statement in seen]
    assert not wrong, "\n".join(wrong)


def test_a_writing_would_be_seen(world: World) -> None:
    with writings(world.app) as seen:
        world.named("person").browser().post("/compte/sortir")
    assert any(statement.startswith("UPDATE web_session") for statement in seen)


def test_no_query_writes() -> None:
    wrong = [
        f"{path.name}:{node.lineno} {called(node)}"
        for path in sorted((ROOT / "grants/queries").glob("*.py"))
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and called(node) in WRITING_CALLS and not of_a_set(node)
    ]
    assert not wrong, "\n".join(wrong)


def test_views_write_only_inside_saving() -> None:
    """Each call of an operation that takes a session is given the one of a `saving()` around it,
    or of a function that is itself called with such a session only."""
    found, wrong = 0, []
    for path in sorted((ROOT / "grants/web").rglob("*.py")):
        tree = parsed(path)
        acts = operations(tree)
        kept = {id(call) for call, _ in inside_saving(tree)}
        kept |= {id(call) for call in handed_on(tree, kept)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in acts:
                found += 1
                if id(node) not in kept:
                    wrong.append(f"{path.name}:{node.lineno} {ast.unparse(node.func)}")
    assert not wrong, "\n".join(wrong)
    assert found > 15


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def called(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def of_a_set(call: ast.Call) -> bool:
    """Whether what is added to is a set or a dictionary of sets, and no session."""
    return isinstance(call.func, ast.Attribute) and "session" not in ast.unparse(call.func.value)


def handed_on(tree: ast.Module, kept: set[int]) -> Iterator[ast.Call]:
    """The calls, with the session they were handed, of functions that others call in a saving."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        callers = [call for call in calls if ast.unparse(call.func) == function.name]
        takes = "session" in {argument.arg for argument in function.args.args}
        if takes and all(id(call) in kept for call in callers):
            inner = (node for node in ast.walk(function) if isinstance(node, ast.Call))
            yield from (
                call for call in inner if call.args and ast.unparse(call.args[0]) == "session"
            )


def operations(tree: ast.Module) -> set[str]:
    """The names under which a module calls operations that take a session."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "grants.operations":
            for alias in node.names:
                module = importlib.import_module(f"grants.operations.{alias.name}")
                public = dict(inspect.getmembers(module, inspect.isfunction))
                names |= {
                    f"{alias.asname or alias.name}.{name}"
                    for name, function in public.items()
                    if next(iter(inspect.signature(function).parameters), "") == "session"
                    and f"{alias.name}.{name}" not in ONLY_READING
                }
    return names


def inside_saving(tree: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    """The calls that stand in a `with saving() as name` and are given that name."""
    for block in ast.walk(tree):
        if not isinstance(block, ast.With):
            continue
        item = block.items[0]
        if ast.unparse(item.context_expr) != "saving()" or item.optional_vars is None:
            continue
        name = ast.unparse(item.optional_vars)
        for node in ast.walk(block):
            if isinstance(node, ast.Call) and node.args and ast.unparse(node.args[0]) == name:
                yield node, name
