"""The templates: how Jinja2 compiles them, and what they can do with what they are given.

Loads next to nothing of ours, because a first build begins with this while the rest is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from jinja2 import BytecodeCache, Environment, FunctionLoader, StrictUndefined
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.exceptions import TemplateSyntaxError
from jinja2.runtime import Context as Names
from jinja2.runtime import Macro
from markupsafe import Markup, escape

from site_gen.markup import BodyView, html
from site_gen.store import Store, digest

if TYPE_CHECKING:
    from jinja2.nodes import Call, Expr

    from site_gen.words import Words

T = TypeVar("T")
FOLDER = "templates/"
MOST_WRITTEN = 1000
"""So many parts are kept: pages that show the same sessions are made soon after each other."""
_SPECIAL = re.compile("[&<>'\"]")


def environment_of(
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
        return called(*args, **named)


class _Code(CodeGenerator):
    """Compiles what a template shows into what ``shown`` makes of it, and a macro into a ``part``.

    What is called is given nothing beside what the template gives it.
    """

    def _output_child_pre(
        self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.shown(")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        self.write("environment.part(")
        super().macro_def(macro_ref, frame)
        self.write(")")

    def visit_Call(  # noqa: N802
        self,
        node: Call,
        frame: Frame,
        forward_caller: bool = False,
    ) -> None:
        alone = frame.copy()
        alone.loop_frame = alone.block_frame = False
        super().visit_Call(node, alone, forward_caller=forward_caller)


def _shown(value: object) -> str:
    """Return a value as it is written: escaped, but not marked as such, as it is only joined."""
    if type(value) is Markup or (type(value) is str and not _SPECIAL.search(value)):
        return value
    return escape(value)


class _Part(Macro):
    """A macro that does not find out what it was given where that is what it takes."""

    def __init__(self, macro: Macro) -> None:
        vars(self).update(vars(macro))

    def __call__(self, *given: object, **named: object) -> str:
        if named or len(given) != self._argument_count:
            return super().__call__(*given, **named)
        return Markup(self._func(*given))  # noqa: S704 - a template wrote it

    def __repr__(self) -> str:
        return f"<Macro {self.name!r}>"


def _part(macro: Macro) -> Macro:
    return macro if macro.catch_kwargs or macro.catch_varargs or macro.caller else _Part(macro)


class _Environment(Environment):
    context_class = _Names
    code_generator_class = _Code
    part = staticmethod(_part)
    shown = staticmethod(_shown)

    def make_globals(self, _: object) -> dict[str, object]:
        """Let all templates know the same names, with none laid over them for one alone."""
        return self.globals


class Compiled(BytecodeCache):
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


def compile_all(templates: Mapping[str, bytes], store: Store) -> None:
    """Put every template into the ``store`` as compiled.

    A fault in one is told by the page that meets it.
    """
    environment = environment_of(templates, {}, Compiled(store))
    for path in templates:
        if path.endswith(".html"):
            with suppress(Exception):
                environment.get_template(path.removeprefix(FOLDER))
