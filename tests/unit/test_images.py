"""Images: format and size by their own bytes, what is refused, what is stripped."""

from __future__ import annotations

from xml.parsers import expat

import image_files as make
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_gen import svg
from site_gen.images import ImageInfo, check_image, image_info, strip_metadata
from site_gen.problems import as_text

DAMAGED = (
    "error[image-damaged]: deze afbeelding is beschadigd of niet compleet"
    " — zet het oorspronkelijke bestand hier opnieuw neer\n"
)
EXIF = make.segment(0xE1, make.exif(1))


def lines(path: str, data: bytes, lang: str = "nl") -> str:
    return as_text(check_image(path, data), lang)


IMAGES = {
    "png": make.png(),
    "jpeg": make.jpeg(),
    "gif": make.gif(),
    "webp": make.webp(make.vp8(4, 3)),
    "svg": make.svg('width="4" height="3"'),
}


@pytest.mark.parametrize("kind", IMAGES)
def test_image_says_its_format_and_size(kind: str) -> None:
    assert image_info(IMAGES[kind]) == ImageInfo(kind, 4, 3)


@pytest.mark.parametrize("kind", IMAGES)
def test_sound_image_has_no_problems_and_stays_as_it_is(kind: str) -> None:
    assert check_image(f"assets/img/foto.{kind}", IMAGES[kind]) == []
    assert strip_metadata(IMAGES[kind]) == IMAGES[kind]


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (make.jpeg(65535, 1), (65535, 1)),
        (make.jpeg(4, 3, start=b""), (4, 3)),
        (make.jpeg(4, 3, make.segment(0xE1, make.exif(6, "<"))), (3, 4)),
        (make.jpeg(4, 3, make.segment(0xE1, make.exif(8, ">"))), (3, 4)),
        (make.jpeg(4, 3, make.segment(0xE1, make.exif(3, ">"))), (4, 3)),
        (make.png(4, 3, make.png_chunk(b"eXIf", make.exif(6, "<")[6:])), (3, 4)),
        (make.webp(make.vp8l(16384, 2)), (16384, 2)),
        (make.webp(make.vp8x(70000, 5, 0), make.vp8(1, 1)), (70000, 5)),
    ],
)
def test_size_is_that_of_the_picture_as_shown(data: bytes, size: tuple[int, int]) -> None:
    info = image_info(data)
    assert info is not None
    assert (info.width, info.height) == size


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="120px" height="60.4"', (120, 60)),
        ('width="100%" height="100%" viewBox="0 0 24 12"', (24, 12)),
        ('width="12mm" height="6mm" viewBox="-1,-1, 24.6 12"', (25, 12)),
        ('viewBox="0 0 0.2 0.1"', (1, 1)),
        ("", (300, 150)),
        ('viewBox="NaN"', (300, 150)),
    ],
)
def test_size_of_a_drawing(attributes: str, size: tuple[int, int]) -> None:
    assert image_info(make.svg(attributes)) == ImageInfo("svg", *size)


@pytest.mark.parametrize(
    ("path", "data", "line"),
    [
        (
            "assets/logo.png",
            make.svg(),
            "error[image-type]: de naam eindigt op ‘.png’, maar de inhoud is svg — geef het"
            " bestand de uitgang .svg, of sla het opnieuw op als .png\n",
        ),
        (
            "assets/foto.JPG",
            make.png(),
            "error[image-type]: de naam eindigt op ‘.jpg’, maar de inhoud is png — geef het"
            " bestand de uitgang .png, of sla het opnieuw op als .jpg\n",
        ),
        ("assets/foto.jpg", b"", DAMAGED),
        ("assets/foto.jpg", b"<html>Not found</html>", DAMAGED),
        ("assets/foto.jpg", make.jpeg()[:-2], DAMAGED),
        ("assets/foto.jpg", make.jpeg()[:-20], DAMAGED),
        ("assets/foto.jpg", make.jpeg()[:20], DAMAGED),
        ("assets/foto.png", make.png()[:-3], DAMAGED),
        ("assets/foto.png", make.png()[:30], DAMAGED),
        ("assets/foto.png", make.png(0, 3), DAMAGED),
        ("assets/foto.webp", IMAGES["webp"][:-1], DAMAGED),
        ("assets/foto.png", make.png().replace(b"IDAT", b"tEXt"), DAMAGED),
        ("assets/foto.webp", make.webp(make.vp8x(4, 3, 0)), DAMAGED),
        ("assets/foto.gif", b"GIF89a\1", DAMAGED),
        ("assets/foto.gif", make.gif()[:-1], DAMAGED),
        ("assets/foto.gif", make.gif()[:-3], DAMAGED),
        ("assets/foto.gif", make.gif(colours=0x80)[:20], DAMAGED),
        ("assets/foto.gif", make.gif()[:13] + b";", DAMAGED),
        ("assets/foto.gif", make.gif(extra=b"?"), DAMAGED),
        (
            "assets/foto.png",
            make.png(50_000, 50_000),
            "error[image-pixels]: deze afbeelding is veel te groot: 50000 × 50000 beeldpunten"
            " — verklein de afbeelding tot hooguit 2400 beeldpunten breed\n",
        ),
        (
            "assets/foto.svgz",
            b"\x1f\x8b",
            "error[image-format]: een afbeelding met de uitgang ‘.svgz’ kan niet op de site"
            " — sla de afbeelding op als .jpg, .png, .webp, .gif of .svg\n",
        ),
        (
            "assets/foto.HEIC",
            b"",
            "error[image-format]: een afbeelding met de uitgang ‘.heic’ kan niet op de site"
            " — sla de afbeelding op als .jpg, .png, .webp, .gif of .svg\n",
        ),
    ],
)
def test_image_that_is_not_what_it_says(path: str, data: bytes, line: str) -> None:
    """Fault 49: an SVG named .png, a truncated JPEG, an image bomb."""
    assert lines(path, data) == f"{path}:1:1: {line}"


