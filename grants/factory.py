"""The application, put together: a short list of calls."""

from pathlib import Path

from flask import Flask
from sqlalchemy import Engine

from grants import cli, queue, storage
from grants.extensions import csrf, db, migrate
from grants.models import encrypted
from grants.queries import health
from grants.settings import Settings
from grants.unit_of_work import guard_sqlite
from grants.web import arrival, errors, headers, register, routing, session

ROOT = Path(__file__).resolve().parent.parent


def create_app(settings: Settings) -> Flask:
    """Build the application for these settings; it holds no state of its own."""
    app = Flask("grants", template_folder=str(ROOT / "templates"))
    configure(app, settings)
    db.init_app(app)
    with app.app_context():
        guard(db.engine)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    app.wsgi_app = arrival.Stamped(app.wsgi_app, settings.arrival_header)
    session.load_actor(app)
    csrf.init_app(app)
    routing.guard(app)
    register.register(app)
    errors.register(app)
    headers.register(app)
    cli.register(app)
    return app


def configure(app: Flask, settings: Settings) -> None:
    """Turn the settings into the configuration of the libraries."""
    secure = settings.base_url.startswith("https://")
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        JOURNAL_KEY=settings.journal_key.encode(),
        CREDENTIAL_KEY=settings.secret_key.encode(),
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={"pool_pre_ping": True, "hide_parameters": True},
        SESSION_COOKIE_NAME="__Host-appui" if secure else "appui",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: slow typing loses nothing
        MAX_CONTENT_LENGTH=16 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        TRUSTED_HOSTS=settings.trusted_hosts,
        MAILBOX=settings.mailbox,
    )
    encrypted.install(settings.column_key)
    app.extensions["redis"] = queue.connect(settings.redis_url)
    app.extensions["storage"] = storage.open_storage(settings.storage_url)


class GuardsOff(Exception):
    """The database would let through what the product promises to refuse."""


def guard(engine: Engine) -> None:
    """Put SQLite's guards on, and refuse to start when one of them does not hold."""
    if engine.dialect.name != "sqlite":
        return
    guard_sqlite(engine)
    with engine.connect() as connection:
        off = [found.name for found in health.guards(connection) if not found.right]
    if off:
        raise GuardsOff(f"SQLite ne protège pas les données\u00a0: {', '.join(off)}.")
