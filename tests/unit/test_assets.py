"""Assets under names that bear their content."""

from site_gen.assets import publish
from site_gen.images import image_info

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>'


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
