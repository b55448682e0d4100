"""The images of pages that are shared, where the content asks for them and the address is known."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from site_gen.assets import Asset, hashed
from site_gen.machine import needing
from site_gen.pictures import WORTH_SHARING
from site_gen.place import Place
from site_gen.problems import Problem, problem
from site_gen.store import Store, digest
from site_gen.views.sharing import HEIGHT, WIDTH, Writing, writings
from site_gen.views.site import Site

SERIF, SANS = "assets/css/fonts/serif.woff2", "assets/css/fonts/sans.woff2"


def cards(
    site: Site, files: Mapping[str, bytes], store: Store | None = None, processes: int = 1
) -> tuple[dict[str, Asset], list[Problem]]:
    """Return the images by their key among the assets; ``files`` are those of the project.

    What is in the ``store`` is not drawn again. A title with letters that its font has not is a
    problem, and gets no image.
    """
    asked = site.conf.event.cards
    if not (asked and site.address):
        return {}, []
    with needing("pillow", asked):
        from PIL import features
    libraries = (features.version(name) or "" for name in ("pil", "freetype2", "libjpeg_turbo"))
    fonts = files[SERIF], files[SANS]
    made_with = digest("card", *libraries, *fonts)
    every = [*writings(site)]
    wanted = [(digest(made_with, repr(w)), partial(_drawn, w, *fonts)) for _, w, _ in every]
    try:
        drawings = (store or Store()).recall_all(wanted, processes, WORTH_SHARING)
    except OSError:
        return {}, [problem(Place(SERIF), "card-font")]
    images, problems = {}, []
    for (key, _, place), drawing in zip(every, drawings, strict=True):
        if isinstance(drawing, str):
            problems.append(problem(place, "card-letters", letters=drawing))
        else:
            images[key] = Asset(hashed(key, drawing), drawing, WIDTH, HEIGHT)
    return images, problems


def _drawn(writing: Writing, serif: bytes, sans: bytes) -> bytes | str:
    """Return the image, or the letters that its font has not.

    The library is loaded here, and not where every image is at hand.
    """
    from site_gen.exports.drawing import drawn
    from site_gen.exports.lettering import LettersMissingError

    try:
        return drawn(writing, serif, sans)
    except LettersMissingError as error:
        return error.letters
