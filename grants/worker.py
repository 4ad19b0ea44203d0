"""The worker process: `python -m grants.worker`.

It stands above the factory because it alone imports WeasyPrint (1.2 s): web processes and
commands never load it.
"""

import sys

from grants.factory import create_app
from grants.jobs import worker
from grants.settings import Settings


def main() -> None:
    """Do what the outbox owes, as the queue announces it; `--burst` stops when it is empty."""
    app = create_app(Settings.from_environment())
    with app.app_context():
        worker.work(app.extensions["redis"], burst="--burst" in sys.argv[1:])


if __name__ == "__main__":
    main()