def test_image_bomb_in_english() -> None:
    """Fault 49."""
    assert lines("assets/a.png", make.png(10_000, 5_001), "en") == (
        "assets/a.png:1:1: error[image-pixels]: this image is far too large: 10000 × 5001 pixels"
        " — scale it down to 2400 pixels wide at most\n"
    )
    assert check_image("assets/a.png", make.png(10_000, 5_000)) == []


def test_file_that_is_no_image_by_its_name_passes() -> None:
    assert check_image("assets/css/site.css", b"body {}") == []


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("<script>alert(1)</script>", [(2, "<script>")]),
        ("<SCRIPT/>", [(2, "<script>")]),
        ("<foreignObject><b/></foreignObject>", [(2, "<foreignobject>")]),
        ('<g onload="alert(1)"/>', [(2, "onload=…")]),
        ('<a href="javascript:alert(1)"/>', [(2, "href=…")]),
        ('<a href="https://example.org"/>', [(2, "href=…")]),
        ('<use href="x.svg#a"/>', [(2, "href=…")]),
        ('<x:use xmlns:x="http://www.w3.org/2000/svg" href="#a"/>', []),
        (
            '<image xmlns:l="http://www.w3.org/1999/xlink" l:href="//example.org/a.png"/>',
            [(2, "href=…")],
        ),
        ('<image href="data:image/svg+xml;base64,AA"/>', [(2, "href=…")]),
        ('<image href="data:image/png;base64,AA"/>', []),
        ('<g xml:base="https://example.org"/>', [(2, "base=…")]),
        ('<set attributeName="href" to="javascript:alert(1)"/>', [(2, "attributename=…")]),
        ('<set attributeName="xlink:href" to="x"/>', [(2, "attributename=…")]),
        ('<set attributeName="fill" to="red"/>', []),
        ('<rect fill="url(https://example.org/#a)"/>', [(2, "fill=…")]),
        ('<rect fill="url(#a)" style="fill: url(\'#b\')"/>', []),
        ("<style>@import 'https://example.org/a.css'</style>", [(2, "url(…)")]),
        ("<style>a { fill: url( 'https://example.org') }</style>", [(2, "url(…)")]),
        ("<style>a { fill: ur<g/>l(https://example.org) }</style>", [(2, "url(…)")]),
        ("<style>a { fill: ur<!-- -->l(https://example.org) }</style>", [(2, "url(…)")]),
        (
            "<style>" + "a" * 8189 + " { fill: u&#114;l(https://example.org) }</style>",
            [(2, "url(…)")],
        ),
        ("<style>a { fill: u\\72l(https://example.org) }</style>", [(2, "url(…)")]),
        ("<style>a { fill: image-set('https://example.org' 1x) }</style>", [(2, "url(…)")]),
        ('<rect style="fill: u\\72l(https://example.org)"/>', [(2, "style=…")]),
        ('<rect data-file="C:\\a (1).png"/><text>\\o/ (x)</text>', []),
        ("<style>a { fill: red }</style><style>b { fill: url(#b) }</style>", []),
        ("<?xml-stylesheet href='https://example.org/a.css'?>", [(2, "<?xml-stylesheet?>")]),
        ("<g>\n<script/><script/></g>", [(3, "<script>"), (3, "<script>")]),
    ],
)
def test_drawing_that_can_do_more_than_be_looked_at(
    content: str, found: list[tuple[int, str]]
) -> None:
    """Fault 51: scripts, handlers, outside addresses; each at its own line."""
    problems = check_image("assets/logo.svg", make.svg(content=f"\n{content}"))
    assert [(p.place.line, dict(p.values)["what"]) for p in problems] == found
    assert {p.code for p in problems} <= {"svg-active"}


