// Finds sessions on a page that shows them, by what is chosen and by words. What there is to choose
// stands on each session; words are looked for on the page and in the texts that the form names, or
// by the engine that it names. Where no page has all sessions, those of other pages are listed too.

(() => {
  "use strict";

  const root = document.getElementById("site-find");
  const [form, count, note, none, clear, more, elsewhere] = [
    "form", "count", "note", "none", "clear", "more", "elsewhere",
  ].map((name) => root.querySelector(`.find-${name}`));
  const links = document.querySelectorAll(".find-elsewhere, .days a"); // these take the words along
  const others = document.querySelector(".find-others");
  const { q: words } = form.elements;
  const controls = [...form.elements].filter(({ name }) => name);
  const filters = controls.filter((control) => control !== words);
  const say = root.dataset;

  const PAUSE = 500; // milliseconds without typing until it is told and written in the address
  const SHORT = 3; // a word with fewer letters is found only where a word begins
  const BEFORE = 50; // characters of an excerpt before what was found, about
  const LENGTH = 150; // and in all
  const MANY = 30; // with more results, nobody reads excerpts
  const HEADING = ".slot-body > .slot-title, .slot-body > .slot-note, .group-body > h2";
  const SHOWN = ".card-title, .slot-title, .card-summary, .slot-note, .card-people, .person-text";

  // Words

  /** Return a text as it is compared: without capitals and accents. */
  const plain = (text) => text.normalize("NFKD").replace(/[\p{M}\u00ad]/gu, "").toLowerCase();

  /** Return where a word stands in a plain text from some place on, or -1. */
  function place(word, text, from = 0) {
    let found = text.indexOf(word, from);
    while (found > 0 && word.length < SHORT && /[\p{L}\p{N}]/u.test(text[found - 1])) {
      found = text.indexOf(word, found + 1);
    }
    return found;
  }

  const isIn = (text) => (word) => place(word, text) >= 0;

  /** Return a text as it is compared, with where each of its characters stands as written. */
  function traced(text) {
    let compared = "";
    let origin = 0;
    const origins = [];
    for (const letter of text) {
      for (const unit of letter < "\u0080" ? letter.toLowerCase() : plain(letter)) {
        compared += unit;
        origins.push(origin);
      }
      origin += letter.length;
    }
    return { compared, origins: [...origins, origin] };
  }

  /** Return begin and end of every word of these in a text, in order. */
  function places(sought, text) {
    const { compared, origins } = traced(text);
    const found = [];
    for (const word of sought) {
      for (let end, begin = place(word, compared); begin >= 0; begin = place(word, compared, end)) {
        end = begin + word.length;
        found.push([origins[begin], origins[end]]);
      }
    }
    return found.sort(([one], [other]) => one - other);
  }

  /** Return the part of a text around the first of these words, with all of them marked. */
  function excerpt(sought, text) {
    const found = places(sought, text);
    const [[first] = [0]] = found;
    const begin = text.lastIndexOf(" ", first - BEFORE) + 1;
    const last = text.indexOf(" ", begin + LENGTH);
    const end = last < 0 ? text.length : last;
    const content = [begin > 0 ? "… " : ""];
    let done = begin;
    for (const [from, to] of found) {
      if (from < done || to > end) continue;
      content.push(text.slice(done, from), site.made("mark", {}, text.slice(from, to)));
      done = to;
    }
    return [...content, text.slice(done, end), end < text.length ? " …" : ""];
  }

  // What there is to find

  const rows = [...document.querySelectorAll(".day > .slot, .group")].map((element) => {
    const heading = textOf(element, HEADING);
    const own = [...element.querySelectorAll("[data-session]")].map((item) => ({
      element: item,
      slug: item.dataset.session,
      facets: item.dataset.facets?.split(" ") ?? [],
      shown: `${heading} ${textOf(item, SHOWN)}`,
    }));
    return { element, heading, own };
  });
  const items = rows.flatMap(({ own }) => own);
  const here = new Set(items.map(({ slug }) => slug));
  const beat = 60 + items.length / 2; // until it is shown: a slow phone takes its time for a long page
  const texts = new Map(); // by session: each of its texts, and all of them as compared
  let deep = new Map(); // by session in whose texts the engine found the words: what makes an excerpt
  let isReady = false; // whether there are texts to search, or known to be none

  function textOf(element, selector) {
    const parts = [...element.querySelectorAll(selector)].map(({ textContent }) => textContent);
    return plain(parts.join(" "));
  }

  async function prepare() {
    try {
      await site.load(say.texts, document.baseURI);
      if (say.engine) await startEngine();
      else readTexts(Object.entries(site.texts));
    } catch {
      fail();
    }
    isReady = true;
    if (isFinding()) settle();
  }

  async function startEngine() {
    await site.load("./pagefind.js");
    await site.ask(words.value);
  }

  function readTexts(sessions) {
    for (const [slug, found] of sessions) {
      const own = found.map((item) => {
        const [text, lang = ""] = [item].flat();
        return { text, lang, compared: plain(text) };
      });
      texts.set(slug, { own, all: own.map(({ compared }) => compared).join("\n") });
    }
  }

  function fail() {
    delete site.ask;
    deep = new Map();
    note.textContent = say.textsFailed;
  }

  // Finding

  const isFinding = () => controls.some(({ value }) => value);
  const sought = () => plain(words.value).match(/[\p{L}\p{N}]+/gu) ?? [];
  const chosen = () =>
    filters.filter(({ value }) => value).map(({ name, value }) => `${name}:${value}`);

  /** Ask the engine, if there is one, and show what is found; return how much, unless it is too late. */
  async function find() {
    const asked = words.value;
    try {
      const found = isReady && site.ask && sought().length ? await site.ask(asked) : new Map();
      if (asked !== words.value) return null; // typed on in the meantime
      deep = found;
    } catch {
      fail();
    }
    return show();
  }

  /** Show what is found and hide the rest; return how much there is. */
  function show() {
    const wanted = sought();
    const facets = chosen();
    const hits = new Set(items.filter((item) => isFound(item, wanted, facets)));
    const slugs = new Set([...hits].map(({ slug }) => slug));
    const isNamed = ({ own, heading }) => !own.length && !facets.length && wanted.every(isIn(heading));
    const named = new Set(rows.filter(isNamed));
    const away = facets.length ? [] : elsewhereFound(wanted);
    const number = slugs.size + named.size + away.length;
    for (const item of items) {
      item.element.hidden = !hits.has(item);
      showExcerpt(item, hits.has(item) && number <= MANY ? wanted : []);
    }
    for (const row of rows) {
      row.element.hidden = !named.has(row) && !row.own.some((item) => hits.has(item));
    }
    document.body.classList.toggle("is-finding", isFinding());
    clear.hidden = !isFinding();
    if (elsewhere) elsewhere.hidden = !(others ? facets.length : isFinding());
    showOthers(away);
    none.hidden = !isReady || number > 0;
    return number;
  }

  function isFound({ slug, facets, shown }, wanted, chosen) {
    const all = `${shown}\n${texts.get(slug)?.all ?? ""}`;
    const hasWords = deep.has(slug) || wanted.every(isIn(all));
    return hasWords && chosen.every((facet) => facets.includes(facet));
  }

  /** Return the sessions of other pages with these words; none where this page has all. */
  function elsewhereFound(wanted) {
    if (!others || !wanted.length) return [];
    const found = [...texts].filter(([, { all }]) => wanted.every(isIn(all))).map(([slug]) => slug);
    return [...new Set([...found, ...deep.keys()])].filter((slug) => !here.has(slug));
  }

  function showOthers(slugs) {
    if (!others || others.dataset.shown === slugs.join()) return; // a link that is clicked on stays
    others.dataset.shown = slugs.join();
    const lines = slugs.map((slug) => {
      const { text, lang } = texts.get(slug)?.own[0] ?? deep.get(slug);
      const link = site.made("a", { href: others.dataset.page.replace("SLUG", slug), lang }, text);
      return site.made("li", { class: "line" }, site.made("p", { class: "card-title" }, link));
    });
    others.querySelector("ul").replaceChildren(...lines);
    others.hidden = !lines.length;
  }

  /** Show where those words stand that are in nothing that the page shows of a session. */
  async function showExcerpt(item, wanted) {
    const unseen = wanted.filter((word) => !isIn(item.shown)(word));
    item.excerpt?.remove();
    item.excerpt = unseen.length ? site.made("p", { class: "card-found" }) : null;
    if (!unseen.length) return;
    const line = item.excerpt;
    if (deep.has(item.slug)) line.append(...(await deep.get(item.slug)().catch(() => [])));
    else fill(line, unseen, texts.get(item.slug).own);
    if (line === item.excerpt && line.hasChildNodes()) item.element.append(line); // still sought
  }

  /** Fill a line with an excerpt of the text with most of these words. */
  function fill(line, unseen, own) {
    const number = ({ compared }) => unseen.filter(isIn(compared)).length;
    const best = own.reduce((one, other) => (number(other) > number(one) ? other : one));
    line.append(...excerpt(unseen, best.text));
    line.lang = best.lang || document.documentElement.lang;
  }

  // The form and the address

  let timers = [];

  /** Fill the form from an address. */
  function read(query) {
    for (const control of controls) {
      control.value = query.get(control.name) ?? "";
      if (control.selectedIndex < 0) control.value = ""; // not one of its choices
    }
    if (chosen().length) more.setAttribute("aria-expanded", true);
    settle();
  }

  /** Write in the address what is sought, for a reload, the way back and who gets the link. */
  function write() {
    const address = new URL(location);
    for (const { name, value } of controls) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    for (const link of links) link.search = address.search;
    try {
      history.replaceState(history.state, "", address);
    } catch {
      // some browsers do not change the address of a file on disk
    }
  }

  function told(number) {
    if (!isFinding()) return say.all;
    if (!isReady) return say.busy;
    return number === 0 ? say.none : number === 1 ? say.one : say.many.replace("{n}", number);
  }

  async function settle() {
    timers.forEach(clearTimeout);
    write();
    const number = await find();
    if (number !== null) count.textContent = told(number);
  }

  words.addEventListener("input", () => {
    timers.forEach(clearTimeout);
    timers = [setTimeout(find, beat), setTimeout(settle, PAUSE)];
  });
  form.addEventListener("change", settle);
  form.addEventListener("submit", () => words.blur()); // a phone puts its keyboard away
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const control of controls) control.value = "";
    settle();
    count.focus();
  });
  addEventListener("popstate", () => read(new URLSearchParams(location.search)));

  note.textContent = ""; // this script did arrive
  const query = new URLSearchParams(location.search);
  if (controls.some(({ name }) => query.has(name))) read(query);
  prepare();
})();
