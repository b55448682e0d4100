// A preview keeps nothing: the worker that a published site left in this browser takes itself off.
// Pages that are open are not loaded again: each would ask for this worker once more, for ever.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(registration.unregister()));