def test_drawing_with_script_is_named_with_line_and_column() -> None:
    """Fault 51."""
    assert lines("assets/logo.svg", make.svg(content="\n  <g>é<script/></g>")) == (
        "assets/logo.svg:2:7: error[svg-active]: deze tekening voert iets uit of haalt iets van"
        " elders op: <script> — haal dit uit het bestand, of sla de tekening opnieuw op als gewone"
        " svg\n"
    )


def test_drawing_with_entities_is_refused_before_they_grow() -> None:
    """Fault 51: the entity bomb of "a billion laughs"."""
    bomb = "<!ENTITY a 'ha'>" + "".join(
        f"<!ENTITY a{i} '{'&a;' if i == 1 else f'&a{i - 1};' * 10}'>" for i in range(1, 30)
    )
    data = f"<!DOCTYPE svg [{bomb}]>".encode() + make.svg(content="&a29;")
    assert lines("assets/logo.svg", data, "en") == (
        "assets/logo.svg:1:27: error[svg-active]: this drawing runs something or fetches something"
        " from elsewhere: <!ENTITY a> — take it out of the file, or save the drawing again as"
        " plain svg\n"
    )
    assert image_info(data) is None


@pytest.mark.parametrize(
    ("path", "data", "check", "info"),
    [
        ("a.svg", IMAGES["svg"], 1, 1),
        ("a.png", IMAGES["png"], 0, 0),
        ("a.svg", IMAGES["png"], 0, 0),
        ("a.png", IMAGES["svg"], 1, 1),
        ("a.css", b"a { fill: url(b.svg) }", 0, 1),
    ],
)
def test_drawing_is_read_only_where_that_is_asked_for(
    path: str, data: bytes, check: int, info: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    create = expat.ParserCreate

    def counted(*, namespace_separator: str) -> expat.XMLParserType:
        read.append(path)
        return create(namespace_separator=namespace_separator)

    monkeypatch.setattr(expat, "ParserCreate", counted)
    check_image(path, data)
    assert len(read) == check
    image_info(data)
    assert len(read) == check + info
    strip_metadata(data)
    assert len(read) == check + info


@given(
    st.text("@importul()\"' #data:/;ıſIURL\n") | st.text(),
    st.sampled_from(["@import", "@IMPORT", "url(a", "uRL( '//a", "url(#a", "url(data:image/png;"]),
)
@settings(max_examples=300, deadline=None)
def test_what_leads_out_of_a_drawing_has_one_of_its_signs(text: str, outward: str) -> None:
    assert svg._leads_out(text + outward) == bool(svg._OUTWARD.search(text + outward))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg",
        b"<svg/>",
        b"\xff\xfe",
        b'<?xml version="1.0" encoding="utf-7"?><svg/>',
        make.svg(content="<g>"),
        b'<html xmlns="http://www.w3.org/1999/xhtml"/>',
    ],
)
def test_drawing_that_no_browser_shows(data: bytes) -> None:
    """Fault 49."""
    assert lines("assets/logo.svg", data) == f"assets/logo.svg:1:1: {DAMAGED}"


def test_drawing_with_a_plain_doctype_is_accepted() -> None:
    doctype = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">'
    assert check_image("assets/logo.svg", b'<?xml version="1.0"?>' + doctype + make.svg()) == []


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("start", [make.JFIF, b""])
def test_photo_loses_its_place_and_stays_upright(order: str, start: bytes) -> None:
    """Fault 50."""
    photo = make.jpeg(4, 3, make.segment(0xE1, make.exif(6, order)), start)
    stripped = strip_metadata(photo)
    assert make.GPS in photo
    assert make.GPS not in stripped
    assert b"\x88\x25" not in stripped
    assert image_info(stripped) == ImageInfo("jpeg", 3, 4)
    assert stripped[2:].startswith(start)
    assert strip_metadata(stripped) == stripped


def test_upright_photo_keeps_no_exif_at_all() -> None:
    """Fault 50."""
    assert strip_metadata(make.jpeg(4, 3, EXIF)) == make.jpeg()


