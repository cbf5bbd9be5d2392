"""Alembic's entry: runs on the connection that tracker.schema opened and owns the transaction of."""

from alembic import context
from sqlmodel import SQLModel

import prep.models
import tracker.models

TARGET = SQLModel.metadata
_LOADED = (prep.models, tracker.models)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=TARGET,
    transactional_ddl=False,  # the transaction is begun and committed by tracker.schema
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
