// The entry form: the verdict on a typed figure, keyboard navigation, pasting from a spreadsheet, a warning before
// leaving. The page works without this file; the server judges and saves.
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

  const byId = (name, field) => document.getElementById(`${name}-${field.dataset.component}`);
  const span = (className, text) => {
    const element = document.createElement("span");
    element.className = className;
    element.textContent = text;
    return element;
  };

  // The verdict on a typed figure

  const timers = new Map();
  let queue = Promise.resolve();

  function judgeSoon(field, wait = WAIT) {
    clearTimeout(timers.get(field));
    timers.set(field, setTimeout(() => { queue = queue.then(() => judge(field)); }, wait));
  }

  async function judge(field) {
    const figure = field.value;
    const body = new URLSearchParams({
      component: field.dataset.component,
      figure,
      sample: byId("sample", field)?.value ?? "",
    });
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    try {
      const answer = await fetch(form.dataset.verdictUrl, {
        method: "POST", body, headers: { "X-CSRFToken": token }, signal: AbortSignal.timeout(8000),
      });
      if (answer.status === 401) unsaved.textContent = (await answer.json()).message;
      else if (answer.ok && field.value === figure) show(field, await answer.json());
      else if (!answer.ok) byId("verdict", field).replaceChildren();
    } catch {
      byId("verdict", field).replaceChildren(); // no answer: saving reports it
    }
  }

  function show(field, verdict) {
    const output = byId("verdict", field);
    if (verdict.refusal) {
      output.replaceChildren(span("refusal", verdict.refusal));
      field.setAttribute("aria-invalid", "true");
    } else {
      const mark = span(`mark s-${verdict.status}`, "");
      const sign = span("sign", verdict.sign);
      sign.setAttribute("aria-hidden", "true");
      mark.append(sign, ` ${verdict.words}`);
      output.replaceChildren(mark, " ", span("understood", verdict.understood));
      field.removeAttribute("aria-invalid");
    }
    byId("error-figure", field)?.remove();
    showQuestion(field, verdict);
  }

  function showQuestion(field, verdict) {
    const question = byId("question", field);
    const box = byId("confirm", field);
    if (box.value !== verdict.value) box.checked = false; // the answer was about another figure
    box.value = verdict.value;
    question.querySelector("p").textContent = verdict.question;
    question.hidden = !verdict.question;
  }

  // Keyboard navigation and undo

  function focusFigure(field, step) {
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
      if (field.tagName === "TEXTAREA") return; // a long text is not discarded by one key
      setValue(field, field.defaultValue);
    } else if (!figures.includes(field)) {
      if (event.key !== "Enter" || field.tagName === "TEXTAREA") return;
    } else if (event.key === "ArrowDown" || (event.key === "Enter" && !event.shiftKey)) {
      focusFigure(field, 1);
    } else if (event.key === "ArrowUp" || event.key === "Enter") {
      focusFigure(field, -1);
    } else {
      return;
    }
    event.preventDefault();
  });

  function setValue(field, value) {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // Pasting a column or a block

  // Spreadsheets separate cells by tabs and rows by line ends; a cell that contains either is quoted.
  function parseCells(text) {
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
    return [...rows, [...row, cell]].map((cells) => cells.map((text) => text.trim()));
  }

  form.addEventListener("paste", (event) => {
    const start = figures.indexOf(event.target);
    const text = event.clipboardData.getData("text/plain");
    if (start < 0 || !/[\t\n\r]/.test(text)) return;
    event.preventDefault();
    pasteBlock(start, parseCells(text));
  });

  function pasteBlock(start, rows) {
    const before = new Map(), filled = [], skipped = [];
    let explained = 0;
    const fill = (field, value) => {
      before.set(field, field.value);
      setValue(field, value);
    };
    rows.forEach(([figure = "", explanation = "", ...more], index) => {
      const field = figures[start + index];
      if (!field) {
        if (figure || explanation) skipped.push(figure || explanation);
        return;
      }
      if (figure) { fill(field, figure); filled.push(field.dataset.label); }
      if (explanation) { fill(byId("explanation", field), explanation); explained += 1; }
      skipped.push(...more.filter(Boolean));
    });
    reportPaste(filled, explained, skipped);
    pasted.querySelector("button").onclick = () => {
      before.forEach((value, field) => setValue(field, value));
      pasted.hidden = true;
      figures[start].focus();
    };
  }

  function reportPaste(filled, explained, skipped) {
    const counted = (number, one, more) => `${number} ${number === 1 ? one : more}`;
    const where = filled.length > 1 ? `${filled[0]} tot en met ${filled.at(-1)}` : filled[0];
    const parts = [];
    if (filled.length) parts.push(`${counted(filled.length, "cijfer", "cijfers")} (${where})`);
    if (explained) parts.push(counted(explained, "toelichting", "toelichtingen"));
    let line = parts.length ? `Geplakt: ${parts.join(" en ")}.` : "Er is niets geplakt.";
    if (skipped.length) {
      const quoted = skipped.slice(0, 3).map((cell) => `‘${cell.length > 30 ? `${cell.slice(0, 30)}…` : cell}’`);
      line += ` Niet geplakt: ${quoted.join(", ")}${skipped.length > 3 ? ` en nog ${skipped.length - 3}` : ""}.`;
    }
    pasted.hidden = false;
    pasted.querySelector("p").textContent = line;
  }

  // Unsaved changes

  let leaving = false;

  function countUnsaved() {
    const changed = texts.filter((field) => field.value !== field.defaultValue).length;
    const isUnsaved = "unsaved" in form.dataset;
    unsaved.textContent = changed ? `${changed} ${changed === 1 ? "veld" : "velden"} gewijzigd, nog niet bewaard`
      : isUnsaved ? "Nog niet bewaard" : "";
    return changed > 0 || isUnsaved;
  }

  form.addEventListener("input", (event) => {
    if (!texts.includes(event.target)) return;
    countUnsaved();
    const field = figures.includes(event.target) ? event.target
      : event.target.closest(".sample") && event.target.closest("tr").querySelector(".figure-field");
    if (field) judgeSoon(field);
  });

  document.addEventListener("submit", (event) => {
    if (event.target === form || event.target.closest(".recovered")) leaving = true;
  });
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && countUnsaved()) event.preventDefault();
  });

  // The bar grows with its texts; the focused field stays above it.
  new ResizeObserver(() => {
    document.documentElement.style.scrollPaddingBlockEnd = `${saveBar.offsetHeight + 24}px`;
  }).observe(saveBar);

  document.querySelector(".faults")?.focus();
  countUnsaved();
})();
