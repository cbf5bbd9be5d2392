"""``python -m tracker`` is ``ashore``."""

from tracker.cli import main

if __name__ == "__main__":
    main()
