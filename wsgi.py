"""The application as gunicorn and the flask command find it."""

from grants.factory import GuardsOff, create_app
from grants.settings import Settings, SettingsError

try:
    app = create_app(Settings.from_environment())
except (SettingsError, GuardsOff) as error:
    raise SystemExit(str(error)) from None
