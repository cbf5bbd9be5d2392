"""An export of everything, read back into an empty database: the same rows, the same content hash."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Table
from sqlalchemy.types import TypeDecorator
from sqlmodel import Session

from tracker.changes import Fields, Recorder, column_values, logged_tables, row_fields
from tracker.columns import UtcDateTime
from tracker.errors import RefusedError, UnreadableFileError
from tracker.exports.everything import FORMAT, session_hash
from tracker.messages import _
from tracker.schema import SCHEMA_VERSION

LARGEST_FILE = 1024 * 1024 * 1024
"""Bytes; ten thousand applications with all their history are some 20 MiB."""

SETTINGS = "setting"
"""The one table that an empty database may have rows in: the first start writes some. They are replaced."""


def read_everything(path: Path) -> dict[str, Any]:
    """Read an exported document.

    Raises:
        UnreadableFileError: it cannot be read, is not JSON, or not an export; the sentence names file and line.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UnreadableFileError(_("{path}: it is too large to be an export.").format(path=path))
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadableFileError(
            _("{path}: it cannot be read ({reason}).").format(path=path, reason=error.strerror or error)
        ) from error
    except UnicodeDecodeError as error:
        raise UnreadableFileError(_("{path}, line 1: this is not UTF-8 text.").format(path=path)) from error
    except json.JSONDecodeError as error:
        raise UnreadableFileError(
            _("{path}, line {line}: this is not JSON ({reason}).").format(
                path=path, line=error.lineno, reason=error.msg
            )
        ) from error
    except RecursionError as error:
        raise UnreadableFileError(
            _("{path}, line 1: this is not an export of everything.").format(path=path)
        ) from error
    if not is_everything(document):
        raise UnreadableFileError(_("{path}, line 1: this is not an export of everything.").format(path=path))
    return dict(document)


def is_everything(document: object) -> bool:
    """Whether a JSON document is an export of everything, of whatever version."""
    return (
        isinstance(document, Mapping)
        and document.get("format") == FORMAT
        and isinstance(document.get("schema"), int)
        and isinstance(document.get("tables"), Mapping)
    )


def import_everything(session: Session, document: Mapping[str, Any]) -> int:
    """Write all rows of a document into an empty database, as one step of the change log; return how many.

    The session is that of ``Database.change``, whose change log they go into.

    Raises:
        RefusedError: the database is not empty, or the document is of a newer version, incomplete or changed.
    """
    if not is_everything(document):
        raise RefusedError(_("This is not an export of everything."))
    if document["schema"] > SCHEMA_VERSION:
        raise RefusedError(
            _("It was written by a newer Ashore (schema {theirs}, this one knows {ours}).").format(
                theirs=document["schema"], ours=SCHEMA_VERSION
            )
        )
    if document["schema"] < SCHEMA_VERSION:
        from tracker.imports.older_exports import bring_up_to_date

        document = bring_up_to_date(document)
    tables = {table.name: table for table in logged_tables()}
    unknown = sorted(set(document["tables"]) - set(tables))
    if unknown:
        raise RefusedError(_("There is no table «{name}» here.").format(name=unknown[0][:60]))
    _refuse_filled(session, tables)
    _forget_settings(session, tables[SETTINGS])
    session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    written = sum(_write_table(session, table, document["tables"].get(name, [])) for name, table in tables.items())
    if session.connection().exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise RefusedError(_("The export is not complete: a row refers to one that is missing."))
    if session_hash(session) != document.get("content_hash"):
        raise RefusedError(_("The export was changed or is not complete: its content hash is another."))
    return written


def _refuse_filled(session: Session, tables: Mapping[str, Table]) -> None:
    for name, table in tables.items():
        if name != SETTINGS and session.connection().execute(table.select().limit(1)).first() is not None:
            raise RefusedError(
                _("An export is imported into an empty database only; this one has rows. Name another with --db.")
            )


def _forget_settings(session: Session, table: Table) -> None:
    recorder: Recorder = session.info["recorder"]
    for row in session.connection().execute(table.select()).all():
        fields = row_fields(table, row)
        recorder.add(table.name, str(fields["name"]), fields, None)
    session.connection().execute(table.delete())


def _write_table(session: Session, table: Table, rows: object) -> int:
    if not isinstance(rows, list):
        raise RefusedError(_("Table «{name}» is not a list of rows.").format(name=table.name))
    recorder: Recorder = session.info["recorder"]
    key = next(iter(table.primary_key.columns)).name
    values = []
    seen: set[object] = set()
    for number, row in enumerate(rows, start=1):
        fields = _checked(table, row, number)
        if fields[key] in seen:
            raise _wrong(table, number, key)
        seen.add(fields[key])
        values.append(column_values(table, fields))
        recorder.add(table.name, str(fields[key]), None, fields)
    if values:
        session.connection().execute(table.insert(), values)
    return len(values)


def _checked(table: Table, row: object, number: int) -> Fields:
    """One row whose fields are all there and of their columns' types: SQLite itself would take anything."""
    if not isinstance(row, dict) or set(row) != {column.name for column in table.columns}:
        raise _wrong(table, number, "")
    for column in table.columns:
        value = row[column.name]
        if value is None and (column.primary_key or not column.nullable):
            raise _wrong(table, number, column.name)
        if value is not None and not _fits(column.type, value):
            raise _wrong(table, number, column.name)
    return row


def _fits(kind: Any, value: object) -> bool:  # noqa: ANN401 - a column's type, of which there is one class each
    if isinstance(kind, UtcDateTime):
        return isinstance(value, str) and _is_instant(value)
    wanted = (kind.impl if isinstance(kind, TypeDecorator) else kind).python_type
    if wanted is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return type(value) is wanted and not (wanted is int and abs(int(str(value))) >= 1 << 63)


def _is_instant(value: str) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _wrong(table: Table, number: int, field: str) -> RefusedError:
    return RefusedError(
        _("Table «{name}», row {number}: «{field}» is not what it should be.").format(
            name=table.name, number=number, field=field
        )
    )
