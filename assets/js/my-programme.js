// My programme: the chosen sessions in time order with the fixed parts of the day between them,
// to share, print and take along. All data and words come from the file that the page names.

(() => {
  "use strict";

  if (!site.programme) return; // the data did not arrive, and site.js says so
  const { CARRIED, choose, chosen, fragment, load, made, plain } = site;
  const $ = (name) => document.getElementById(`site-${name}`);
  const page = $("mine");
  const shown = new Set(); // chosen at some time since the page was opened: these stay to be seen
  const { programme } = site; // the data
  const entries = programme.days.flatMap((day) => day.slots.flatMap((slot) => entriesOf(day, slot)));
  let offered = []; // the sessions of the link that was opened
  let before; // the choice that a link replaced

  /** Return the sessions of a part of the day, each with its day. */
  function entriesOf(day, slot) {
    slot.entries ??= [];
    return slot.entries.map((entry) => Object.assign(entry, { day }));
  }

  // Words

  const say = (key, values = {}) =>
    programme.words[key].replace(/\{(\w+)\}/g, (field, name) => values[name] ?? field);
  const count = (key, n) => say(n === 1 ? `${key}_one` : `${key}_many`, { n });

  function tell(text, ...more) {
    $("said").replaceChildren(text, ...more);
  }

  // Elements

  const link = ({ title, lang, href }) => made("a", { href, lang }, title);
  const when = ({ day, time }) => [day.label, time].filter(Boolean).join(", ");

  function star({ slug, number, title, lang }) {
    const button = $("star-template").content.firstElementChild.cloneNode(true);
    button.dataset.star = slug;
    button.id = `site--star-${slug}-${number}`;
    button.lastElementChild.append(": ", made("span", { lang }, title));
    return button;
  }

  function clock({ begin, end }) {
    const last = end && made("span", { class: "clock-end" }, `– ${end}`);
    return made("div", { class: "clock" }, made("span", { class: "clock-begin" }, begin), last);
  }

  function status({ status, label }) {
    return label && made("strong", { class: `status status-${status}` }, label);
  }

  function facts(entry, own) {
    const parts = [own && entry.time, entry.room].filter(Boolean).map((text) => made("span", {}, text));
    if (entry.moved) parts.push(made("span", { class: "card-moved" }, say("moved", entry)));
    return parts.length ? made("p", { class: "card-facts" }, ...parts) : null;
  }

  function head(level, name, entry) {
    const heading = made(`h${level}`, { class: name }, status(entry), entry.label && " ", link(entry));
    return made("div", { class: "titled" }, heading, star(entry));
  }

  function card(level, slot, entry) {
    const others = entries.filter((other) => other.slug === entry.slug && other !== entry);
    const out = !chosen().has(entry.slug);
    return made(
      "li",
      { class: `card is-${entry.status ?? "gepland"}${out ? " is-out" : ""}` },
      head(level, "card-title", entry),
      facts(entry, entry.from !== slot.from || entry.to !== slot.to),
      out && made("p", { class: "card-hint" }, say("out")),
      !out && others.length > 0 && made("p", { class: "card-hint" }, say("also", { when: others.map(when).join("; ") })),
    );
  }

  function hint(slot) {
    const choices = made("a", { href: slot.href }, say("choose"));
    return made("p", { class: "card-hint" }, say("none"), " ", choices);
  }

  /** Return a part of the day; sessions without a round that nobody chose are no part of it. */
  function row(level, slot) {
    const own = slot.entries.filter(({ slug }) => shown.has(slug));
    if (slot.choice && !slot.round && !own.length) return null;
    const [only] = slot.only ? slot.entries : [];
    const round = slot.round ? ` round band round-${((slot.round - 1) % 6) + 1}` : "";
    const title = slot.round ? link(slot) : made("span", { lang: slot.lang }, slot.title);
    const open = slot.round && !own.some(({ slug, gone }) => chosen().has(slug) && !gone);
    return made(
      "li",
      { class: `slot slot-${slot.kind}${round}${only?.status ? ` is-${only.status}` : ""}` },
      clock(slot),
      made(
        "div",
        { class: "slot-body" },
        only ? head(level, "slot-title", only) : made(`h${level}`, { class: "slot-title" }, title),
        only && facts(only),
        open && hint(slot),
        !only && own.length > 0 && made("ul", { class: "rows" }, ...own.map((entry) => card(level + 1, slot, entry))),
      ),
    );
  }

  function days() {
    return programme.days.flatMap(({ label, slots }) => {
      const level = label ? 3 : 2;
      const list = made("ol", { class: "day" }, ...slots.map((slot) => row(level, slot)));
      return label ? [made("h2", { class: "mine-day" }, label), list] : [list];
    });
  }

  // Clashes

  const last = ({ from, to }) => to ?? from + 1; // without an end, its begin only
  const overlap = (one, other) => one.from < last(other) && other.from < last(one);
  const name = ({ title, lang }) => made("span", { lang }, `“${title}”`);

  /** Return what clashes, each as a line that also tells at what other times a session is held. */
  function clashes() {
    const choice = chosen();
    const held = entries.filter(({ slug, gone }) => choice.has(slug) && !gone);
    const lines = [];
    for (const [at, one] of held.entries()) {
      for (const other of held.slice(at + 1)) {
        if (one.slug === other.slug || !overlap(one, other)) continue;
        const [first, second, rest] = say("clash", { when: when(other) }).split(/\{[ab]\}/);
        lines.push(made("li", {}, first, name(one), second, name(other), rest));
      }
    }
    return lines;
  }

  // The page

  /** Tell whether nobody needs to go there: cancelled, or moved to where it also stands. */
  function isGone({ slug, status }) {
    const times = entries.filter((entry) => entry.slug === slug);
    return status === "vervallen" || (status === "verplaatst" && times.length > 1);
  }

  function show() {
    for (const slug of chosen()) shown.add(slug);
    const focused = document.activeElement?.id;
    const known = entries.filter(({ slug }) => chosen().has(slug));
    const number = new Set(known.map(({ slug }) => slug)).size;
    const lost = chosen().size - number;
    const warnings = clashes();
    $("count").textContent = count("count", number);
    $("clashes").hidden = !warnings.length;
    $("clashes").lastElementChild.replaceChildren(...warnings);
    $("lost").hidden = !lost;
    $("lost").firstElementChild.textContent = lost ? count("lost", lost) : "";
    const isEmpty = !entries.some(({ slug }) => shown.has(slug));
    $("chosen").hidden = isEmpty;
    $("empty").hidden = !isEmpty;
    $("plan").replaceChildren(...(isEmpty ? [] : days()));
    $("keep").hidden = !number;
    $("link").value = address();
    $("qr").replaceChildren();
    for (const button of page.querySelectorAll("[data-star]")) {
      button.setAttribute("aria-pressed", chosen().has(button.dataset.star));
      button.hidden = false;
    }
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }

  /** Return the address of this page with the choice; nothing of it goes to a server. */
  function address() {
    return plain(location.href.split("#")[0]) + fragment(inProgramme(chosen()));
  }

  const inProgramme = (slugs) =>
    [...new Set(entries.map(({ slug }) => slug))].filter((slug) => new Set(slugs).has(slug));

  // The link that was opened

  function readLink() {
    const text = location.hash.startsWith(CARRIED) ? location.hash.slice(CARRIED.length) : null;
    $("incoming").hidden = text === null;
    if (text === null) return;
    const named = [...new Set(text.split(",").filter(Boolean).map(decoded))].map(current);
    offered = inProgramme(named);
    const own = inProgramme(chosen());
    const unknown = new Set(named).size - offered.length;
    const same = own.length === offered.length && offered.every((slug) => chosen().has(slug));
    const titles = offered.map((slug) => entries.find((entry) => entry.slug === slug));
    $("incoming-text").textContent = [
      offered.length ? count("offered", offered.length) : say("offered_none"),
      unknown ? count("unknown", unknown) : "",
      same && offered.length ? say("same") : "",
    ].join(" ");
    $("incoming-list").replaceChildren(...titles.map((entry) => made("li", {}, link(entry))));
    $("merge").hidden = !offered.length || same;
    $("replace").hidden = !offered.length || same || !own.length;
    $("merge").textContent = say(own.length ? "merge" : "take");
  }

  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  /** Return the name that a session has now. */
  const current = (slug) => programme.old?.[slug] ?? slug;

  function take(slugs, key) {
    before = [...chosen()];
    choose(slugs);
    const undo = made("button", { type: "button", class: "button" }, say("undo"));
    undo.addEventListener("click", () => {
      choose(before);
      shown.clear();
      show();
      tell(say("undone"));
      $("said").focus();
    });
    dismiss(say(key), " ", before.length > 0 && undo);
  }

  function dismiss(...text) {
    history.replaceState(null, "", location.pathname + location.search);
    $("incoming").hidden = true;
    tell(...text.filter(Boolean));
    $("said").focus();
  }

  // Sharing and taking along

  async function copy() {
    try {
      await navigator.clipboard.writeText(address());
      tell(say("copied"));
    } catch {
      $("link").select();
      tell(say("not_copied"));
    }
  }

  async function share() {
    try {
      await navigator.share({ title: document.title, url: address() });
    } catch (error) {
      if (error.name !== "AbortError") await copy();
    }
  }

  async function drawCode() {
    try {
      await load("./qr.js");
      $("qr").replaceChildren(await site.code(address(), say("qr")));
    } catch {
      tell(say("no_qr"));
    }
  }

  async function download() {
    try {
      await load("./calendar.js");
      const blob = new Blob([site.calendar(programme, chosen())], { type: "text/calendar" });
      const save = made("a", { href: URL.createObjectURL(blob), download: `${document.body.dataset.event}.ics` });
      save.click();
      setTimeout(() => URL.revokeObjectURL(save.href), 60_000);
    } catch {
      tell(say("no_file"));
    }
  }

  const ACTIONS = {
    merge: () => take([...chosen(), ...offered], "merged"),
    replace: () => take(offered, "replaced"),
    dismiss: () => dismiss(""),
    forget: () => choose(inProgramme(chosen())),
    copy,
    share,
    code: drawCode,
    download,
    print: () => print(),
  };

  for (const entry of entries) entry.gone = isGone(entry);
  const renamed = [...chosen()].map(current);
  if (renamed.some((slug) => !chosen().has(slug))) choose(renamed);
  for (const [name, act] of Object.entries(ACTIONS)) $(name)?.addEventListener("click", act);
  $("share").hidden = !navigator.share;
  document.addEventListener("choice", () => {
    show();
    readLink();
  });
  addEventListener("hashchange", () => {
    readLink();
    $("incoming-title").focus();
  });
  show();
  readLink();
})();
