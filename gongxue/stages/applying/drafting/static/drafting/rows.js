// Rows added, removed, moved and put back at once; and choosing between two texts.
"use strict";

window.gongxue = window.gongxue || {};

// `desk` is what the editor lends: its maps of changes, the document as the page was drawn from it, and how a change is made.
window.gongxue.rows = (desk) => {
  const { page } = window.gongxue;
  const { form, words, waiting, clashed, refused } = desk;

  const rowAt = (at) => {
    const [name, id] = at.split("/");
    const list = form.querySelector(`[data-rows="${name}"]`);
    return { name, id, list, node: list && [...list.children].find((each) => each.dataset.row === id) };
  };
  const before = (node) => (node.previousElementSibling ? node.previousElementSibling.dataset.row || "" : "");

  const put = (name, list, node, after, value) => {
    const follows = after && [...list.children].find((each) => each.dataset.row === after);
    if (follows) follows.after(node);
    else if (after === "") list.prepend(node);
    else list.append(node);
    page.number(list);
    desk.change({ kind: "insert", path: name, row: node.dataset.row, after: before(node), value });
  };

  const DOES = {
    add: (target) => {
      const [name, , after] = target.split(" ");
      const { list } = rowAt(`${name}/`);
      const blank = document.querySelector(`template[data-blank="${name}"]`).content.querySelector("[data-row=NEWROW]");
      const id = Math.random().toString(36).slice(2, 10);
      const node = page.parsed(blank.outerHTML.replaceAll("NEWROW", id)).firstElementChild;
      put(name, list, node, after, {});
      (node.querySelector("input:not([type=hidden]), textarea, select") || node).focus();
    },
    remove: (target) => {
      const { name, id, list, node } = rowAt(target);
      if (!node) return;
      const row = (desk.base()[name] || []).find((each) => each.id === id);
      const [stood, typedHere] = [before(node), [...waiting.values()].filter((op) => op.path.startsWith(`${target}/`))];
      const next = node.nextElementSibling || node.previousElementSibling;
      for (const held of [waiting, clashed, refused]) [...held.keys()].filter((key) => key.startsWith(`${target}/`)).forEach((key) => held.delete(key));
      node.remove();
      page.number(list);
      const fresh = waiting.get(`insert ${target}`);
      if (fresh && !(desk.isOnItsWay(fresh))) waiting.delete(`insert ${target}`);
      else desk.change({ kind: "remove", path: name, row: id, base: row ? Object.fromEntries(Object.entries(row).filter(([key]) => key !== "id")) : null });
      desk.settle();
      undo(() => {
        waiting.delete(`remove ${target}`);
        const { id: _, ...value } = row || {};
        put(name, list, node, stood, value);
        typedHere.forEach((op) => desk.change(op));
        node.querySelector("input:not([type=hidden]), textarea, select")?.focus();
      });
      (next?.querySelector("input:not([type=hidden]), textarea, select") || document.querySelector(`[name=do][value^="add ${name}"]`))?.focus();
    },
    up: (target) => shift(target, "previousElementSibling"),
    down: (target) => shift(target, "nextElementSibling"),
    theirs: (path) => choose(path, false),
    mine: (path) => choose(path, true),
  };

  const shift = (target, way) => {
    const { name, id, list, node } = rowAt(target);
    const other = node && node[way];
    if (!other) return;
    const held = document.activeElement;
    if (way === "nextElementSibling") other.after(node);
    else other.before(node);
    page.number(list);
    (held && !held.hidden ? held : node.querySelector("button:not([hidden])"))?.focus();
    desk.change({ kind: "move", path: name, row: id, after: before(node) });
  };

  const undo = (act) => {
    const place = document.getElementById("undo");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "link-button", textContent: words.undo });
    button.addEventListener("click", () => { place.replaceChildren(); act(); });
    place.replaceChildren(Object.assign(document.createElement("span"), { textContent: words.removed }), button);
  };

  const choose = (path, mine) => {
    const op = clashed.get(path);
    document.querySelector(`[data-clash="${CSS.escape(path)}"]`)?.remove();
    if (!document.querySelector("[data-clash]")) document.querySelectorAll('[data-part="clashes"]').forEach((each) => each.replaceChildren());
    clashed.delete(path);
    if (!op) return;
    if (op.kind === "set") {
      desk.setAt(path, op.theirs ?? null);
      page.write(path, op.shown ?? op.theirs ?? "", { text: !mine });
      if (mine) desk.change({ ...op, base: op.theirs ?? null }, 0);
      page.named(path)[0]?.focus();
    } else if (mine) desk.change({ ...op, base: null });
    desk.settle();
  };

  return { DOES, rowAt, before, put };
};
