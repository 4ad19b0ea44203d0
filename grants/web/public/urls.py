"""The URLs of this audience."""

from grants.web.routing import Page, audience

PAGES: list[Page] = []

blueprint = audience("public", "", PAGES)
