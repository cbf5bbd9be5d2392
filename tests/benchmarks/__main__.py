"""Measure everything that is promised about speed and memory, and print one table."""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks.first_paint import measure_first_paints
from tests.benchmarks.key_latency import (
    Latencies,
    measure_filter,
    measure_keys,
    measure_stage_changes,
    measure_views,
    measure_while_loading,
    opened,
    walk,
)
from tests.benchmarks.notes_file import notes_text
from tests.benchmarks.programs import ROOT, ashore, bare, compile_program, dashboard
from tests.benchmarks.whole_runs import measure_import, run, walk_through

SIZES = {"300 applications": (300, 3_000), "10,000 applications": (10_000, 100_000)}
"""Applications and events of each database."""
SMALL = "300 applications"
LARGE = "10,000 applications"

QUESTIONS = 20_000

CALM = 1.5
"""Processes that want to run at once; with more, figures are too high."""


@dataclass(frozen=True, slots=True)
class Rounds:
    """How often everything is measured."""

    starts: int = 21
    keys: int = 40
    filters: int = 12
    changes: int = 40
    searches: int = 25
    typings: int = 4
    loadings: int = 7
    imports: int = 5
    commands: int = 21


QUICK = Rounds(starts=5, keys=12, filters=4, changes=10, searches=5, typings=1, loadings=3, imports=2, commands=5)


