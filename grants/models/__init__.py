"""Columns, constraints, relationships and trivial properties: every table is registered here."""

from grants.models import (
    case_files,
    drafts,
    guards,
    organizations,
    people,
    programs,
    reference,
    trail,
)
from grants.models.base import Base

guards.install()

__all__ = [
    "Base",
    "case_files",
    "drafts",
    "guards",
    "organizations",
    "people",
    "programs",
    "reference",
    "trail",
]
