// Rows of a list that is marked data-drag are dragged by their number, with mouse or finger; keys and buttons do the same (up, down).
"use strict";

(() => {
  let row = null, id = 0, from = null;

  const handle = (target) => target.closest && target.closest("[data-drag] > [data-row] > legend [data-number]");
  document.addEventListener("pointerdown", (event) => {
    const grip = handle(event.target);
    if (!grip || event.button || grip.closest("fieldset[disabled]")) return;
    [row, id, from] = [grip.closest("[data-row]"), event.pointerId, grip.closest("[data-row]").previousElementSibling];
    grip.setPointerCapture(id);
    row.classList.add("row-card--dragged");
    event.preventDefault();
  });
  document.addEventListener("pointermove", (event) => {
    if (!row || event.pointerId !== id) return;
    if (event.clientY < 60) window.scrollBy(0, -12);
    if (event.clientY > window.innerHeight - 60) window.scrollBy(0, 12);
    const over = document.elementsFromPoint(event.clientX, event.clientY).map((each) => each.closest("[data-row]")).find((each) => each && each !== row && each.parentElement === row.parentElement);
    if (!over) return;
    const box = over.getBoundingClientRect();
    if (event.clientY < box.top + box.height / 2) over.before(row);
    else over.after(row);
  });
  const drop = (event) => {
    if (!row || event.pointerId !== id) return;
    row.classList.remove("row-card--dragged");
    if (row.previousElementSibling !== from) row.dispatchEvent(new CustomEvent("moved", { bubbles: true }));
    row = null;
  };
  document.addEventListener("pointerup", drop);
  document.addEventListener("pointercancel", drop);
})();
