"""Case files for tests, made by the operations that make them in the product."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.models.case_files import CaseFile
from tests.factories import NOW
