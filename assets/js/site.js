// What every page does beyond being read: stars that keep a choice of sessions on this device, links
// that copy their address, and in the grid what is on now and next. Words come from the page.

const site = (() => {
  "use strict";

  const here = document.currentScript.src;
  const { event, root, mine, manifest } = document.body.dataset;
  // All sites below one host share one storage: the key tells events and addresses apart.
  const KEY = `${event}:${new URL(root, location).pathname}:programma`;
  const CARRIED = "#keuze="; // what a fragment with a choice begins with
  const MOST_ON = 2; // links to what is on: of many parts that overlap, those that began last
  const MINUTE = 60_000;
  const HOUR = 60 * MINUTE;

  // The choice

  let unkept = null; // the choice where this device keeps nothing: it lasts as long as the page

  function kept() {
    try {
      const found = JSON.parse(localStorage.getItem(KEY) ?? "[]");
      return Array.isArray(found) ? found.filter((slug) => typeof slug === "string") : [];
    } catch {
      return []; // blocked, or not written by us
    }
  }

  /** Return the slugs of the chosen sessions, as they are now: another tab may have changed them. */
  function chosen() {
    return new Set(unkept ?? kept());
  }

  /** Keep this choice from now on. */
  function choose(slugs) {
    const choice = [...new Set(slugs)];
    try {
      localStorage.setItem(KEY, JSON.stringify(choice));
      unkept = null;
    } catch {
      unkept = choice;
    }
    changed();
  }

  /** Return the fragment of an address that carries a choice. */
  function fragment(slugs) {
    return `${CARRIED}${[...slugs].map(encodeURIComponent).join(",")}`;
  }

  function changed() {
    showStars();
    showUnkept();
    document.dispatchEvent(new Event("choice"));
  }

  /** Say that nothing is kept, and let links to "my programme" carry the choice. */
  function showUnkept() {
    const place = document.querySelector(".device");
    const text = unkept ? place.dataset.text : "";
    if (place.textContent !== text) place.textContent = text;
    const goal = new URL(mine, location).pathname;
    for (const link of document.querySelectorAll(".menu a")) {
      if (link.pathname === goal) link.hash = unkept?.length ? fragment(unkept) : "";
    }
  }

  // Scripts that are fetched when they are needed. No modules: a browser takes none from a folder on
  // disk, where the site is to work as well.

  const scripts = new Map();

  /** Run a script of ours, once; its path is relative to this one, or to `base`. */
  function load(path, base = here) {
    const { href } = new URL(path, base);
    if (!scripts.has(href)) {
      const script = made("script");
      const done = new Promise((loaded, failed) => {
        script.onload = loaded;
        script.onerror = failed;
      });
      done.catch(() => scripts.delete(href)); // may be tried again
      scripts.set(href, done);
      script.async = false; // in the order in which they are asked for
      script.src = href;
      document.head.append(script);
    }
    return scripts.get(href);
  }

  // The stars

  function showStars() {
    const choice = chosen();
    for (const star of document.querySelectorAll("[data-star]")) {
      star.setAttribute("aria-pressed", choice.has(star.dataset.star));
      star.hidden = false;
    }
  }

  document.addEventListener("click", ({ target }) => {
    const slug = target.closest("[data-star]")?.dataset.star;
    if (!slug) return;
    const choice = chosen();
    if (!choice.delete(slug)) choice.add(slug);
    choose(choice);
  });
  addEventListener("storage", ({ key }) => {
    if (key === KEY || key === null) changed();
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) changed(); // back from the cache, which hears of no change
  });

  // Links to a place on the page: following one also copies its address, and says so.

  const told = document.querySelector(".told");

  /** Return an address to hand on: a server needs no `index.html` in it. */
  function plain(href) {
    return href.replace(/^(http[^?#]*\/)index\.html(?=#|$)/, "$1");
  }

  async function copy(link) {
    const copied = await navigator.clipboard?.writeText(plain(link.href)).then(() => true, () => false);
    told.textContent = copied ? told.dataset.copied : told.dataset.shown;
  }

  function hush() {
    told.textContent = "";
  }

  document.addEventListener("focusin", hush);
  document.addEventListener("click", ({ target, ctrlKey, metaKey, shiftKey }) => {
    hush();
    const link = target.closest(".anchor");
    if (link && !ctrlKey && !metaKey && !shiftKey) copy(link);
  });

  // My programme: its script and data are fetched once there is a choice to show, or one in the address.

  function showMine() {
    const page = document.getElementById("site-mine");
    if (!page) return;
    let started = false;
    const start = async () => {
      if (started) return;
      started = chosen().size > 0 || location.hash.startsWith(CARRIED);
      try {
        if (started) await Promise.all([load(page.dataset.source, document.baseURI), load("./my-programme.js")]);
        page.hidden = false;
        document.getElementById("site-all").hidden = true;
      } catch {
        document.getElementById("site-failed").hidden = false; // the list of all sessions stays
      }
    };
    document.addEventListener("choice", start);
    addEventListener("hashchange", start);
    start();
  }

  // Finding sessions: its script is fetched when a visitor begins, or with an address that has begun.

  function showFind() {
    const place = document.getElementById("site-find");
    if (!place) return;
    const form = place.querySelector("form");
    const start = () =>
      load("./find.js").catch(() => {
        place.querySelector(".find-note").textContent = place.dataset.failed;
      });
    const filters = form.querySelector(".find-more");
    filters?.addEventListener("click", () => {
      filters.setAttribute("aria-expanded", filters.getAttribute("aria-expanded") === "false");
    });
    form.addEventListener("focusin", start);
    form.addEventListener("submit", (event) => event.preventDefault());
    place.hidden = false;
    if ([...new URLSearchParams(location.search).keys()].some((name) => form.elements[name])) start();
  }

  // Now and next. Moments bear their offset, so the time zone of this device does not matter.

  const now = document.querySelector(".now");

  /** Return the parts of the day; one without an end lasts until the next, and an hour at most. */
  function parts() {
    const found = [...document.querySelectorAll(".day > .slot")].map((row) => {
      const [begin, end] = [...row.querySelectorAll(":scope > .clock time")];
      return { row, begin: Date.parse(begin.dateTime), end: Date.parse(end?.dateTime) };
    });
    for (const part of found) {
      const later = found.map(({ begin }) => begin).filter((begin) => begin > part.begin);
      part.end ||= Math.min(...later, part.begin + HOUR);
    }
    return found;
  }

  /** Mark what is on and what is next, from an hour before the first part to the end of the last. */
  function showNow(found) {
    const at = Date.now();
    const on = found.filter(({ begin, end }) => begin <= at && at < end);
    const first = Math.min(...found.map(({ begin }) => begin));
    const begins = Math.min(...found.map(({ begin }) => begin).filter((begin) => begin > at));
    const next = at < first - HOUR ? [] : found.filter(({ begin }) => begin === begins);
    for (const { row } of found) {
      const isOn = on.some((part) => part.row === row);
      const isNext = next.some((part) => part.row === row);
      if (isOn) row.setAttribute("aria-current", "time");
      else row.removeAttribute("aria-current");
      label(row, isOn ? now.dataset.now : isNext ? inMinutes(begins - at) : "");
    }
    showLinks([
      ...today(at),
      ...on.slice(-MOST_ON).map(({ row }) => [now.dataset.now, title(row), `#${row.id}`]),
      ...next.map(({ row }) => [inMinutes(begins - at), title(row), `#${row.id}`]),
    ]);
  }

  /** Say how soon: in minutes, up to an hour and a half. */
  function inMinutes(time) {
    const minutes = Math.ceil(time / MINUTE);
    if (minutes > 90) return now.dataset.next;
    return minutes === 1 ? now.dataset.minute : now.dataset.soon.replace("{minutes}", minutes);
  }

  function title(row) {
    return row.querySelector(".slot-title a") ?? row.querySelector(".slot-title");
  }

  function label(row, text) {
    const clock = row.querySelector(".clock");
    const found = clock.querySelector(".clock-now");
    if (found?.textContent === text) return;
    found?.remove();
    if (text) clock.append(made("strong", { class: "clock-now" }, text));
  }

  /** Return a link to the page of today, on any other page of the grid. */
  function today(at) {
    return [...document.querySelectorAll(".days a[data-begin]")]
      .filter(({ dataset: { begin, end } }) => Date.parse(begin) - HOUR <= at && at < Date.parse(end))
      .filter((day) => !day.hasAttribute("aria-current"))
      .map((day) => [now.dataset.today, day, day.getAttribute("href")]);
  }

  function showLinks(links) {
    const text = links.map(([when, { textContent }]) => when + textContent).join();
    if (now.dataset.shown === text) return; // a link that has the focus stays
    now.dataset.shown = text;
    now.hidden = !links.length;
    now.replaceChildren(
      ...links.map(([when, label, href]) => {
        const words = label.cloneNode(true).childNodes; // with the language they are in
        return made("a", { class: "now-link", href }, made("span", { class: "now-when" }, when), " ", ...words);
      }),
    );
  }

  // Without network: a worker keeps the pages, and a bar tells how old the page is.

  function showAge() {
    if (!navigator.onLine || "kept" in document.body.dataset) load("./offline.js");
  }

  /** Once the page is there: nothing of this is part of a first view. */
  async function keepPages() {
    document.head.append(made("link", { rel: "manifest", href: manifest }));
    try {
      await navigator.serviceWorker?.register(`${root}sw.js`);
    } catch {
      // blocked: the site works without
    }
  }

  /** Return an element; attributes and content that are nothing are left out. */
  function made(tag, attributes = {}, ...content) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) if (value) element.setAttribute(name, value);
    element.append(...content.filter(Boolean));
    return element;
  }

  showStars();
  showMine();
  showFind();
  if (location.protocol.startsWith("http")) {
    addEventListener("pageshow", showAge); // also when back from the cache
    addEventListener("offline", showAge);
    addEventListener("load", keepPages);
  }
  if (now) {
    const found = parts();
    const show = () => showNow(found);
    show();
    setInterval(show, 10_000);
    document.addEventListener("visibilitychange", show);
  }

  return { CARRIED, choose, chosen, fragment, load, made, plain };
})();
