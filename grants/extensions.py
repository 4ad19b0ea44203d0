"""Bare instances of the libraries' extensions; `factory` ties them to an application."""

from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

from grants.models import Base

db = SQLAlchemy(
    metadata=Base.metadata, session_options={"join_transaction_mode": "create_savepoint"}
)
migrate = Migrate()
csrf = CSRFProtect()
