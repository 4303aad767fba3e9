// The fields of a section as they stand on the page: reading them, writing them, and taking over what the server has drawn anew, without
// touching the field that somebody is in.
"use strict";

window.gongxue = window.gongxue || {};

(() => {
  const form = () => document.getElementById("editor");
  const named = (path, within = form()) => [...within.querySelectorAll(`[name="${CSS.escape(path)}"]`)].filter((each) => each.type !== "hidden");
  const isBox = (control) => control.type === "checkbox" || control.type === "radio";

  const gather = (path, within, isOn, text) => {
    const controls = named(path, within);
    if (!controls.length) return undefined;
    if (!isBox(controls[0])) return text(controls[0]);
    const on = controls.filter(isOn).map((each) => each.value);
    const isList = controls[0].type === "checkbox" && !(controls.length === 1 && controls[0].value === "yes");
    return isList ? on : on[0] || "";
  };
  const chosen = (select) => (select.querySelector("option[selected]") || select.options[0] || { value: "" }).value;
  const raw = (path, within) => gather(path, within, (each) => each.checked, (control) => control.value);
  const known = (path, within) =>
    gather(path, within, (each) => each.defaultChecked, (control) => (control.tagName === "SELECT" ? chosen(control) : control.defaultValue));
  const alike = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  // What the server has becomes what the field began with; with `text` it is shown, too. The caret stays where it is.
  const write = (path, value, { text = true } = {}) => {
    for (const control of named(path)) {
      if (isBox(control)) {
        const [was, on] = [control.checked, Array.isArray(value) ? value.includes(control.value) : control.value === value];
        control.defaultChecked = on;
        control.checked = text ? on : was;
      } else if (control.tagName === "SELECT") {
        const was = control.value;
        [...control.options].forEach((option) => { option.defaultSelected = option.value === value; });
        control.value = text ? value : was;
      } else {
        const [was, start, end] = [control.value, control.selectionStart, control.selectionEnd];
        control.defaultValue = value;
        const now = text ? value : was;
        if (control.value !== now) control.value = now;
        if (document.activeElement === control && control.selectionStart !== start) control.setSelectionRange(start, end);
      }
    }
  };

  const isIn = (node) => node && node.contains(document.activeElement) && document.activeElement !== document.body;
  const parsed = (html) => {
    const holder = document.createElement("template");
    holder.innerHTML = html; // drawn by our own server, which escapes what people wrote
    return holder.content;
  };

  // What is drawn anew under somebody who stands on one of its links keeps them there; where it is gone, they stand where it was.
  const replaced = (place, html) => {
    const links = () => [...place.querySelectorAll("a[href], button, summary")];
    const at = links().indexOf(document.activeElement);
    place.replaceChildren(parsed(html));
    if (at < 0) return;
    if (!links().length) place.tabIndex = -1;
    (links()[at] || links().pop() || place).focus({ preventScroll: true });
  };

  // Rows as the server has them: those that are gone go, new ones come, and the order is its order; `mine` are rows it does not know yet.
  const takeRows = (fresh, mine, gone) => {
    for (const list of fresh.querySelectorAll("[data-rows]")) {
      const here = form().querySelector(`[data-rows="${list.dataset.rows}"]`);
      if (!here) continue;
      const wanted = [...list.children].filter((row) => row.dataset.row && !gone.has(row.dataset.row));
      const ids = new Set(wanted.map((row) => row.dataset.row));
      for (const row of [...here.children].filter((each) => each.dataset.row && !ids.has(each.dataset.row) && !mine.has(each.dataset.row))) {
        if (isIn(row)) (row.nextElementSibling || row.previousElementSibling || document.getElementById("main")).focus({ preventScroll: true });
        row.remove();
      }
      let before = null;
      for (const row of wanted) {
        const own = [...here.children].find((each) => each.dataset.row === row.dataset.row) || row.cloneNode(true);
        const next = before ? before.nextElementSibling : here.firstElementChild;
        if (own !== next && !isIn(own)) here.insertBefore(own, next);
        before = own;
      }
      number(here);
    }
  };

  // Rows count themselves, and the first cannot go up.
  const number = (list) => {
    const rows = [...list.children].filter((row) => row.dataset.row);
    rows.forEach((row, at) => {
      row.querySelectorAll("[data-number]").forEach((each) => { each.textContent = at + 1; });
      row.querySelectorAll('button[value^="up "]').forEach((each) => { each.hidden = at === 0; });
      row.querySelectorAll('button[value^="down "]').forEach((each) => { each.hidden = at === rows.length - 1; });
    });
    document.querySelectorAll(`[data-empty="${list.dataset.rows}"]`).forEach((each) => { each.hidden = rows.length > 0; });
  };

  // The section drawn anew: a field that is changed here, or that somebody is in, keeps its text.
  const takeFields = (html, { isChanged, mine, gone }) => {
    const fresh = parsed(html);
    takeRows(fresh, mine, gone);
    const paths = new Set([...fresh.querySelectorAll("[name]")].filter((each) => each.type !== "hidden" && each.name !== "do").map((each) => each.name));
    for (const path of paths) {
      const value = known(path, fresh);
      if (value === undefined || alike(value, known(path))) continue;
      write(path, value, { text: !isChanged(path) });
    }
  };

  const takeParts = (parts) => {
    for (const [name, html] of Object.entries(parts)) {
      const places = [...document.querySelectorAll(`[data-part="${name}"]`), document.getElementById(`part:${name}`)].filter(Boolean);
      for (const place of places) {
        if (isIn(place) && name !== "clashes") continue;
        const fresh = parsed(html);
        if (place.innerHTML !== html) place.replaceChildren(fresh);
      }
    }
  };

  const takeTexts = (texts) => {
    for (const [id, text] of Object.entries(texts)) {
      const place = document.getElementById(id);
      if (place && place.textContent !== text) place.textContent = text;
    }
  };

  // What the rules say, beside the fields they say it of.
  const takeSaid = (said, wrong) => {
    for (const place of form().querySelectorAll('[id^="at:"]')) {
      const html = said[place.id.slice(3)] || "";
      if (place.dataset.said === html || (place.dataset.said === undefined && place.innerHTML === html)) continue;
      place.dataset.said = html;
      replaced(place, html);
    }
    for (const control of form().querySelectorAll("[aria-invalid]")) {
      control.removeAttribute("aria-invalid");
      const left = (control.getAttribute("aria-describedby") || "").split(" ").filter((id) => id && !id.startsWith("said:"));
      if (left.length) control.setAttribute("aria-describedby", left.join(" "));
      else control.removeAttribute("aria-describedby");
    }
    for (const path of wrong) {
      const control = document.getElementById(path);
      if (!control || !form().contains(control)) continue;
      control.setAttribute("aria-invalid", "true");
      control.setAttribute("aria-describedby", `said:${path} ${control.getAttribute("aria-describedby") || ""}`.trim());
    }
  };

  // What somebody stands in, and sees, stays to be seen while what is around it grows or goes.
  const steady = (act) => {
    const held = document.activeElement;
    const isSeen = () => { const box = held.getBoundingClientRect(); return box.top >= 0 && box.bottom <= window.innerHeight; };
    const was = held && held !== document.body && isSeen();
    act();
    const look = () => { if (document.activeElement === held && !isSeen()) held.scrollIntoView({ block: "nearest" }); };
    if (was) window.requestAnimationFrame(() => window.requestAnimationFrame(look)); // once the browser has settled its own scrolling
  };

  // Fields that no longer say what the server drew: somebody typed before this script was here.
  const touched = () => {
    const differs = (control) => {
      if (isBox(control)) return control.checked !== control.defaultChecked;
      return control.value !== (control.tagName === "SELECT" ? chosen(control) : control.defaultValue);
    };
    const fields = [...form().elements].filter((each) => each.name && each.name !== "do" && each.type !== "hidden" && each.type !== "fieldset");
    return new Set(fields.filter(differs).map((each) => each.name));
  };

  // The document as the page was drawn from it: the value at a change's path.
  const steps = (paper, path) => {
    const [first, ...rest] = path.split("/");
    const rows = paper[first];
    return Array.isArray(rows) && rest.length ? [rows.find((row) => row.id === rest[0]), rest.slice(1)] : [paper, [first, ...rest]];
  };
  const valueAt = (paper, path) => {
    const [holder, rest] = steps(paper, path);
    return rest.reduce((value, step) => (value && typeof value === "object" ? value[step] : undefined), holder) ?? null;
  };
  const setAt = (paper, path, value) => {
    const [holder, rest] = steps(paper, path);
    if (!holder) return;
    const last = rest.pop();
    rest.reduce((each, step) => { each[step] = each[step] || {}; return each[step]; }, holder)[last] = value;
  };

  const labelOf = (path) => {
    const [control] = named(path);
    if (!control) return path;
    const group = isBox(control) ? control.closest("fieldset") : null;
    const label = (group && group.querySelector("legend")) || (control.labels && control.labels[0]);
    const row = control.closest("[data-row]");
    const title = row && row.querySelector("legend, .row-card__title");
    const words = (each) => each.textContent.replace(/\s+/g, " ").trim();
    return [title && title !== label ? words(title) : "", label ? words(label) : path].filter(Boolean).join("・");
  };

  window.gongxue.page = { raw, known, alike, write, named, number, takeFields, takeParts, takeTexts, takeSaid, steady, labelOf, parsed, touched, valueAt, setAt };
})();
