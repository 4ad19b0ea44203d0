"""Say whether the locks still answer the .in files, without asking any package index.

Every requirement is pinned to a version it accepts; every pin has a hash and is needed by
something installed; the run-time lock is a part of the development lock; no address is named.
"""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)")

Pins = dict[str, str]


def main() -> None:
    """Print what is out of step and fail, or say nothing."""
    problems = list(all_problems())
    if problems:
        sys.exit("\n".join([*problems, "Run: make lock"]))


def all_problems() -> Iterator[str]:
    """Yield one sentence for each thing out of step in the two locks."""
    pins = {name: read_pins(f"{name}.txt") for name in ("requirements", "requirements-dev")}
    for name, found in pins.items():
        wanted = read_requirements(f"{name}.in")
        yield from unhashed(f"{name}.txt")
        yield from unanswered(name, wanted, found)
        yield from unneeded(name, wanted, found)
    for package, version in pins["requirements"].items():
        if pins["requirements-dev"].get(package) != version:
            yield f"requirements-dev.txt lacks {package}=={version} of requirements.txt"


def read_requirements(file_name: str) -> list[Requirement]:
    """Return the requirements of a .in file and of those it includes."""
    found = []
    for line in (PROJECT / file_name).read_text(encoding="utf-8").splitlines():
        if line.startswith("-r "):
            found += read_requirements(line.removeprefix("-r ").strip())
        elif line.strip() and not line.startswith("#"):
            found.append(Requirement(line))
    return found


def read_pins(file_name: str) -> Pins:
    """Return the pinned version of each package of a lock."""
    lines = (PROJECT / file_name).read_text(encoding="utf-8").splitlines()
    matches = filter(None, map(PIN.match, lines))
    return {canonicalize_name(found["name"]): found["version"] for found in matches}


def unhashed(file_name: str) -> Iterator[str]:
    """Yield the pins without a hash, and any address."""
    text = (PROJECT / file_name).read_text(encoding="utf-8")
    if "://" in text or "--index" in text:
        yield f"{file_name} names an address"
    for block in re.split(r"\n(?=\S)", text):
        if block.strip() and "--hash=sha256:" not in block:
            yield f"{file_name} holds a pin without a hash: {block.splitlines()[0]}"


def unanswered(name: str, wanted: list[Requirement], pins: Pins) -> Iterator[str]:
    """Yield the requirements, direct or not, that no pin of the lock satisfies."""
    for requirement in [*wanted, *implied(wanted, here=True)]:
        version = pins.get(canonicalize_name(requirement.name))
        if version is None or not requirement.specifier.contains(version, prereleases=True):
            yield f"{name}.txt does not satisfy {requirement}"


def unneeded(name: str, wanted: list[Requirement], pins: Pins) -> Iterator[str]:
    """Yield the pins that nothing asks for, on this system or another."""
    asked = {canonicalize_name(each.name) for each in [*wanted, *implied(wanted, here=False)]}
    yield from (f"{name}.txt pins {pin}, which nothing needs" for pin in sorted(set(pins) - asked))


def implied(wanted: list[Requirement], here: bool) -> Iterator[Requirement]:
    """Yield what the installed packages require in turn; ``here`` keeps this system's only."""
    waiting, seen = list(wanted), set()
    while waiting:
        parent = waiting.pop()
        key = (canonicalize_name(parent.name), frozenset(parent.extras))
        if key in seen:
            continue
        seen.add(key)
        children = [child for child in required_by(parent) if applies(child, parent.extras, here)]
        yield from children
        waiting += children


def required_by(parent: Requirement) -> list[Requirement]:
    """Return what an installed package declares; nothing for one of another system."""
    try:
        return [Requirement(line) for line in requires(parent.name) or []]
    except PackageNotFoundError:
        return []


def applies(child: Requirement, extras: set[str], here: bool) -> bool:
    """Say whether a declared requirement counts for these extras."""
    if child.marker is None:
        return True
    if here:
        return any(child.marker.evaluate({"extra": extra}) for extra in extras or {""})
    optional = re.search(r"extra == ['\"]([^'\"]+)", str(child.marker))
    return optional is None or optional[1] in extras


if __name__ == "__main__":
    main()
