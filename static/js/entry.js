// Entering a year: the verdict while one types, moving by keyboard, pasting from a spreadsheet, a warning before
// leaving. The page works without this file, and nothing here decides: the server judges and saves.
"use strict";

(() => {
  const form = document.querySelector("form.entry");
  if (!form) return;
  const figures = [...form.querySelectorAll(".figure-field")];
  const texts = [...form.querySelectorAll(".figure-field, textarea, .sample input")];
  const saveBar = form.querySelector(".save-bar");
  const unsaved = saveBar.querySelector(".unsaved");
  const pasted = saveBar.querySelector(".pasted");
  const WAIT = 350; // milliseconds without a key before the server is asked

  const byId = (name, field) => document.getElementById(`${name}-${field.dataset.onderdeel}`);
  const piece = (className, text) => {
    const span = document.createElement("span");
    span.className = className;
    span.textContent = text;
    return span;
  };

  // -- The verdict while one types

  const timers = new Map();
  let queue = Promise.resolve();

  function judgeSoon(field, wait = WAIT) {
    clearTimeout(timers.get(field));
    timers.set(field, setTimeout(() => { queue = queue.then(() => judge(field)); }, wait));
  }

  async function judge(field) {
    const asked = field.value;
    const body = new URLSearchParams({
      onderdeel: field.dataset.onderdeel,
      cijfer: asked,
      steekproef: byId("steekproef", field)?.value ?? "",
    });
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    try {
      const answer = await fetch(form.dataset.oordeel, {
        method: "POST", body, headers: { "X-CSRFToken": token }, signal: AbortSignal.timeout(8000),
      });
      if (answer.status === 401) unsaved.textContent = (await answer.json()).melding;
      else if (answer.ok && field.value === asked) show(field, await answer.json());
      else if (!answer.ok) byId("oordeel", field).replaceChildren();
    } catch {
      byId("oordeel", field).replaceChildren(); // no answer: saving will tell
    }
  }

  function show(field, said) {
    const output = byId("oordeel", field);
    if (said.weigering) {
      output.replaceChildren(piece("refusal", said.weigering));
    } else {
      const mark = piece(`mark s-${said.stand}`, "");
      const sign = piece("sign", said.teken);
      sign.setAttribute("aria-hidden", "true");
      mark.append(sign, ` ${said.woord}`);
      output.replaceChildren(mark, " ", piece("understood", said.begrepen));
    }
    if (said.weigering) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    byId("fout-cijfer", field)?.remove();
    ask(field, said);
  }

  function ask(field, said) {
    const question = byId("vraag", field);
    const box = byId("klopt", field);
    if (box.value !== said.waarde) box.checked = false; // the answer was about another figure
    box.value = said.waarde;
    question.querySelector("p").textContent = said.vraag;
    question.hidden = !said.vraag;
  }

  // -- Moving, and putting back

  function go(field, step) {
    const next = figures[figures.indexOf(field) + step];
    if (next) {
      next.focus();
      next.select();
    } else if (step > 0) {
      saveBar.querySelector("[type=submit]").focus();
    }
  }

  form.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || !texts.includes(field)) return;
    if (event.key === "Escape") {
      if (field.tagName === "TEXTAREA") return; // a story is not thrown away by one key
      put(field, field.defaultValue);
    } else if (!figures.includes(field)) {
      if (event.key !== "Enter" || field.tagName === "TEXTAREA") return;
    } else if (event.key === "ArrowDown" || (event.key === "Enter" && !event.shiftKey)) {
      go(field, 1);
    } else if (event.key === "ArrowUp" || event.key === "Enter") {
      go(field, -1);
    } else {
      return;
    }
    event.preventDefault();
  });

  function put(field, value) {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // -- Pasting a column or a block

  // Spreadsheets part cells by tabs and rows by line ends; a cell with either in it stands between quotes.
  function cellsOf(text) {
    const rows = [];
    let row = [], cell = "", quoted = false;
    const clean = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    for (let i = 0; i < clean.length; i += 1) {
      const char = clean[i];
      if (quoted && char === '"' && clean[i + 1] === '"') { cell += '"'; i += 1; }
      else if (char === '"' && (quoted || cell === "")) quoted = !quoted;
      else if (char === "\t" && !quoted) { row.push(cell); cell = ""; }
      else if (char === "\n" && !quoted) { rows.push([...row, cell]); row = []; cell = ""; }
      else cell += char;
    }
    return [...rows, [...row, cell]].map((cells) => cells.map((one) => one.trim()));
  }

  form.addEventListener("paste", (event) => {
    const start = figures.indexOf(event.target);
    const text = event.clipboardData.getData("text/plain");
    if (start < 0 || !/[\t\n\r]/.test(text)) return;
    event.preventDefault();
    pasteBlock(start, cellsOf(text));
  });

  function pasteBlock(start, rows) {
    const before = new Map(), filled = [], left = [];
    let explained = 0;
    const place = (field, value) => {
      before.set(field, field.value);
      put(field, value);
    };
    rows.forEach(([figure = "", explanation = "", ...more], index) => {
      const field = figures[start + index];
      if (!field) {
        if (figure || explanation) left.push(figure || explanation);
        return;
      }
      if (figure) { place(field, figure); filled.push(field.dataset.naam); }
      if (explanation) { place(byId("toelichting", field), explanation); explained += 1; }
      left.push(...more.filter(Boolean));
    });
    tell(filled, explained, left);
    pasted.querySelector("button").onclick = () => {
      before.forEach((value, field) => put(field, value));
      pasted.hidden = true;
      figures[start].focus();
    };
  }

  function tell(filled, explained, left) {
    const counted = (number, one, more) => `${number} ${number === 1 ? one : more}`;
    const where = filled.length > 1 ? `${filled[0]} tot en met ${filled.at(-1)}` : filled[0];
    const parts = [];
    if (filled.length) parts.push(`${counted(filled.length, "cijfer", "cijfers")} (${where})`);
    if (explained) parts.push(counted(explained, "toelichting", "toelichtingen"));
    let line = parts.length ? `Geplakt: ${parts.join(" en ")}.` : "Er is niets geplakt.";
    if (left.length) {
      const shown = left.slice(0, 3).map((cell) => `‘${cell.length > 30 ? `${cell.slice(0, 30)}…` : cell}’`);
      line += ` Niet geplakt: ${shown.join(", ")}${left.length > 3 ? ` en nog ${left.length - 3}` : ""}.`;
    }
    pasted.hidden = false;
    pasted.querySelector("p").textContent = line;
  }

  // -- What is not saved yet

  let leaving = false;

  function count() {
    const changed = texts.filter((field) => field.value !== field.defaultValue).length;
    const again = "onbewaard" in form.dataset;
    unsaved.textContent = changed ? `${changed} ${changed === 1 ? "veld" : "velden"} gewijzigd, nog niet bewaard`
      : again ? "Nog niet bewaard" : "";
    return changed > 0 || again;
  }

  form.addEventListener("input", (event) => {
    if (!texts.includes(event.target)) return;
    count();
    const field = figures.includes(event.target) ? event.target
      : event.target.closest(".sample") && event.target.closest("tr").querySelector(".figure-field");
    if (field) judgeSoon(field);
  });

  document.addEventListener("submit", (event) => {
    if (event.target === form || event.target.closest(".kept")) leaving = true;
  });
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && count()) event.preventDefault();
  });

  // The bar grows with what it tells; what has the focus stays above it.
  new ResizeObserver(() => {
    document.documentElement.style.scrollPaddingBlockEnd = `${saveBar.offsetHeight + 24}px`;
  }).observe(saveBar);

  document.querySelector(".faults")?.focus();
  count();
})();
