"""The one way a rule says no."""


class DomainError(Exception):
    """A business rule refuses an act.

    `code` names the refusal; `facts` are the values the French sentence needs. The sentence
    itself, which says how to repair the refusal, is `grants.wording.problems`.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class Refusal(DomainError):
    """A refusal of duty, access or state: unlike a typing error, it goes into the journal.

    `actor_id` is the person refused, `case_file_id` the file where there is one.
    """

    def __init__(
        self, code: str, *, actor_id: int | None, case_file_id: int | None = None, **facts: object
    ) -> None:
        super().__init__(code, **facts)
        self.actor_id = actor_id
        self.case_file_id = case_file_id
