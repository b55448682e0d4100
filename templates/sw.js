// Keeps the site readable without network. The build writes SITE before this: the name of the event,
// the offline page of each language, and every file to keep from the start with a hash of its content.
// So this file differs when any of them does, and a browser that sees the difference takes it over.
//
// What holds, whatever happens:
// - The network wins. What is kept is shown only where the server gives no good answer in time.
// - A page is whole: it is shown and kept together with every style and script that it names. These
//   bear a hash in their name, so those of several versions lie side by side. They are removed when a
//   new version of this worker becomes active, and that is when no page of the old one is open.
// - A page bears the time at which it was fetched, and where it comes from here it says so.
// - Only caches of this event at this address are touched.

(() => {
  "use strict";

  const ROOT = registration.scope;
  const OWN = `${SITE.event}:${new URL(ROOT).pathname}:`;
  const CACHE = `${OWN}1`; // another number when things are kept in another way
  const PATIENCE = 3_000; // milliseconds that a visitor waits while there is a kept page to show
  const AT_ONCE = 3; // files fetched side by side; the visitor's own requests go first
  const BODY = `data-event="${SITE.event}"`; // what only our own pages have

  const absolute = (path) => new URL(path, ROOT).href;

  /**
   * Tell whether what is kept under an address goes first: that of an asset or of the index of Pagefind
   * bears a hash; that of the texts does not, but each install brings them up to date, and older ones
   * do no harm.
   */
  const isLasting = (url) => /^(assets\/|pagefind\.|(.+\/)?teksten\.js$)/.test(url.slice(ROOT.length));

  // What is kept

  /** Return what is kept under an address; nothing where storage is blocked. */
  async function find(url) {
    try {
      return await (await caches.open(CACHE)).match(url);
    } catch {
      return undefined;
    }
  }

  async function keep(url, answer) {
    const cache = await caches.open(CACHE);
    await cache.put(url, new Response(answer.body, { headers: headersOf(answer) }));
  }

  /** Return the headers of an answer, with its time: the server's clock is right, a phone's may not be. */
  function headersOf(answer) {
    const headers = new Headers(answer.headers);
    for (const name of ["content-encoding", "content-length", "vary"]) headers.delete(name);
    if (!headers.has("date")) headers.set("date", new Date().toUTCString());
    return headers;
  }

  async function hash(answer) {
    const digest = await crypto.subtle.digest("SHA-256", await answer.arrayBuffer());
    const bytes = [...new Uint8Array(digest, 0, 8)];
    return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  // From the start: what is there with the right content is not fetched again, so an install that
  // failed goes on where it stopped, and a new version costs only what changed.

  async function install() {
    const files = Object.entries(SITE.files).map(([path, hash]) => [absolute(path), hash]);
    await keepAll(files.filter(([url]) => isLasting(url))); // before any page that names them
    await keepAll(files.filter(([url]) => !isLasting(url)));
  }

  async function keepAll(files) {
    const left = files.values();
    const lane = async () => {
      for (const file of left) await keepFile(...file);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
  }

  async function keepFile(url, wanted) {
    const kept = await find(url);
    if (kept && (await hash(kept)) === wanted) return;
    const answer = await fetch(url, { cache: "no-cache", priority: "low" });
    if (!answer.ok || (await hash(answer.clone())) !== wanted) throw new Error(`not as built: ${url}`);
    await keep(url, answer);
  }

  /** Remove what an earlier version left, and what no kept page names any more. */
  async function tidy() {
    for (const name of await caches.keys()) {
      if (name.startsWith(OWN) && name !== CACHE) await caches.delete(name);
    }
    const cache = await caches.open(CACHE);
    const kept = (await cache.keys()).map(({ url }) => url);
    const needed = new Set(Object.keys(SITE.files).map(absolute));
    for (const url of kept.filter((url) => !isLasting(url))) {
      if (!SITE.whole) needed.add(url); // a page that was seen, and is not among those kept from the start
      if (needed.has(url)) for (const asset of named(await (await find(url)).text(), url)) needed.add(asset);
    }
    for (const url of kept.filter((url) => !needed.has(url))) await cache.delete(url);
  }

  // Assets, and the texts: what is kept goes first

  async function asset(url) {
    const kept = await find(url);
    if (kept) return kept;
    const answer = await fetch(url);
    if (isAsset(answer)) await keep(url, answer.clone()).catch(() => {}); // full or blocked: not kept
    return answer;
  }

  /** Tell whether an answer is a whole file of this server, or of what is kept. */
  const isFile = ({ status, type }) => status === 200 && ["basic", "default"].includes(type);
  const isText = ({ headers }) => Boolean(headers.get("content-type")?.startsWith("text/html"));
  const isAsset = (answer) => isFile(answer) && !isText(answer); // some servers send a page for what is not there

  /** Return the addresses of the assets that a page names. */
  function named(text, page) {
    const paths = [...text.matchAll(/="((?:\.\.\/)*assets\/[^"]+)"/g)].map(([, path]) => path);
    return [...new Set(paths)].map((path) => new URL(path, page).href);
  }

  // Pages

  async function page(event) {
    const { url } = event.request;
    const kept = await find(file(url));
    const network = ask(url, event);
    event.waitUntil(network.catch(() => {})); // an answer that comes late is for the next time
    try {
      const { answer, isFit } = await (kept ? Promise.race([network, patience()]) : network);
      if (isFit || !kept) return answer;
    } catch {
      // no network, or not in time
    }
    if (!kept) return offline(url);
    const { pathname, search } = new URL(url);
    if (isFolder(pathname)) return Response.redirect(`${pathname}/${search}`); // for its relative links
    return told(await kept.text(), kept, true);
  }

  const patience = () => new Promise((_, failed) => setTimeout(failed, PATIENCE));

  /** Tell whether a path names a folder without the slash that a server would add. */
  const isFolder = (path) => !/\/$|\.[^/]*$/.test(path);

  /** Return the address of the file that an address leads to. */
  function file(url) {
    const { origin, pathname } = new URL(url);
    const path = isFolder(pathname) ? `${pathname}/` : pathname;
    return `${origin}${path}${path.endsWith("/") ? "index.html" : ""}`;
  }

  /**
   * Ask the server for a page, and keep it. `isFit` tells that a kept page is no better: the server
   * is well, and all that the page names is there. If not, a new version may just have come: ask again.
   */
  async function ask(url, event, isFirst = true) {
    const answer = await fetch(url, { cache: "no-cache", redirect: "manual" });
    const text = isFile(answer) && isText(answer) ? await answer.clone().text() : "";
    if (!text.includes(BODY)) return { answer, isFit: answer.status < 500 };
    const needed = named(text, url).filter((name) => /\.(css|js)$/.test(name));
    const isWhole = (await Promise.all(needed.map(asset))).every(isAsset);
    if (!isWhole && isFirst) return ask(url, event, false);
    if (isWhole) event.waitUntil(keepPage(file(url), answer, needed).catch(() => {}));
    return { answer: told(text, answer), isFit: isWhole };
  }

  async function keepPage(url, answer, needed) {
    const kept = await Promise.all(needed.map(find));
    if (kept.every(Boolean)) await keep(url, answer);
  }

  /** Return a page that bears the time at which it was fetched, and whether it was kept since then. */
  function told(text, answer, isKept = false) {
    const headers = headersOf(answer);
    const time = `data-fetched="${headers.get("date")}"${isKept ? " data-kept" : ""}`;
    return new Response(text.replace(BODY, `${time} ${BODY}`), { headers });
  }

  // The offline page, in the language of the address and at that address, so that asking again is easy

  async function offline(url) {
    const language = languageOf(url);
    const page = absolute(SITE.offline[language]);
    const kept = await find(page);
    if (!kept) return Response.error();
    const folder = new URL(".", page).pathname;
    const seen = (await titles(language)).map(([url, title]) => `<li><a href="${url}">${title}</a></li>`);
    const text = (await kept.text())
      .replaceAll('="../', `="${folder}../`)
      .replace(/(id="site-seen") hidden>([^]*?<ul[^>]*>)/, (all, id, list) =>
        seen.length ? `${id}>${list}${seen.join("\n")}` : all,
      );
    return told(text, kept, true);
  }

  /** Return what the paths of a language begin with; those of the main language with nothing. */
  const languageOf = (url) =>
    Object.keys(SITE.offline)
      .filter((start) => url.startsWith(ROOT + start))
      .sort()
      .pop();

  /** Return address and title of each page in a language that is kept because it was seen. */
  async function titles(language) {
    const listed = new Set(Object.keys(SITE.files).map(absolute));
    const cache = await caches.open(CACHE);
    const seen = (await cache.keys())
      .map(({ url }) => url)
      .filter((url) => !isLasting(url) && !listed.has(url) && languageOf(url) === language);
    return Promise.all(
      seen.map(async (url) => {
        const text = await (await find(url)).text();
        return [url, text.match(/property="og:title" content="([^"]*)"/)?.[1] ?? url];
      }),
    );
  }

  // Events

  addEventListener("install", (event) => event.waitUntil(install()));
  addEventListener("activate", (event) => event.waitUntil(tidy().then(() => clients.claim())));
  addEventListener("fetch", (event) => {
    const { method, mode, url, headers } = event.request;
    if (method !== "GET" || !url.startsWith(ROOT) || headers.has("range")) return;
    if (mode === "navigate") event.respondWith(page(event));
    else if (isLasting(url)) event.respondWith(asset(url.split("?")[0]));
  });
})();
