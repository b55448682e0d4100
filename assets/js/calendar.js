// A calendar file (RFC 5545) of a choice, made in the browser: moments, names and stamp come from
// the data, so it agrees with the calendar files of the site. Times are in UTC.

site.calendar = (() => {
  "use strict";

  const encoder = new TextEncoder();

  /** Fold a line after at most 75 bytes, never within a character (RFC 5545, 3.1). */
  function folded(line) {
    let text = "";
    let length = 0;
    for (const character of line) {
      const size = encoder.encode(character).length;
      if (length + size > 75) {
        text += "\r\n ";
        length = 1;
      }
      text += character;
      length += size;
    }
    return `${text}\r\n`;
  }

  const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");

  function event({ uid, starts, ends, title, href, where, status }, { stamp, sequence, place }) {
    const location = [where, place].filter(Boolean).join(", ");
    return [
      "BEGIN:VEVENT",
      `UID:${uid}`,
      `DTSTAMP:${stamp}`,
      `SEQUENCE:${sequence}`,
      `DTSTART:${starts}`,
      ends && `DTEND:${ends}`,
      `SUMMARY:${escaped(title)}`,
      location && `LOCATION:${escaped(location)}`,
      `URL:${new URL(href, document.baseURI)}`,
      `STATUS:${status === "vervallen" ? "CANCELLED" : "CONFIRMED"}`,
      "END:VEVENT",
    ];
  }

  /** Return the file: the chosen sessions and the fixed parts of the day. */
  return function calendar(programme, chosen) {
    const held = programme.days.flatMap(({ slots }) =>
      slots.flatMap((slot) => [
        ...(slot.choice || slot.only ? [] : [slot]),
        ...slot.entries.filter(({ slug, status, gone }) =>
          (slot.only || chosen.has(slug)) && (!gone || status === "vervallen")),
      ]),
    );
    const lines = [
      "BEGIN:VCALENDAR",
      "VERSION:2.0",
      "PRODID:-//site-gen//my programme//EN",
      `X-WR-CALNAME:${escaped(programme.title)}`,
      ...held.flatMap((item) => event(item, programme)),
      "END:VCALENDAR",
    ];
    return lines.filter(Boolean).map(folded).join("");
  }
})();
