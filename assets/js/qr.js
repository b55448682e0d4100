// A QR code, drawn on demand: dark on light whatever the colours of the page, or a camera misses it.

site.code = (() => {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const QUIET = 4; // modules of white around it (ISO/IEC 18004)

  /** Return the drawing of a text; throws where it is too long. */
  async function code(text, label) {
    await site.load("./vendor/lean-qr.js");
    const bits = leanQr.generate(text);
    const side = bits.size + 2 * QUIET;
    let path = "";
    for (let y = 0; y < bits.size; y++) {
      for (let x = 0; x < bits.size; x++) if (bits.get(x, y)) path += `M${x} ${y}h1v1h-1z`;
    }
    const drawing = element("svg", { viewBox: `${-QUIET} ${-QUIET} ${side} ${side}`, role: "img", "aria-label": label });
    drawing.append(
      element("rect", { x: -QUIET, y: -QUIET, width: side, height: side, fill: "#fff" }),
      element("path", { d: path, fill: "#000", "shape-rendering": "crispEdges" }),
    );
    return drawing;
  }

  function element(tag, attributes) {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  }

  return code;
})();
