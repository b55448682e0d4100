"""The project that is previewed: builds it for the browser, and keeps ``--out`` as ``build`` would.

Nothing that happens in a build ends the server: also what is no fault of an editor is a problem.
"""

from __future__ import annotations

import gc
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct, field
from msgspec.structs import replace

from site_gen.drafts import has_drafts
from site_gen.editors import refresh
from site_gen.files import FOLDERS, FileIndex, scan
from site_gen.furniture import FURNITURE, packaged
from site_gen.hashes import File, Hashes
from site_gen.machine import MachineError
from site_gen.making import Making
from site_gen.output import Means
from site_gen.pictures import contents
from site_gen.pipeline import Content, check, furnish, keep, produce
from site_gen.place import Place
from site_gen.problems import Problem, problem, stops
from site_gen.progress import Progress, silent
from site_gen.serve.excerpts import Excerpt, excerpt
from site_gen.serve.outcome import Fault, Outcome, Request, Superseded
from site_gen.store import Store

PATIENCE = 5.0  # seconds that another build may take to write
PACKAGE = Path(__file__).parents[1]


class Project(Struct, frozen=True):
    """A project's folder, where its site goes, and what ``build`` was told besides.

    The site never comes in the place of what is ``protected``. The ``store`` holds what a build
    need not work out again, ``shown`` is the site as it was shown last and ``hashes`` are those of
    its files; ``report`` gets every error that is the program's own.
    """

    root: Path
    out: Path
    address: str = ""
    strict: bool = False
    today: Callable[[], date | None] = lambda: None
    protected: Sequence[Path] = ()
    progress: Progress = silent
    store: Store = field(default_factory=Store)
    shown: dict[str, bytes] = field(default_factory=dict)
    hashes: Hashes = field(default_factory=Hashes)
    report: Callable[[BaseException], object] = traceback.print_exception

    @property
    def folders(self) -> list[Path]:
        """The folders from which the site is made, whether they are there or not."""
        own = [self.root / name for name in FOLDERS]
        if packaged().resolve() == self.root.resolve():
            return own
        return [*own, *(packaged() / name for name in FURNITURE)]

    def build(self, request: Request) -> Outcome:
        """Make the site with its drafts, and first of all the pages that are looked at."""
        try:
            with _at_once():
                return self._build(request)
        except MachineError as error:
            return Outcome({}, self._faults([error.problem]))
        except (Exception, SystemExit) as error:
            return Outcome({}, (Fault(self._internal(error)),))

    def keep(self, outcome: Outcome, request: Request) -> Outcome:
        """Write what ``build`` would write of the same content; what goes wrong is added."""
        if outcome.content is None:
            return outcome
        try:
            with _at_once():
                found = self._keep(outcome.content, outcome.files, request)
        except MachineError as error:
            found = [error.problem]
        except (Exception, SystemExit) as error:
            found = [self._internal(error)]
        known = outcome.problems
        new = self._faults([each for each in found if each not in known])
        return replace(outcome, faults=outcome.faults + new)

    def _build(self, request: Request) -> Outcome:
        content, problems = check(self.root, self.today(), self.store)
        faults = self._faults(problems)
        if content is None or stops(problems, self.strict):
            return Outcome({}, faults)
        base = urlsplit(self.address or content.conf.event.address).path.rstrip("/") + "/"
        site = furnish(_previewed(content), self.address, drafts=True, store=self.store)
        making = Making(
            site, content.templates, store=self.store, last=self.shown.get, hashes=self.hashes
        )
        if request.first:
            some, found = making.glimpse(request.first)
            early = self._contents(some, content)
            self.shown.update(early)
            if not found:
                request.show(Outcome(early, faults, base=base))
        made, pages, found = making.complete(self._progress(request))
        if found:
            faults = self._faults(sorted({*problems, *found}))
        if stops(found, self.strict):
            return Outcome({}, faults)
        files = self._contents(made, content)
        self.shown.clear()
        self.shown.update(files)
        return Outcome(files, faults, pages, base, content)

    def _keep(
        self, content: Content, files: Mapping[str, bytes], request: Request
    ) -> list[Problem]:
        found: list[Problem] = []
        if _differs(content):
            _, found = produce(
                content,
                self.root,
                self.out,
                self.address,
                protected=self.protected,
                strict=self.strict,
                progress=self._progress(request),
                store=self.store,
                patience=PATIENCE,
            )
        else:
            keep(files, self.root, self.out, self.protected, PATIENCE, Means(self.hashes))
        self.store.save()
        refresh(self.root)
        return found

    def _contents(self, files: Mapping[str, File], content: Content) -> dict[str, bytes]:
        """Return the files of a preview, which all are in memory."""
        made = {path: file for path, file in files.items() if isinstance(file, bytes)}
        return made | contents(files, content.pictures, self.shown)

    def _progress(self, request: Request) -> Progress:
        def progress(done: int, total: int) -> None:
            if request.stale():
                raise Superseded
            self.progress(done, total)

        return progress

    def _faults(self, problems: Sequence[Problem]) -> tuple[Fault, ...]:
        """Add the source of each problem; what may not be read is not shown either."""
        if not problems:
            return ()
        indexes = [scan(self.root)[0], scan(packaged(), FURNITURE)[0]]
        return tuple(Fault(each, _source(each.place, indexes)) for each in problems)

    def _internal(self, error: BaseException) -> Problem:
        self.report(error)
        return internal(error)


def _previewed(content: Content) -> Content:
    """Return content as it is previewed: words are found in the texts.

    An index of these takes seconds to make, and somebody waits.
    """
    event = replace(content.conf.event, pagefind=None)
    return replace(content, conf=replace(content.conf, event=event))


def _differs(content: Content) -> bool:
    """Tell whether what is published is another site than what is previewed, which has no cards."""
    event = content.conf.event
    return has_drafts(content.conf) or bool(event.cards or event.pagefind)


@contextmanager
def _at_once() -> Iterator[None]:
    """Leave garbage for later: somebody is waiting."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def internal(error: BaseException) -> Problem:
    """Return an error of the program itself as a problem, on the line of ours where it arose."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(PACKAGE)]
    place = Place("site_gen")
    if ours:
        path = Path(ours[-1].filename).relative_to(PACKAGE.parent).as_posix()
        place = Place(path, ours[-1].lineno or 1)
    return problem(place, "internal-error", reason=f"{type(error).__name__}: {error}".rstrip(": "))


def _source(place: Place, indexes: Iterable[FileIndex]) -> Excerpt | None:
    index = next((index for index in indexes if index.has(place.path)), None)
    data = index.read(place.path)[0] if index else None
    if data is None or b"\0" in data:
        return None
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    return excerpt(text, place.line, place.column)
