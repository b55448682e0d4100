// Words in the texts of hundreds of sessions: found by Pagefind, which fetches a part of its index
// for each search. It is a module and fetches data, so it does not work from a folder on disk.

site.ask = (() => {
  "use strict";

  const { engine } = document.getElementById("site-find").dataset;
  const loading = import(new URL(engine, document.baseURI)).then(async (pagefind) => {
    await pagefind.options({ excerptLength: 24, metaCacheTag: "" }); // its folder has a hash already
    return pagefind;
  });

  /** Return what fetches an excerpt of its text, for each session with these words; it has its title. */
  return async function ask(words) {
    const { results } = await (await loading).search(words);
    return new Map(results.map(({ id, data }) => {
      const [slug, text, lang] = site.sessions[id];
      return [slug, Object.assign(async () => nodes((await data()).excerpt), { text, lang })];
    }));
  };

  /** Return HTML as nodes, without running any of it. */
  function nodes(html) {
    return ["… ", ...new DOMParser().parseFromString(html, "text/html").body.childNodes, " …"];
  }
})();
