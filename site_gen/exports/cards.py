"""The images of pages that are shared, where the content asks for them and the address is known."""

from __future__ import annotations

from collections.abc import Mapping

from site_gen.assets import Asset, hashed
from site_gen.machine import needing
from site_gen.place import Place
from site_gen.problems import Problem, problem
from site_gen.views.sharing import writings
from site_gen.views.site import Site

SERIF, SANS = "assets/css/fonts/serif.woff2", "assets/css/fonts/sans.woff2"


def cards(site: Site, files: Mapping[str, bytes]) -> tuple[dict[str, Asset], list[Problem]]:
    """Return the images by their key among the assets; ``files`` are those of the project.

    A title with letters that its font has not is a problem, and gets no image.
    """
    asked = site.conf.event.cards
    if not (asked and site.address):
        return {}, []
    with needing("pillow", asked):
        from site_gen.exports.drawing import HEIGHT, WIDTH, drawn
        from site_gen.exports.lettering import LettersMissingError
    images, problems = {}, []
    for key, writing, place in writings(site):
        try:
            data = drawn(writing, files[SERIF], files[SANS])
            images[key] = Asset(hashed(key, data), data, WIDTH, HEIGHT)
        except LettersMissingError as error:
            problems.append(problem(place, "card-letters", letters=error.letters))
        except OSError:
            return {}, [problem(Place(SERIF), "card-font")]
    return images, problems
