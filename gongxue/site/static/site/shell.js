// What the layout needs beyond htmx. Everything works without it.
"use strict";

(() => {
  // After a form came back with errors, or a live page was refused something, the reader is taken to what was said.
  const focusWhatWasSaid = (within) => {
    const said = within.querySelector("[data-focus], .notice");
    if (said) said.focus();
  };

  // A swap that removes the focused field gives the focus to the same field in what came in, caret and all.
  let held = null;
  document.addEventListener("htmx:beforeSwap", () => {
    const active = document.activeElement;
    held = active && active.id ? { id: active.id, start: active.selectionStart, end: active.selectionEnd } : null;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "notice") focusWhatWasSaid(event.target);
    if (!held) return;
    const again = document.getElementById(held.id);
    if (again && document.activeElement === document.body) {
      again.focus({ preventScroll: true });
      if (held.start !== null && again.setSelectionRange) {
        try { again.setSelectionRange(held.start, held.end); } catch { /* a number field has no caret to set */ }
      }
    }
    held = null;
  });

  // What no answer came for, and what is no longer there, is said too. A page with words of its own for that says so: data-own-errors.
  const say = (id, event) => {
    const from = event.detail.elt;
    const notice = document.getElementById("notice");
    if (!notice || (from && from.closest && from.closest("[data-own-errors]"))) return;
    notice.replaceChildren(document.getElementById(id).content.cloneNode(true));
    focusWhatWasSaid(notice);
  };
  document.addEventListener("htmx:sendError", (event) => say("say-offline", event));
  document.addEventListener("htmx:timeout", (event) => say("say-offline", event));
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 404) say("say-gone", event);
  });

  // Menus that drop down close by Escape and by a click elsewhere.
  const droppers = ".drawer[open], .site-menu[open]";
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll(droppers).forEach((each) => {
      each.open = false;
      each.querySelector("summary").focus();
    });
  });
  document.addEventListener("click", (event) => {
    document.querySelectorAll(droppers).forEach((each) => {
      if (!each.contains(event.target)) each.open = false;
    });
  });

  // A link of the bar at the foot leads to a place on the page, which the open bar would hide.
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest(".foot-bar a[href^='#']");
    if (link) link.closest("details").open = false;
  });

  // A file may be dropped, and shows how far it is.
  const drops = () => document.querySelectorAll("[data-drop]");
  for (const name of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (event) => {
      const drop = event.target.closest && event.target.closest("[data-drop]");
      drops().forEach((each) => each.classList.toggle("drop--over", each === drop && name === "dragover"));
      if (!drop) return;
      event.preventDefault();
      if (name === "drop" && event.dataTransfer.files.length) {
        const input = drop.querySelector("input[type=file]");
        input.files = event.dataTransfer.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
      }
    });
  }
  const showSending = (form, share) => {
    const [bar, told] = ["[data-drop] progress", "[data-drop] .drop__told"].map((each) => form.querySelector(each));
    bar.hidden = share === null;
    if (share === 1) bar.removeAttribute("value");
    else bar.value = (share || 0) * 100;
    const words = share === null ? "" : share === 1 ? told.dataset.reading : `${told.dataset.sending} ${Math.floor(share * 10) * 10}%`;
    if (told.textContent !== words) told.textContent = words;
  };
  // The page that a form is answered with, as the browser would have shown it.
  const showPage = (html, address) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const has = (each) => [...document.head.querySelectorAll(each.tagName)].some((other) => (other.href || other.src) === (each.href || each.src));
    page.head.querySelectorAll("link[rel=stylesheet], script[src]").forEach((each) => {
      if (!has(each)) document.head.append(Object.assign(document.createElement(each.tagName), each.src ? { src: each.src } : { rel: "stylesheet", href: each.href }));
    });
    document.title = page.title;
    document.body.replaceWith(page.body);
    window.history.replaceState(null, "", address);
    window.htmx.process(document.body);
    window.scrollTo(0, 0);
    focusWhatWasSaid(document);
  };
  // Where a form leads to: a place on the very page that is open is loaded anew, too.
  const leadTo = (address) => {
    const here = window.location.href.split("#")[0];
    window.location.assign(address);
    if (address.hash && address.href.split("#")[0] === here) window.location.reload();
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const input = form.querySelector("[data-drop] input[type=file]");
    if (event.defaultPrevented || !input || !input.files.length) return;
    event.preventDefault();
    if (form.dataset.sent) return;
    form.dataset.sent = "1";
    const request = new XMLHttpRequest();
    const over = () => { delete form.dataset.sent; showSending(form, null); };
    request.open("POST", form.action);
    request.setRequestHeader("X-Tell-Where", "1"); // the page it leads to is opened once, by the browser
    request.upload.addEventListener("progress", ({ loaded, total }) => showSending(form, total ? loaded / total : 0));
    request.upload.addEventListener("load", () => showSending(form, 1));
    request.addEventListener("load", () => {
      over();
      const leads = request.getResponseHeader("X-Leads-To");
      if (leads) leadTo(new URL(leads, request.responseURL));
      else showPage(request.responseText, request.responseURL);
    });
    for (const lost of ["error", "abort", "timeout"]) request.addEventListener(lost, () => { over(); say("say-offline", { detail: {} }); });
    showSending(form, 0);
    request.send(new FormData(form, event.submitter));
  });

  // Logging out asks first, while this device holds something that could not be saved.
  const holdsUnsent = (person) => {
    try { return Object.keys(window.localStorage).some((key) => key.startsWith(`gongxue:unsent:${person}:`)); } catch { return false; }
  };
  document.addEventListener("submit", (event) => {
    const { askUnsent, person } = event.target.dataset;
    if (!askUnsent || event.defaultPrevented || !holdsUnsent(person)) return;
    if (window.confirm(askUnsent)) document.dispatchEvent(new CustomEvent("gongxue:leaving"));
    else event.preventDefault();
  });

  // Two clicks on one button send one form; the key in the form sees to the rest.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    window.setTimeout(() => { delete form.dataset.sent; }, 4000);
  });

  focusWhatWasSaid(document);
})();