@dataclass(frozen=True, slots=True)
class Finding:
    """One bound and what was measured."""

    subject: str
    bound: float
    measured: float
    unit: str
    remark: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the bound holds."""
        return self.measured <= self.bound


def main() -> int:
    """Measure and print; the exit status tells whether every bound is met."""
    arguments = _arguments()
    rounds = QUICK if arguments.quick else Rounds()
    compile_program()
    load = os.getloadavg()[0]
    if load > CALM:
        print(f"The machine is busy (load {load:.1f}); times will be too high.", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="ashore-benchmark-") as name:
        workshop = Workshop(Path(name), rounds, arguments.keep)
        findings = []
        for part in arguments.only or PARTS:
            for finding in PARTS[part](workshop):
                print_finding(finding)
                findings.append(finding)
    missed = [finding for finding in findings if not finding.is_met]
    print(f"\n{len(findings) - len(missed)} of {len(findings)} bounds met.")
    return 1 if missed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds: good enough to see a large change")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the databases there, and use them next time")
    parser.add_argument("only", nargs="*", choices=[*PARTS, []], help="only these parts")
    return parser.parse_args()


def print_finding(finding: Finding) -> None:
    """One line of the table."""
    sign = "met   " if finding.is_met else "MISSED"
    measured = f"{finding.measured:8.2f} {finding.unit:3}"
    print(f"{sign} {finding.subject:58} {measured} <= {finding.bound:6.1f}  {finding.remark}", flush=True)


class Workshop:
    """The databases and files of one run, each made when it is first needed."""

    def __init__(self, folder: Path, rounds: Rounds, keep: Path | None) -> None:
        self.folder = folder
        self.rounds = rounds
        self._kept = keep or folder

    def database(self, size: str, *, fresh: bool = False) -> Path:
        """A database of one of the sizes; a ``fresh`` copy may be written to."""
        applications, events = SIZES[size]
        path = self._kept / f"{applications}.db"
        if not path.exists():
            self._kept.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_suffix(".new")
            unfinished.unlink(missing_ok=True)
            module = "tests.benchmarks.databases"
            run((sys.executable, "-m", module, str(unfinished), str(applications), str(events)))
            unfinished.rename(path)
        if not fresh:
            return path
        return Path(shutil.copy(path, self.folder / f"{applications}-fresh.db"))

    def bank(self) -> Path:
        """A database of many questions, with its search index."""
        path = self._kept / f"{QUESTIONS}-questions.db"
        make = (sys.executable, "-m", "tests.benchmarks.search_bank")
        if path.exists():
            # It may be of an older version, whose index is of no use: what is measured would be making a new one.
            run((*make, str(path), str(QUESTIONS)))
        else:
            self._kept.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_suffix(".new")
            unfinished.unlink(missing_ok=True)
            run((*make, str(unfinished), str(QUESTIONS)))
            unfinished.rename(path)
        return path

    def notes(self) -> Path:
        """A notes file of the size that people have."""
        path = self.folder / "notes.md"
        path.write_text(notes_text(), encoding="utf-8")
        return path


def first_paints(workshop: Workshop) -> Iterator[Finding]:
    """How soon the board is there, and what is held then."""
    boards = [dashboard(size, workshop.database(size)) for size in SIZES]
    *painted, floor = measure_first_paints([*boards, bare()], rounds=workshop.rounds.starts)
    remark = f"bare app {floor.milliseconds:.0f} ms, {floor.peak_mib:.0f} MiB"
    for paints in painted:
        own = f"{paints.milliseconds:.0f} ms, processor {paints.processor_ratio(floor):.2f} x; {remark}"
        yield Finding(f"first paint, {paints.name}", 1.5, paints.ratio(floor), "x", own)
        yield Finding(f"resident at first paint, {paints.name}", 60, paints.peak_mib, "MiB")


def keys(workshop: Workshop) -> Iterator[Finding]:
    """How soon a key shows, 95th percentiles."""
    rounds = workshop.rounds
    with opened(dashboard(LARGE, workshop.database(LARGE, fresh=True))) as viewer:
        yield _percentile("cursor", 16, measure_keys(viewer, walk("down", "up", count=rounds.keys)))
        yield _percentile("page", 20, measure_keys(viewer, walk("pagedown", "pageup", count=rounds.keys)))
        typed, cleared = measure_filter(viewer, rounds=rounds.filters)
        yield _percentile("filter as you type", 40, typed, f"clearing it {cleared.percentile(95):.0f}")
        first, changes = measure_stage_changes(viewer, rounds=rounds.changes)
        remark = f"first of the day, with its backup {first:.0f}"
        yield _percentile("change of stage, commit included", 30, changes, remark)


def columns(workshop: Workshop) -> Iterator[Finding]:
    """How soon 300 applications stand in columns, measured against the table in the same run."""
    with opened(dashboard(SMALL, workshop.database(SMALL, fresh=True))) as viewer:
        lanes, table = measure_views(viewer, rounds=workshop.rounds.keys)
    own, other = median(lanes.milliseconds), median(table.milliseconds)
    remark = f"{own:.1f} ms; the table {other:.1f} ms; {len(lanes.milliseconds)} times each"
    yield Finding(f"painting the columns, {SMALL}", 1.3, own / other, "x", remark)


def _percentile(subject: str, bound: float, latencies: Latencies, remark: str = "") -> Finding:
    values = latencies.milliseconds
    known = f"median {median(values):.1f}, worst {max(values):.1f}, {len(values)} keys" if values else "nothing seen"
    missed = f", {latencies.missed} changed nothing" if latencies.missed else ""
    words = "; ".join(filter(None, (known + missed, remark)))
    return Finding(f"{subject}, {LARGE}, p95", bound, latencies.percentile(95), "ms", words)


def loading(workshop: Workshop) -> Iterator[Finding]:
    """The slowest key while the ORM is loaded: the median of several starts."""
    candidate = dashboard(LARGE, workshop.database(LARGE, fresh=True))
    found = [measure_while_loading(candidate) for _number in range(workshop.rounds.loadings)]
    worst = [latencies.percentile(100) for latencies in found]
    every = Latencies(tuple(value for latencies in found for value in latencies.milliseconds))
    remark = f"of any start {max(worst):.0f}; p95 of {len(every.milliseconds)} keys {every.percentile(95):.1f}"
    yield Finding(f"slowest key while the ORM loads, {LARGE}", 60, median(worst), "ms", remark)


def memory(workshop: Workshop) -> Iterator[Finding]:
    """What is held after every screen was opened, on a database with questions too."""
    database = workshop.database(LARGE, fresh=True)
    run(ashore("import", str(workshop.notes()), "--as", "notes", database=database))
    with opened(dashboard(LARGE, database)) as viewer:
        tour = walk_through(viewer)
    remark = f"peak {tour.peak_mib:.0f}" + (f"; not seen: {', '.join(tour.unseen)}" if tour.unseen else "")
    yield Finding(f"resident after every screen, {LARGE}", 130, tour.resident_mib, "MiB", remark)


def imports(workshop: Workshop) -> Iterator[Finding]:
    """How long the import of a large file takes, whole process, into a new database."""
    files = [workshop.notes(), *_real_notes()]
    for file in files:
        seconds = measure_import(file, folder=workshop.folder / file.stem, rounds=workshop.rounds.imports)
        size = f"{file.stat().st_size // 1000} KB"
        yield Finding(f"import of {file.name}", 1.5, seconds, "s", size)


def notes(workshop: Workshop) -> Iterator[Finding]:
    """How long the parsers take for a megabyte of notes, beside the block parse of markdown-it-py."""
    from tests.benchmarks.notes_parsing import measure_parsing, texts

    for name, written in texts().items():
        found = measure_parsing(written(), rounds=workshop.rounds.imports)
        remark = f"{found.seconds:.2f} s for {found.size // 1000} KB, {found.questions} questions"
        yield Finding(f"parsing {name} beside a block parse", 2, found.ratio, "x", remark)


def _real_notes() -> list[Path]:
    """The largest file of the real notes, where there are some."""
    folder = Path(os.environ.get("ASHORE_NOTES", ROOT.parent / "shared" / "notes"))
    return sorted(folder.glob("*.md"), key=lambda path: path.stat().st_size)[-1:]


def commands(workshop: Workshop) -> Iterator[Finding]:
    """How long commands take that a prompt, cron or a script calls, on a hunt of the usual size."""
    from tests.benchmarks.commands import ORM, PASS, ratios, reading_commands, writing_commands

    rounds = workshop.rounds.commands
    database = workshop.database("300 applications", fresh=True)
    for name, ratio in ratios(reading_commands(database), floor=PASS, rounds=rounds).items():
        yield Finding(f"ashore {name} beside python -c pass", 6, ratio, "x", f"{rounds} interleaved runs")
    for name, ratio in ratios(writing_commands(database), floor=ORM, rounds=rounds).items():
        yield Finding(f"ashore {name} beside import sqlmodel", 1.5, ratio, "x", f"{rounds} interleaved runs")


def pure(workshop: Workshop) -> Iterator[Finding]:
    """What has no process and no screen of its own: reading a line, folding a history."""
    from tests.benchmarks.commands import measure_fold, measure_parsing

    rounds = workshop.rounds.keys
    yield Finding("reading one line", 5, measure_parsing(workshop.database(LARGE), rounds=rounds), "ms", LARGE)
    seconds = measure_fold(events=100_000, applications=10_000, rounds=workshop.rounds.imports)
    yield Finding("folding 100,000 events", 0.5, seconds, "s", LARGE)


def search(workshop: Workshop) -> Iterator[Finding]:
    """How long a query takes over a large bank, 95th percentiles, and how long the rows of its lists."""
    from tests.benchmarks.searching import measure_rows, measure_search, percentile

    rounds = workshop.rounds.searches
    found = measure_search(workshop.bank(), rounds=rounds)
    found["any"] = [value for kind, values in found.items() if kind != "with filters" for value in values]
    for kind, values in found.items():
        remark = f"median {median(values):.2f}, worst {max(values):.1f}, {len(values)} queries"
        bound = 15 if kind == "with filters" else 5
        yield Finding(f"search of {QUESTIONS:,} questions, {kind}, p95", bound, percentile(values, 95), "ms", remark)
    rows = measure_rows(workshop.bank(), rounds=rounds)
    yield Finding(f"reading {QUESTIONS:,} rows, median", 150, median(rows), "ms", f"worst {max(rows):.0f}")


def search_keys(workshop: Workshop) -> Iterator[Finding]:
    """How soon the list of a large bank has settled while a search is typed, 95th percentiles."""
    from tests.benchmarks.search_typing import measure_typing

    typed, cleared = measure_typing(workshop.bank(), rounds=workshop.rounds.typings)
    for name, found in (("search as you type", typed), ("clearing the search", cleared)):
        values = found.milliseconds
        remark = f"median {median(values):.1f}, worst {max(values):.1f}, {len(values)} keys"
        yield Finding(f"{name}, {QUESTIONS:,} questions, p95", 50, found.percentile(95), "ms", remark)


def drill(workshop: Workshop) -> Iterator[Finding]:
    """What the drill's choice brings beside due order, played through, and how long planning takes."""
    from tests.benchmarks.drill_simulation import HORIZONS, lead, simulate, table
    from tests.benchmarks.drilling import fill, measure_plans

    found = simulate()
    for line in table(found):
        print(line)
    leads = {evenings: lead(found, evenings) for evenings in HORIZONS}
    ahead = f"ahead by {leads[7]:.1f} points of weighted recall"
    yield Finding("points missing to 8 ahead of due order, 7 days", 0, max(0.0, 8 - leads[7]), "pt", ahead)
    least = f"least lead {min(leads.values()):.1f} points"
    yield Finding("points behind due order at any horizon", 0, max(0.0, -min(leads.values())), "pt", least)
    bank = fill(workshop.bank(), workshop.folder / "drill.db", questions=QUESTIONS)
    for name, values in measure_plans(bank, rounds=workshop.rounds.searches).items():
        remark = f"worst {max(values):.0f}, {len(values)} times"
        bound = 150 if name == "a drill" else 1000
        yield Finding(f"planning {name}, {QUESTIONS:,} questions, median", bound, median(values), "ms", remark)


