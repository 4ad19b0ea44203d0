"""Browsers of different people: wide or narrow, with scripts or without."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--lang=fr-CA",
]
WIDE, NARROW = 1280, 320
HEIGHT = 900
PATIENCE_MS = 15_000
PATIENT_MS, TURN_MS = 60_000, 300


@contextmanager
def chromium() -> Iterator[Browser]:
    """The Chromium of the system, without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=QUIET, env={**os.environ, "LANGUAGE": "fr_CA"}
        )
        yield browser
        browser.close()


class Visitor:
    """One person at one browser, with what its console said against the page."""

    def __init__(
        self, browser: Browser, base_url: str, width: int = WIDE, scripts: bool = True
    ) -> None:
        self.context: BrowserContext = browser.new_context(
            base_url=base_url,
            viewport={"width": width, "height": HEIGHT},
            java_script_enabled=scripts,
            locale="fr-CA",
            timezone_id="America/Toronto",
            reduced_motion="reduce",
            accept_downloads=True,
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda said: self._hear(said.type, said.text))
        self.page.on("pageerror", lambda error: self._hear("error", str(error)))

    def _hear(self, kind: str, words: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(words)

    def goto(self, path: str) -> None:
        """Open a page that must exist."""
        answer = self.page.goto(path)
        assert answer is not None and answer.ok, f"{path}: {answer and answer.status}"

    def status(self, path: str) -> int:
        """Open a page that may be refused; what its refusal says in the console is no fault."""
        known = len(self.complaints)
        answer = self.page.goto(path)
        self.page.wait_for_load_state()
        del self.complaints[known:]
        assert answer is not None
        return answer.status

    def press(self, name: str) -> None:
        """Press a button by its words, or by the beginning of them."""
        self.page.get_by_role("button", name=name).first.click()

    def follow(self, name: str) -> None:
        """Follow a link by its words, or by a part of them."""
        self.page.get_by_role("link", name=name).first.click()

    def await_that(self, there: Locator, path: str) -> None:
        """Open a page again and again until it shows what the worker makes."""
        self.goto(path)
        for _ in range(PATIENT_MS // TURN_MS):
            if there.count():
                return
            self.page.wait_for_timeout(TURN_MS)
            self.goto(path)
        raise AssertionError(f"{path} never showed {there}")

    def await_link(self, name: str, path: str) -> None:
        """Open a page again and again until it shows this link."""
        self.await_that(self.page.get_by_role("link", name=name), path)

    def get(self, path: str) -> bytes:
        """The bytes behind an address, with the session of this browser."""
        answer = self.context.request.get(path)
        assert answer.ok, f"{path}: {answer.status}"
        return answer.body()

    def become(self, name: str) -> None:
        """Enter as somebody of the demonstration, with one click."""
        self.goto("/demonstration")
        self.press(name)

    def text(self) -> str:
        """The words of the whole page, every space an ordinary one."""
        self.page.wait_for_load_state()
        return " ".join(self.page.locator("body").inner_text().split())

    def leave(self) -> None:
        """Close the browser of this person."""
        self.context.close()
