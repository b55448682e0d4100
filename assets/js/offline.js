// Tells a visitor without network how old the page is. The worker that keeps the pages (sw.js) has
// written on the page when it was fetched; the words and the time zone stand on the bar itself.

(() => {
  "use strict";

  const bar = document.getElementById("site-age");
  const { fetched } = document.body.dataset;
  const at = fetched ? new Date(fetched) : new Date(performance.timeOrigin);
  const zone = knownZone(bar?.dataset.zone);

  /** Return a time zone, or that of the device where it knows no such zone. */
  function knownZone(timeZone) {
    try {
      new Intl.DateTimeFormat("en", { timeZone });
      return timeZone;
    } catch {
      return undefined;
    }
  }

  function show() {
    const { offline, unreachable, age, again } = bar.dataset;
    const isOffline = !navigator.onLine;
    const text = `${isOffline ? offline : unreachable} ${age.replace("{time}", moment())}`;
    if (bar.firstChild?.textContent === text) return;
    bar.replaceChildren(text, ...(isOffline ? [] : [" ", button(again)]));
  }

  /** Write the time at which the page was fetched, with its date unless that is today. */
  function moment() {
    const { locale, time, separator } = bar.dataset;
    const form = { timeZone: zone, day: "numeric", month: "long", year: "numeric" };
    const day = (date) => date.toLocaleDateString(locale, form);
    const clock = at.toLocaleTimeString("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" });
    const text = time.replace("{time}", clock.replace(":", separator));
    return day(at) === day(new Date()) ? text : `${day(at)}, ${text}`;
  }

  function button(text, name) {
    const element = site.made("button", { type: "button", class: name }, text);
    element.addEventListener("click", () => location.reload());
    return element;
  }

  // On the page for what was never kept there is no bar, but a place for the button.
  const place = document.getElementById("site-again");
  place?.replaceChildren(button(place.dataset.text, "button"));
  if (!bar) return;
  show();
  addEventListener("offline", show);
  addEventListener("online", show);
})();
