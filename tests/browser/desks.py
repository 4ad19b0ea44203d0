"""The desks of an office: one browser for each member of the staff."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.browser.visitors import Visitor


@dataclass
class Desks:
    """A browser for each member of the staff, opened when they first act."""

    arrive: Callable[[], Visitor]
    known: dict[str, Visitor] = field(default_factory=dict)

    def of(self, name: str) -> Visitor:
        """The browser of this person, who has entered."""
        if name not in self.known:
            self.known[name] = self.arrive()
            self.known[name].become(name)
        return self.known[name]
