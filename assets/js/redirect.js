// Leads an old address to the new one and keeps the fragment, which a plain refresh would drop.
location.replace(document.getElementById("site-redirect").href + location.hash);
