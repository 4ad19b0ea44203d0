"""The application as gunicorn and the flask command find it."""

from grants.factory import create_app
from grants.settings import Settings

app = create_app(Settings.from_environment())
