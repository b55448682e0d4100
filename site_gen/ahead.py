"""What a first build needs in any case, begun while the rest of the program is loaded."""

from __future__ import annotations

from contextlib import contextmanager

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from site_gen.unchanged import Repetition


@contextmanager
def compiling(run: Repetition | None) -> Iterator[None]:
    """Have the templates compiled by another process, where there is one and nothing is kept.

    The ``run`` tells who can use them, see :attr:`site_gen.unchanged.Repetition.compiled`.
    """
    if run and not run.keeps_results():
        from site_gen.workers import begun, processes

        if processes() > 1:
            with begun(lambda: _compiled(run.root)) as run.compiled:
                yield
            return
    yield


def _compiled(root: str) -> Mapping[bytes, object]:
    """Return the templates of a root as the store keeps them, by key."""
    from pathlib import Path

    from site_gen.furniture import read_templates
    from site_gen.store import Store
    from site_gen.templating import compile_all

    store = Store()
    compile_all(read_templates(Path(root)), store)
    return store.results
