"""Assets under names that bear their content."""

from site_gen.assets import publish
from site_gen.images import image_info

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>'


def test_scripts_of_ours_are_published_without_their_comments():
    script = b"// why\n/** What. */\nlet a; // here\n/*! licence */\n"
    found = publish({"assets/js/a.js": script, "assets/js/vendor/b.js": script})
    assert found["assets/js/a.js"].data == b"let a; // here\n/*! licence */\n"
    assert found["assets/js/vendor/b.js"].data == script


def test_name_bears_the_content():
    one = publish({"assets/js/a.js": b"1"})["assets/js/a.js"]
    two = publish({"assets/js/a.js": b"2"})["assets/js/a.js"]
    assert one.path != two.path
    assert one.path.startswith("assets/js/a.")
    assert one.path.endswith(".js")


def test_stylesheet_names_its_files_by_their_new_names():
    files = {
        "assets/css/a.css": b"@font-face{src:url('fonts/b.woff2')} a{background:url(#c)}",
        "assets/css/fonts/b.woff2": b"font",
    }
    assets = publish(files)
    font = assets["assets/css/fonts/b.woff2"].path.rpartition("/")[2]
    assert assets["assets/css/a.css"].data.decode() == (
        f'@font-face{{src:url("fonts/{font}")}} a{{background:url(#c)}}'
    )


def test_stylesheet_changes_its_name_with_its_files():
    css = {"assets/a.css": b"a{background:url(b.svg)}"}
    one = publish(css | {"assets/b.svg": SVG})["assets/a.css"].path
    two = publish(css | {"assets/b.svg": SVG + b"\n"})["assets/a.css"].path
    assert one != two


def test_image_knows_its_size():
    asset = publish({"assets/b.svg": SVG})["assets/b.svg"]
    assert (asset.width, asset.height) == (4, 3)
    assert image_info(asset.data).format == "svg"


def test_script_names_the_scripts_it_loads_by_their_new_names():
    files = {
        "assets/js/a.js": b'import { b } from "./lib/b.js";\nawait load("./c.js"); x("./c.js");',
        "assets/js/lib/b.js": b"import '../c.js'; import 'elsewhere'; import './gone.js'",
        "assets/js/c.js": b"export {}",
    }
    assets = publish(files)
    b, c = (assets[f"assets/js/{name}"].path.rpartition("/")[2] for name in ("lib/b.js", "c.js"))
    assert assets["assets/js/a.js"].data.decode() == (
        f'import {{ b }} from "./lib/{b}";\nawait load("./{c}"); x("./c.js");'
    )
    assert assets["assets/js/lib/b.js"].data.decode() == (
        f"import \"./../{c}\"; import 'elsewhere'; import './gone.js'"
    )


def test_name_changes_with_all_that_a_script_leads_to_also_in_a_circle():
    def names(end):
        files = {"a": b'import "./b.js"', "b": b'import "./c.js"', "c": b'import "./a.js"' + end}
        return publish({f"assets/{name}.js": data for name, data in files.items()})

    one, two = names(b""), names(b"//")
    assert all(one[path].path != two[path].path for path in one)
