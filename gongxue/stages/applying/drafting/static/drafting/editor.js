// Saves as one types. The server judges, merges and draws; here is only what has to happen before it answers, or while it cannot.
"use strict";

(() => {
  const { keeping, page } = window.gongxue;
  const form = document.getElementById("editor");
  const words = document.getElementById("words").dataset;
  const { person, application, section } = form.dataset;
  const PAUSE = 1200, AT_LATEST = 8000, LOOK = 20000, PATIENCE = 20000, MOST = 200; // milliseconds; changes at once

  let version = Number(form.dataset.version);
  let base = JSON.parse(document.getElementById("base").value);
  let token = form.elements.csrfmiddlewaretoken.value;
  let sending = null, timer = 0, since = 0, tries = 0, retry = 0, most = MOST, stopped = "", mends = false, renewed = false, leaving = false;
  const waiting = new Map(); // by key: changes that the server has not confirmed
  const clashed = new Map(); // by path: changes that somebody has to choose about
  const refused = new Map(); // by path: changes that cannot be kept as they are typed

  document.documentElement.classList.add("js");

  const valueAt = (path) => page.valueAt(base, path);
  const setAt = (path, value) => page.setAt(base, path, value);

  // --- what is not saved yet
  const unsent = () => [...waiting.values(), ...clashed.values(), ...refused.values()];
  const isChanged = (path) => waiting.has(path) || clashed.has(path) || refused.has(path);
  const rowsOf = (kind) => new Set([...waiting.values()].filter((op) => op.kind === kind).map((op) => op.row));
  const keep = () => keeping.keep(person, application, { section, version, ops: unsent().map(({ node, ...op }) => op) });
  window.setInterval(() => { if (unsent().length) keep(); }, 3000);

  const mark = (state, trouble = "") => {
    const place = document.getElementById("saved");
    const text = trouble || (state === "saved" ? `✓ ${words.saved} ${form.dataset.at || ""}` : words[state]);
    place.className = `saved saved--${state}`;
    if (place.textContent.trim() !== text.trim()) place.textContent = text;
  };
  const settle = () => {
    keep();
    if (!unsent().length) mark("saved");
    else if (!stopped && !retry) mark(sending ? "saving" : "unsaved");
  };

  const change = (op, wait = op.kind === "set" ? PAUSE : 0) => {
    const key = op.kind === "set" ? op.path : `${op.kind} ${op.path}/${op.row}`;
    if (op.kind === "move") waiting.delete(key);
    waiting.set(key, { ...op, key });
    since = since || Date.now();
    settle();
    later(wait);
  };
  const later = (wait) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(send, Math.max(0, Math.min(wait, since + AT_LATEST - Date.now())));
  };

  const typed = (path) => {
    const raw = page.raw(path);
    if (raw === undefined) return;
    if (clashed.has(path)) {
      clashed.get(path).raw = raw;
      keep();
      return;
    }
    refused.delete(path);
    say(path, "");
    const before = waiting.get(path);
    if (page.alike(raw, page.known(path)) && !(before && sending && sending.includes(before))) waiting.delete(path);
    else return void change({ kind: "set", path, base: before ? before.base : valueAt(path), raw, label: page.labelOf(path) });
    settle();
  };

  // A word beside a field that cannot be kept as it is.
  const say = (path, text) => {
    const [control] = page.named(path);
    const id = `not-kept:${path}`;
    document.getElementById(id)?.remove();
    if (!control || !text) return;
    const told = Object.assign(document.createElement("p"), { id, className: "not-kept", textContent: words.wrong + text });
    told.setAttribute("role", "alert");
    (control.closest(".field__row") || control).after(told);
  };

  // --- sending
  const post = (ops, brief) => fetch(form.dataset.save, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token, "HX-Request": "true" },
    body: JSON.stringify({
      person: Number(person), version,
      changes: ops.map(({ kind, path, base: stood, raw, value, row, after }) => ({ kind, path, base: stood ?? null, raw: raw ?? null, value: value ?? null, row: row || "", after: after || "" })),
    }),
    keepalive: brief,
    signal: AbortSignal.timeout(PATIENCE),
  });

  async function send(brief = false) {
    window.clearTimeout(timer);
    if (sending || !waiting.size || stopped) return;
    window.clearTimeout(retry);
    retry = 0;
    sending = [...waiting.values()].slice(0, most);
    since = 0;
    settle();
    let response = null;
    try {
      response = await post(sending, brief === true);
      if (response.status === 200) taken(sending, await response.json());
      else await trouble(response);
    } catch {
      again(words.offline);
    } finally {
      sending = null;
    }
    settle();
    if (waiting.size && !retry && !stopped) later(0);
  }

  const taken = (ops, answer) => {
    [tries, renewed, most] = [0, false, MOST];
    form.dataset.at = answer.saved;
    for (const op of ops) {
      const now = waiting.get(op.key);
      const failed = answer.clashes.includes(op.path) || answer.clashes.includes(`${op.path}/${op.row}`);
      if (op.path in answer.refused) refused.set(op.path, op);
      else if (failed) clashed.set(op.kind === "set" ? op.path : `${op.path}/${op.row}`, { ...op, theirs: answer.values[op.path], shown: answer.shown[op.path] });
      else if (op.kind === "set") confirmed(op, now, answer);
      else placed(op);
      if (now === op || op.path in answer.refused || failed) waiting.delete(op.key);
      if (op.path in answer.refused) say(op.path, answer.refused[op.path]);
    }
    take(answer);
  };

  // What was kept is shown in one spelling, unless its writer is still in it.
  const confirmed = (op, now, answer) => {
    setAt(op.path, answer.values[op.path]);
    const text = op.path in answer.shown ? answer.shown[op.path] : op.raw;
    const [control] = page.named(op.path);
    const free = now === op && control && document.activeElement !== control;
    page.write(op.path, free ? text : op.raw, { text: free });
    if (now && now !== op) waiting.set(op.key, { ...now, base: answer.values[op.path] });
  };
  const placed = (op) => {
    const rows = base[op.path] = base[op.path] || [];
    if (op.kind === "insert" && !rows.some((row) => row.id === op.row)) rows.push({ ...op.value, id: op.row });
    if (op.kind === "remove") base[op.path] = rows.filter((row) => row.id !== op.row);
  };

  // The page as the server has it now.
  const take = (answer) => page.steady(() => {
    version = answer.version;
    if (answer.base) base = JSON.parse(answer.base);
    if (answer.fields) page.takeFields(answer.fields, { isChanged, mine: rowsOf("insert"), gone: rowsOf("remove") });
    page.takeParts(answer.parts || {});
    if (answer.texts) page.takeTexts(answer.texts);
    if (answer.said) page.takeSaid(answer.said, answer.wrong);
    for (const op of unsent()) if (op.kind === "set") page.write(op.path, op.raw);
  });

  const again = (told, seconds = 0) => {
    tries += 1;
    window.clearTimeout(retry);
    const wait = seconds * 1000 || Math.min(60000, 1000 * 2 ** tries) * (0.8 + 0.4 * Math.random());
    retry = window.setTimeout(() => { retry = 0; send(); }, wait);
    mark("unsaved", `● ${words.unsaved}${words.colon}${told}`);
  };

  const stop = (told, notice = "", byLogin = true) => {
    [stopped, mends] = [told, byLogin];
    mark("unsaved", `● ${words.unsaved}${words.colon}${told}`);
    const place = document.getElementById("notice");
    if (notice) place.replaceChildren(page.parsed(notice));
    keep();
    keeping.offer([{ key: "", ops: unsent() }], { open: false });
  };

  const trouble = async (response) => {
    const { status } = response;
    if (status === 401) return again(words.login, 15);
    if (status === 403 && !renewed) { // the form's token may be that of a log-in that is over
      const found = await renew();
      if (found === "login") return again(words.login, 15);
      if (found === "later") return again(words.busy);
      if (found === "gone" || found === "other") return stop(words[found]);
      if (found === "open") { renewed = true; return undefined; }
    }
    if (status === 404) return stop(words.gone);
    if (status === 409) return stop(words.other, await response.text());
    if (status === 403) return stop(words.refused, await response.text(), false);
    if (status === 413 || status === 422) return tooMuch(await response.text());
    return again(words.busy, Math.min(120, Number(response.headers.get("Retry-After")) || 0));
  };

  // One change may spoil a whole sending: it is found by halving.
  const tooMuch = (notice) => {
    if (sending.length > 1) { most = Math.ceil(sending.length / 2); return; }
    const [op] = sending;
    const told = page.parsed(notice).textContent.replace(/\s+/g, " ").trim() || words.busy;
    waiting.delete(op.key);
    refused.set(op.path, op);
    say(op.path, told);
    most = MOST;
  };

  // After logging in again, or when somebody else may have written.
  const look = async () => {
    const response = await fetch(`${form.dataset.present}?version=${version}`, { headers: { "HX-Request": "true" }, signal: AbortSignal.timeout(PATIENCE) });
    return response.status === 200 ? response.json() : { status: response.status };
  };
  const renew = async () => {
    const answer = await look().catch(() => ({}));
    if (!answer.version) return { 401: "login", 404: "gone" }[answer.status] || "later";
    if (String(answer.person) !== person) return "other";
    token = answer.token;
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
    return answer.open ? "open" : "closed";
  };
  // Whoever typed is back after somebody else was logged in here, or may write again: what waits goes on its way.
  const resume = async () => {
    if (!mends || (await renew()) !== "open" || !stopped) return;
    [stopped, mends, tries] = ["", false, 0];
    for (const id of ["notice", "unsent"]) document.getElementById(id).replaceChildren();
    settle();
    send();
  };
  window.setInterval(async () => {
    if (document.hidden || sending) return;
    if (stopped) return void resume();
    const answer = await look().catch(() => null);
    if (!answer || !answer.version || sending) return;
    if (String(answer.person) !== person) return void stop(words.other);
    token = answer.token;
    if (waiting.size) page.takeParts(answer.parts);
    else take(answer);
  }, LOOK);

  const back = async () => {
    if (stopped) return void resume();
    const found = retry ? await renew() : "";
    if (found === "open") send();
    if (found === "gone" || found === "other") stop(words[found]);
  };

  const flush = async (patience) => {
    const until = Date.now() + patience;
    send();
    while ((sending || (waiting.size && !retry && !stopped)) && Date.now() < until) await new Promise((done) => { window.setTimeout(done, 40); });
    return !unsent().length;
  };

  // --- rows, and choosing between two texts
  const isOnItsWay = (op) => Boolean(sending && sending.includes(op));
  const desk = { form, words, waiting, clashed, refused, base: () => base, setAt, valueAt, isOnItsWay, change, settle, send };
  const rows = window.gongxue.rows(desk);
  const DOES = {
    ...rows.DOES,
    save: () => flush(PATIENCE),
    next: async () => { if (await flush(PATIENCE)) go(form.dataset.next); },
  };

  // --- listening
  form.addEventListener("input", (event) => { if (event.target.name && event.target.name !== "do" && !event.target.closest("[data-aside]")) typed(event.target.name); });
  form.addEventListener("moved", (event) => { // a row that was dragged to its place
    const node = event.target;
    page.number(node.parentElement);
    change({ kind: "move", path: node.parentElement.dataset.rows, row: node.dataset.row, after: rows.before(node) });
  });
  form.addEventListener("focusout", () => { if (waiting.size) later(50); });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    send();
  });
  form.addEventListener("submit", async (event) => {
    if (leaving) return;
    event.preventDefault();
    const button = event.submitter;
    const [verb, ...target] = (button ? button.value : "save").split(" ");
    if (DOES[verb]) return void DOES[verb](target.join(" "));
    if (!(await flush(PATIENCE))) return; // a step of the section's own works on what is saved
    leaving = true;
    document.getElementById("base").value = JSON.stringify(base);
    window.setTimeout(() => form.requestSubmit(button)); // a form drops what is asked of it while its own submit event is still under way
  });
  const go = (address) => { leaving = true; window.location.assign(address); };
  document.addEventListener("click", async (event) => {
    const link = event.target.closest && event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || link.target || link.download) return;
    if (!waiting.size || link.origin !== window.location.origin || (link.pathname === window.location.pathname && link.hash)) return;
    event.preventDefault();
    await flush(3000);
    window.location.assign(link.href);
  });
  // Other forms of the page wait, too: changing the language, logging out.
  document.addEventListener("submit", async (event) => {
    const other = event.target;
    if (other === form || leaving || !waiting.size || other.dataset.waited || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    await flush(3000);
    other.dataset.waited = "yes";
    other.requestSubmit(event.submitter);
    delete other.dataset.waited;
  }, true);
  document.addEventListener("gongxue:leaving", () => { leaving = true; });
  window.addEventListener("beforeunload", (event) => { if (unsent().length && !leaving) event.preventDefault(); });
  window.addEventListener("pagehide", () => { keeping.release(true); keep(); });
  window.addEventListener("pageshow", () => { keeping.release(false); keep(); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) send(true); else back(); });
  for (const name of ["online", "focus"]) window.addEventListener(name, back);

  // --- what was typed before this was here, and what was left behind
  page.touched().forEach(typed);
  window.gongxue.returning(desk, rows);
})();
