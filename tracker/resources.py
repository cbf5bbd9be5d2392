"""Where the files that ship with the program are: beside the package when installed, at the top of a checkout."""

from pathlib import Path


def resource(*parts: str) -> Path:
    """The path of a shipped file or folder, such as ``resource("data", "companies.toml")``."""
    package = Path(__file__).resolve().parent
    shipped = package / "shipped"
    return (shipped if shipped.is_dir() else package.parent).joinpath(*parts)
