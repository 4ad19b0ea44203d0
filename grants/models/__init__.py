"""Columns, constraints, relationships and trivial properties: every table is registered here."""

from grants.models import (
    agreements,
    case_files,
    clocks,
    complaints,
    decisions,
    directory,
    drafts,
    guards,
    messages,
    organizations,
    payments,
    people,
    programs,
    reference,
    requests,
    results,
    reviews,
    tracking,
    trail,
)
from grants.models.base import Base

guards.install()

__all__ = [
    "Base",
    "agreements",
    "case_files",
    "clocks",
    "complaints",
    "decisions",
    "directory",
    "drafts",
    "guards",
    "messages",
    "organizations",
    "payments",
    "people",
    "programs",
    "reference",
    "requests",
    "results",
    "reviews",
    "tracking",
    "trail",
]