def briefing(workshop: Workshop) -> Iterator[Finding]:
    """How long a briefing takes, and the readiness that follows it."""
    from tests.benchmarks.briefing import EVENTS, fill_hunt, measure_briefings

    path = fill_hunt(workshop.bank(), workshop.folder / "briefing.db", questions=QUESTIONS)
    bounds = {"a briefing": 100, "its readiness": 250, "the coming rounds": 20}
    for name, values in measure_briefings(path, rounds=workshop.rounds.searches).items():
        remark = f"worst {max(values):.0f}, {len(values)} times; {QUESTIONS:,} questions, {EVENTS:,} events"
        yield Finding(f"{name}, median", bounds[name], median(values), "ms", remark)


def practice(workshop: Workshop) -> Iterator[Finding]:
    """How long a whole replay takes, the queue of what is due, and a review with its commit."""
    from tests.benchmarks.drilling import ATTEMPTS, fill
    from tests.benchmarks.practising import copy_practised, measure_queue, measure_replay, measure_reviews
    from tests.benchmarks.searching import percentile

    filled = fill(workshop.bank(), workshop.folder / "attempts.db", questions=QUESTIONS)
    bank = copy_practised(filled, workshop.folder / "practised.db")
    size = f"{QUESTIONS:,} questions, {ATTEMPTS:,} attempts"
    replays = measure_replay(bank, rounds=workshop.rounds.imports)
    yield Finding("replaying every attempt, median", 2, median(replays), "s", f"worst {max(replays):.2f}; {size}")
    queues = measure_queue(bank, rounds=workshop.rounds.searches)
    yield Finding("what is due and new, median", 60, median(queues), "ms", f"worst {max(queues):.0f}; {size}")
    reviews = measure_reviews(bank, rounds=workshop.rounds.keys)
    remark = f"median {median(reviews):.1f}, worst {max(reviews):.1f}; without the screen; {size}"
    yield Finding("a review with its commit and the next question, p95", 30, percentile(reviews, 95), "ms", remark)