def test_photo_loses_every_application_segment_but_colour() -> None:
    """Fault 50: XMP, IPTC, thumbnails, maker notes, comments, what follows the end (motion)."""
    private = b"".join(
        [
            make.segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x>" + make.GPS),
            make.segment(0xED, b"Photoshop 3.0\0" + make.GPS),
            make.segment(0xE0, b"JFXX\0" + make.GPS),
            make.segment(0xE2, b"MPF\0" + make.GPS),
            make.segment(0xEF, make.GPS),
            make.segment(0xFE, make.GPS),
        ]
    )
    colour = make.segment(0xE2, b"ICC_PROFILE\0\1\1abc") + make.segment(0xEE, b"Adobe\0\x64")
    photo = make.jpeg(4, 3, private + colour) + b"\0\0ftypmp42" + make.GPS
    assert strip_metadata(photo) == make.jpeg(4, 3, colour)


def test_photo_loses_the_small_picture_that_its_own_format_allows() -> None:
    """Fault 50: a thumbnail shows what was cropped away."""
    start = make.segment(0xE0, b"JFIF\0\1\2\0\0\1\0\1\2\1" + b"\xff\0\0\0\xff\0")
    assert strip_metadata(make.jpeg(4, 3, start=start)) == make.jpeg()


def test_photo_loses_segments_that_no_standard_names() -> None:
    """Fault 50: what is kept is a list; a comment that looks like a profile is not on it."""
    private = make.segment(0xF7, make.GPS) + make.segment(0xC8, make.GPS)
    private += make.segment(0xFE, b"Adobe\0" + make.GPS)
    assert strip_metadata(make.jpeg(4, 3, private)) == make.jpeg()


def test_animation_loses_comments_and_what_programs_added() -> None:
    """Fault 50: XMP in a GIF is written without lengths, and ends in a tail that reads as some."""
    tail = b"\1" + bytes(range(255, -1, -1)) + b"\0"
    xmp = b"!\xff\x0bXMP DataXMP" + b"<x:xmpmeta>" + make.GPS + tail
    private = xmp + make.gif_application(b"MAKERNOTE10", make.GPS)
    private += b"!\xfe" + make.gif_parts(make.GPS)
    kept = make.gif_application(b"NETSCAPE2.0", b"\1\0\0") + b"!\xf9" + make.gif_parts(b"\0" * 4)
    picture = make.gif(extra=private + kept, colours=0x80) + make.GPS
    assert check_image("assets/a.gif", picture) == []
    assert strip_metadata(picture) == make.gif(extra=kept, colours=0x80)


def test_png_loses_text_time_and_exif() -> None:
    """Fault 50."""
    private = b"".join(
        make.png_chunk(name, make.GPS) for name in (b"tEXt", b"zTXt", b"iTXt", b"tIME", b"eXIf")
    )
    colour = make.png_chunk(b"gAMA", b"\0\0\xb1\x8f")
    picture = make.png(4, 3, private + colour) + make.GPS
    assert strip_metadata(picture) == make.png(4, 3, colour)


def test_png_stays_upright() -> None:
    """Fault 50: browsers turn a PNG as its Exif says."""
    picture = make.png(4, 3, make.png_chunk(b"eXIf", make.exif(8, ">")[6:]))
    stripped = strip_metadata(picture)
    assert (make.GPS in picture, make.GPS in stripped) == (True, False)
    assert image_info(stripped) == ImageInfo("png", 3, 4)
    assert strip_metadata(stripped) == stripped


def test_webp_loses_exif_and_xmp_and_does_not_promise_them() -> None:
    """Fault 50."""
    picture = make.webp(
        make.vp8x(4, 3, 0x3C),
        (b"ICCP", b"abc"),
        make.vp8(4, 3),
        (b"EXIF", make.GPS),
        (b"XMP ", b""),
        (b"NOTE", make.GPS),
    )
    assert strip_metadata(picture) == make.webp(
        make.vp8x(4, 3, 0x30), (b"ICCP", b"abc"), make.vp8(4, 3)
    )


STARTS = st.sampled_from([b"", *(data[:n] for data in IMAGES.values() for n in (4, 12, 26, 400))])
ENDINGS = st.sampled_from([".png", ".jpg", ".gif", ".webp", ".svg"])


@given(STARTS, st.binary(max_size=80), ENDINGS)
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_without_a_crash(start: bytes, rest: bytes, ending: str) -> None:
    data = start + rest
    check_image(f"assets/a{ending}", data)
    assert image_info(strip_metadata(data)) == image_info(data)
    assert strip_metadata(strip_metadata(data)) == strip_metadata(data)


@given(st.sampled_from(sorted(IMAGES)), st.integers(0, 120), st.integers(0, 255))
@settings(max_examples=300, deadline=None)
def test_one_wrong_byte_never_crashes(kind: str, index: int, value: int) -> None:
    data = bytearray(IMAGES[kind])
    data[index % len(data)] = value
    check_image(f"assets/a.{kind}", bytes(data))
    assert image_info(strip_metadata(bytes(data))) == image_info(bytes(data))
