// Takes the worker of this site off: published as sw.js, it removes what was kept, and then itself.
// Pages that are open stay as they are. The preview server answers /sw.js with it; whoever takes a
// site down, or no longer wants it to be kept on phones, puts it in the place of sw.js.

(() => {
  "use strict";

  /** Tell whether a cache is of a site at this address: its name is that of an event, and then the path. */
  function isOurs(name) {
    const [event, ...rest] = name.split(":");
    return /^[a-z0-9_-]{4,}$/.test(event) && rest.join(":").startsWith(`${new URL(registration.scope).pathname}:`);
  }

  async function off() {
    try {
      for (const name of (await caches.keys()).filter(isOurs)) await caches.delete(name);
    } finally {
      await registration.unregister(); // also where storage is blocked
    }
  }

  addEventListener("install", () => skipWaiting());
  addEventListener("activate", (event) => event.waitUntil(off()));
})();
