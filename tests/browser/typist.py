"""Types a section of an application the way a volunteer does: through its visible controls."""

import json
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Page

from grants.demo.answers import Applicant, complete
from grants.domain.dates import parse_date, write_parts
from grants.domain.forms.description import Field, FieldType, FormDefinition, Section, parse

FORMS = Path(__file__).resolve().parents[2] / "grants" / "data" / "forms"
AS_TYPED = {"address_line1": "12, rue du Quai-Neuf", "postal_code": "g0x 0x0"}


def questionnaire(program: str) -> FormDefinition:
    """The published form of a program."""
    return parse(json.loads((FORMS / f"{program}.json").read_text(encoding="utf-8")))


def volunteer_answers(form: FormDefinition, applicant: Applicant) -> dict[str, object]:
    """Complete answers, with the ordinary spaces that a keyboard gives."""
    answers = {**complete(form, applicant), **AS_TYPED}
    return {key: _with_plain_spaces(answer) for key, answer in answers.items()}


def _with_plain_spaces(answer: object) -> object:
    if isinstance(answer, str):
        return answer.replace("\u00a0", " ")
    if isinstance(answer, list):
        return [_with_plain_spaces(part) for part in answer]
    if isinstance(answer, dict):
        return {key: _with_plain_spaces(part) for key, part in answer.items()}
    return answer


def fill_section(page: Page, section: Section, answers: Mapping[str, object]) -> None:
    """Answer every question that the page shows, then say that the section is finished."""
    for question in section.fields:
        if question.type is FieldType.ROWS:
            _make_room(page, question, answers[question.key])
    for question in section.fields:
        if question.key in answers:
            _answer(page, question, question.key, answers[question.key])
    page.locator('[name="finished"][value="yes"]').check()


def _make_room(page: Page, table: Field, rows: object) -> None:
    """Ask for as many lines as there are rows, one press each, as without scripts."""
    assert isinstance(rows, list)
    for place in range(1, len(rows)):
        page.locator(f'button[value="add:{table.key}"]').click()
        page.locator(f'[name="{table.key}-{place}-{table.columns[0].key}"]').wait_for()


def _answer(page: Page, question: Field, name: str, answer: object) -> None:
    if isinstance(answer, list) and question.type is FieldType.ROWS:
        for place, row in enumerate(answer):
            for column in question.columns:
                _answer(page, column, f"{name}-{place}-{column.key}", row[column.key])
    elif isinstance(answer, list):
        for value in answer:
            page.locator(f'[name="{name}"][value="{value}"]').check()
    elif question.type is FieldType.DATE:
        _date(page, name, str(answer))
    else:
        _one(page, name, str(answer))


def _date(page: Page, name: str, text: str) -> None:
    day, month, year = write_parts(parse_date(text))
    page.locator(f'[name="{name}-day"]').fill(day)
    page.locator(f'[name="{name}-month"]').select_option(month)
    page.locator(f'[name="{name}-year"]').fill(year)


def _one(page: Page, name: str, text: str) -> None:
    """A line, a list to open, a radio button or a box."""
    controls = page.locator(f'[name="{name}"]')
    first = controls.first
    if first.evaluate("control => control.tagName") == "SELECT":
        first.select_option(text)
    elif first.get_attribute("type") in ("radio", "checkbox"):
        if text:
            page.locator(f'[name="{name}"][value="{text}"]').check()
    else:
        first.fill(text)
