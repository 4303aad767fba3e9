// What could not be saved the last time, offered again on the page of its section.
"use strict";

window.gongxue = window.gongxue || {};

window.gongxue.returning = (desk, { rowAt, put }) => {
  const { keeping, page } = window.gongxue;
  const { person, application, section } = desk.form.dataset;

  const restore = (ops) => {
    for (const op of ops) {
      if (op.kind === "insert" && !rowAt(`${op.path}/${op.row}`).node) {
        const { list } = rowAt(`${op.path}/`);
        const blank = document.querySelector(`template[data-blank="${op.path}"]`);
        if (!list || !blank) continue;
        put(op.path, list, page.parsed(blank.content.querySelector("[data-row=NEWROW]").outerHTML.replaceAll("NEWROW", op.row)).firstElementChild, op.after, op.value);
      } else if (op.kind === "set") {
        page.write(op.path, op.raw);
        desk.change({ kind: "set", path: op.path, base: op.base, raw: op.raw, label: op.label });
      } else desk.change(op);
    }
    desk.send();
  };
  const offer = () => {
    // What has come through after all, though its answer has not, is not offered.
    const isNew = (op) => op.path.split("/")[0] in desk.base() && (op.kind !== "set" || !page.alike(page.known(op.path), op.raw));
    const left = keeping.left(person, application);
    const isTyped = (op) => op.kind === "set" && isNew(op);
    left.filter((entry) => entry.section === section && !entry.ops.some(isTyped)).forEach((entry) => keeping.forget(entry.key));
    const entries = left.map((entry) => ({ ...entry, ops: entry.ops.filter(isNew) })).filter((entry) => entry.ops.some(isTyped));
    if (!entries.length || document.getElementById("unsent").firstChild) return;
    const now = (op) => {
      const [stands, isHere] = [desk.valueAt(op.path), page.named(op.path).length];
      if (!isHere || page.alike(stands ?? "", op.base ?? "")) return undefined;
      return [page.raw(op.path)].flat().join("、");
    };
    keeping.offer(entries, { open: true, now, restore });
  };

  offer();
  window.setTimeout(offer, 9000); // a tab that crashed has not let go
};
