"""Pages to bytes: Jinja2, with the context of the page and the words of its language."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Hashable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from jinja2 import BytecodeCache, Environment, FunctionLoader, StrictUndefined, TemplateNotFound
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import TemplateSyntaxError, UndefinedError
from jinja2.runtime import Context as Names
from jinja2.runtime import Macro
from markupsafe import Markup, escape

from site_gen.hashes import File
from site_gen.markup import BodyView, html
from site_gen.place import Place
from site_gen.plan import Planned
from site_gen.problems import Problem, problem
from site_gen.progress import Progress, silent
from site_gen.remembered import Remembered
from site_gen.store import Store, digest
from site_gen.views.contexts import Context
from site_gen.words import Words

if TYPE_CHECKING:
    from jinja2.nodes import Expr

T = TypeVar("T")
FOLDER = "templates/"
MOST_WRITTEN = 1000
"""So many parts are kept: pages that show the same sessions are made soon after each other."""
_SPECIAL = re.compile("[&<>'\"]")


def render(
    pages: Sequence[Planned],
    templates: Mapping[str, bytes],
    words: Mapping[str, Words],
    progress: Progress = silent,
    store: Store | None = None,
    remembered: Remembered | None = None,
) -> tuple[dict[str, File], list[Problem]]:
    """Return the files of the pages by path; a fault in a template is a problem on its line.

    A template that is in the ``store`` is not compiled again, and a page that is ``remembered`` is
    not rendered.
    """
    compiled = _Compiled(store or Store())
    environments = {lang: _environment(templates, each, compiled) for lang, each in words.items()}
    files: dict[str, File] = {}
    problems: set[Problem] = set()
    for number, page in enumerate(pages, 1):
        name, (context, seen) = f"pages/{page.template}.html", page.make()
        try:
            fill = partial(_filled, environments[page.lang], name, context)
            files[page.path] = (
                remembered.rendered(page, context, seen, fill) if remembered else fill()
            )
        except Exception as error:
            fault = _fault(error, FOLDER + name)
            problems.add(fault)
            if fault.code == "template-circle":
                break  # every page goes round, and each takes a thousand calls to notice
        progress(number, len(pages))
    return files, sorted(problems)


def compile_all(templates: Mapping[str, bytes], store: Store) -> int:
    """Put every template into the ``store`` as compiled, and return how many there are.

    A fault in one is told by the page that meets it.
    """
    environment = _environment(templates, {}, _Compiled(store))
    names = [path.removeprefix(FOLDER) for path in templates if path.endswith(".html")]
    for name in names:
        with suppress(Exception):
            environment.get_template(name)
    return len(names)


def _filled(environment: Environment, name: str, context: Context) -> bytes:
    return environment.get_template(name).render(page=context).encode()


def _environment(
    templates: Mapping[str, bytes], words: Words | Mapping[str, str], compiled: BytecodeCache
) -> Environment:
    """Return the templates of one language: ``t`` is known in every part without being handed on.

    So a part is loaded once, and not again for each page that imports it.
    """

    def load(name: str) -> tuple[str, str, None] | None:
        path = FOLDER + name
        source = templates.get(path)
        return (_decoded(source, path), path, None) if source is not None else None

    environment = _Environment(
        loader=FunctionLoader(load),
        bytecode_cache=compiled,
        autoescape=True,
        undefined=_Unknown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        cache_size=-1,  # all stay, and are not looked at again: none changes while a site is made
        auto_reload=False,
        optimized=False,  # what is shown holds next to nothing that could be worked out beforehand
    )
    environment.globals = {"t": words}
    environment.filters["once"] = _Once()
    environment.filters["prose"] = _prose
    environment.filters["data"] = _data
    return environment


def _decoded(source: bytes, path: str) -> str:
    try:
        return source.decode()
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise TemplateSyntaxError("not UTF-8", line, filename=path) from None


class _Names(Names):
    """Calls what a template calls as it is: nothing here asks for the context beside that."""

    def call(self, called: Callable[..., T], /, *args: object, **named: object) -> T:
        """Call it, where the library would find out each time what it asks for."""
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return called(*args, **named)


class _Code(CodeGenerator):
    """Compiles what a template shows into what ``shown`` makes of it."""

    def _output_child_pre(
        self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.shown(")


def _shown(value: object) -> str:
    """Return a value as it is written: escaped, but not marked as such, as it is only joined."""
    if type(value) is Markup or (type(value) is str and not _SPECIAL.search(value)):
        return value
    return escape(value)


class _Environment(Environment):
    context_class = _Names
    code_generator_class = _Code
    shown = staticmethod(_shown)

    def make_globals(self, _: object) -> dict[str, object]:
        """Let all templates know the same names, with none laid over them for one alone."""
        return self.globals


class _Compiled(BytecodeCache):
    """Templates as compiled for any language."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def load_bytecode(self, bucket: Bucket) -> None:
        known = self._store.get(digest("template", bucket.key, bucket.checksum))
        if isinstance(known, bytes):
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        key = digest("template", bucket.key, bucket.checksum)
        self._store.put(key, bucket.bytecode_to_string())


class _Unknown(StrictUndefined):
    """What a template asks for and a page has not: the error is its name."""

    @property
    def _undefined_message(self) -> str:
        return str(self._undefined_name)


class _Once:
    """Writes what stands alike on several pages: ``{{ item|once(part) }}`` is ``part(item)``.

    A part (a macro of another file) sees nothing but what it is given and the words, and an item is
    frozen, so whatever it wrote for the same item it would write again.
    """

    def __init__(self) -> None:
        self._written: dict[Hashable, tuple[object, str]] = {}

    def __call__(self, item: object, part: Macro, **named: Hashable) -> str:
        key = (id(item), part, *named.items())
        known = self._written.get(key)
        if known is None:
            # The item is kept, so its id stays its own.
            known = self._written[key] = item, part(item, **named)
            if len(self._written) > MOST_WRITTEN:
                del self._written[next(iter(self._written))]
        return known[1]


def _prose(body: BodyView) -> Markup:
    return Markup(html(body))  # noqa: S704 - cleaned by nh3 in site_gen.conversion


def _data(text: str) -> Markup:
    """Write JSON into a ``script``: nothing in it may end the element or open a comment."""
    escaped = text.replace("&", r"\u0026").replace("<", r"\u003c").replace(">", r"\u003e")
    return Markup(escaped)  # noqa: S704 - no character is left that HTML knows


def _fault(error: Exception, page: str) -> Problem:
    """Name the template and line where a rendering stopped: the innermost line in a template."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [
        Place(frame.filename, frame.lineno or 1)
        for frame in frames
        if frame.filename.startswith(FOLDER)
    ]
    place = lines[-1] if lines else Place(page)
    match error:
        case TemplateSyntaxError():
            where = Place(error.filename or page, error.lineno)
            return problem(where, "template-syntax", reason=(error.message or "").rstrip("."))
        case TemplateNotFound():
            return problem(place, "template-missing", name=error.name or "")
        case RecursionError():
            circle = next((p for n, p in enumerate(lines) if p in lines[:n]), place)
            return problem(circle, "template-circle")
        case UndefinedError():
            return problem(place, "template-unknown-name", name=error.message or "")
        case _:
            return problem(place, "template-failed", reason=_short(error))


def _short(error: Exception) -> str:
    text = str(error).partition("\n")[0]
    return text.rstrip(".") or type(error).__name__