def practice_keys(workshop: Workshop) -> Iterator[Finding]:
    """How soon the next question is there after a rating, its commit included, and the answer after its key."""
    from tests.benchmarks.drilling import ATTEMPTS, fill
    from tests.benchmarks.practice_keys import measure_ratings
    from tests.benchmarks.practising import copy_practised

    filled = fill(workshop.bank(), workshop.folder / "sitting-attempts.db", questions=QUESTIONS)
    bank = copy_practised(filled, workshop.folder / "sitting.db")
    shown, rated = measure_ratings(bank, rounds=workshop.rounds.keys)
    size = f"{QUESTIONS:,} questions, {ATTEMPTS:,} attempts"
    for name, found in (("the next question after a rating", rated), ("the answer after its key", shown)):
        values = found.milliseconds
        known = (
            f"median {median(values):.1f}, worst {max(values):.1f}, {len(values)} keys" if values else "nothing seen"
        )
        missed = f", {found.missed} changed nothing" if found.missed else ""
        yield Finding(f"{name}, p95", 50, found.percentile(95), "ms", f"{known}{missed}; {size}")


def statistics(workshop: Workshop) -> Iterator[Finding]:
    """How long all figures of a hunt take, by every group, in a process that has loaded nothing before."""
    from tests.benchmarks.statistics_computing import measure_statistics

    runs = measure_statistics(workshop.database(LARGE), rounds=workshop.rounds.imports * 2 + 1)
    together = median(run.loading + run.computing for run in runs)
    remark = (
        f"loading pandas {median(run.loading for run in runs):.2f}, computing"
        f" {median(run.computing for run in runs):.2f}, the whole process {median(run.whole for run in runs):.2f},"
        f" its processor time {median(run.processor for run in runs):.2f}; {len(runs)} times"
    )
    yield Finding(f"computing statistics, {LARGE}, median", 1.0, together, "s", remark)


