"""Files into the database: read, matched with what is there, applied as one step that can be undone."""

from prep.importing.report import FileReport, ImportReport, PlannedChange
from prep.importing.run import KINDS, import_files

__all__ = ["KINDS", "FileReport", "ImportReport", "PlannedChange", "import_files"]
