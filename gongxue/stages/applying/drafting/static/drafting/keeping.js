// What could not be saved yet stays on this device, until the server has confirmed it; on coming back it is offered again.
"use strict";

window.gongxue = window.gongxue || {};

(() => {
  const PREFIX = "gongxue:unsent:";
  const ALIVE = 8000; // milliseconds after which another tab that has not said that it lives is taken for closed
  let released = false;
  const tab = Math.random().toString(36).slice(2, 10);

  // A browser may refuse storage altogether; then nothing is kept, and everything else works.
  const attempt = (act, otherwise = null) => { try { return act(); } catch { return otherwise; } };

  const keyOf = (person, application, which = tab) => `${PREFIX}${person}:${application}:${which}`;

  const keep = (person, application, entry) => attempt(() => {
    const key = keyOf(person, application);
    if (entry.ops.length) window.localStorage.setItem(key, JSON.stringify({ ...entry, at: released ? 0 : Date.now() }));
    else window.localStorage.removeItem(key);
    return true;
  }, false);

  // A tab that closes gives what it has to whoever opens the paper next.
  const release = (yes) => { released = yes; };

  const left = (person, application) => attempt(() => {
    const found = [];
    for (let at = 0; at < window.localStorage.length; at += 1) {
      const key = window.localStorage.key(at);
      if (!key.startsWith(`${PREFIX}${person}:${application}:`) || key.endsWith(`:${tab}`)) continue;
      const entry = attempt(() => JSON.parse(window.localStorage.getItem(key)));
      if (entry && Array.isArray(entry.ops) && Date.now() - entry.at > ALIVE) found.push({ key, ...entry });
    }
    return found;
  }, []);

  const forget = (key) => attempt(() => window.localStorage.removeItem(key));

  const spoken = (op) => (Array.isArray(op.raw) ? op.raw.join("、") : String(op.raw ?? ""));

  const copy = async (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    return undefined;
  };

  // The words on the page for what was left behind. `now` answers what stands in a field (undefined where the page does not show it),
  // `restore` takes the changes back.
  const offer = (entries, { open, now, restore }) => {
    const place = document.getElementById("unsent");
    const ops = entries.flatMap((entry) => entry.ops);
    const said = ops.filter((op) => op.kind === "set");
    if (!place || !ops.length) return;
    const notice = document.getElementById("unsent-words").content.cloneNode(true).firstElementChild;
    notice.querySelectorAll("[data-when]").forEach((each) => { each.hidden = (each.dataset.when === "open") !== open; });
    for (const op of said) {
      const item = document.getElementById("unsent-item").content.cloneNode(true).firstElementChild;
      const theirs = now ? now(op) : undefined;
      item.querySelector(".unsent__label").textContent = op.label || op.path;
      item.querySelector("[data-yours]").textContent = spoken(op) || "—";
      item.querySelector("[data-theirs-row]").hidden = theirs === undefined;
      item.querySelector("[data-theirs]").textContent = theirs || "—";
      notice.querySelector("[data-list]").append(item);
    }
    notice.addEventListener("click", (event) => {
      const what = event.target.dataset && event.target.dataset.do;
      if (what === "copy") copy(said.map((op) => `${op.label || op.path}\n${spoken(op)}`).join("\n\n"));
      if (what === "restore") restore(ops);
      if (what === "drop" || what === "restore") {
        entries.forEach((entry) => forget(entry.key));
        place.replaceChildren();
      }
    });
    place.replaceChildren(notice);
  };

  window.gongxue.keeping = { keep, release, left, forget, offer };

  // On the front page of a paper there are no fields: it leads to the section that has them.
  document.addEventListener("DOMContentLoaded", () => {
    const place = document.getElementById("unsent");
    if (!place || document.getElementById("editor")) return;
    const { person, application, open } = place.dataset;
    const look = () => {
      const entries = left(person, application);
      if (!entries.length || place.firstChild) return;
      const first = entries[0].section;
      offer(entries, { open: open === "yes", restore: () => undefined });
      const button = place.querySelector("[data-do=restore]");
      const link = document.querySelector(`.tasks a[href*="/sections/${CSS.escape(first)}/"]`);
      if (!button || !link) return;
      const way = document.createElement("a");
      way.className = button.className;
      way.href = link.href;
      way.textContent = button.textContent;
      way.hidden = open !== "yes";
      button.replaceWith(way);
    };
    look();
    window.setTimeout(look, ALIVE + 1000); // a tab that crashed has not let go
  });
})();