def statistics_screen(workshop: Workshop) -> Iterator[Finding]:
    """How soon the first chart is there after its key, and how soon other keys answer while it is computed."""
    from tests.benchmarks.statistics_screen import measure_chart, measure_meanwhile

    candidate = dashboard(LARGE, workshop.database(LARGE))
    rounds = workshop.rounds.loadings
    charts = [measure_chart(candidate) for _number in range(rounds)]
    worst = f"worst {max(charts):.2f}, {rounds} starts"
    yield Finding(f"statistics from key to chart, {LARGE}, median", 1.5, median(charts), "s", worst)
    found = [measure_meanwhile(candidate)[0] for _number in range(rounds)]
    every = Latencies(
        tuple(value for latencies in found for value in latencies.milliseconds), sum(one.missed for one in found)
    )
    known = f"p95 {every.percentile(95):.1f}, of any start {every.percentile(100):.0f}, {len(every.milliseconds)} keys"
    slowest = median(latencies.percentile(100) for latencies in found)
    yield Finding(f"slowest key while statistics are computed, {LARGE}", 60, slowest, "ms", known)


PARTS = {
    "statistics": statistics,
    "statistics-screen": statistics_screen,
    "drill": drill,
    "briefing": briefing,
    "practice": practice,
    "practice-keys": practice_keys,
    "search": search,
    "search-keys": search_keys,
    "first-paint": first_paints,
    "keys": keys,
    "columns": columns,
    "loading": loading,
    "memory": memory,
    "import": imports,
    "notes": notes,
    "commands": commands,
    "pure": pure,
}
"""What can be measured by itself."""


if __name__ == "__main__":
    sys.exit(main())
