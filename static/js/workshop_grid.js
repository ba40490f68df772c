// The grid of baselines and targets: pasting a block in the cells, keys to move, a count of what is not saved.
// The page works without this file: a text area takes the block.
"use strict";

(() => {
  const form = document.querySelector(".grid-form");
  const table = form?.querySelector(".grid");
  const unsaved = form?.querySelector(".unsaved");
  if (!table || !unsaved) return;
  const isYear = (cell) => cell.closest("td").classList.contains("year-cell");
  const rows = [...table.querySelectorAll("tbody tr:not(.group-row, .note-row)")].map((row) => [...row.querySelectorAll("input")]);
  const cells = rows.flat();
  const place = (cell) => {
    const row = rows.findIndex((inputs) => inputs.includes(cell));
    return [row, row < 0 ? -1 : rows[row].indexOf(cell)];
  };

  function count() {
    const changed = cells.filter((cell) => cell.value !== cell.defaultValue).length;
    unsaved.textContent = changed ? `${changed} ${changed === 1 ? "cel" : "cellen"} gewijzigd, nog niet bewaard` : "";
    return changed;
  }

  function setValue(cell, text) {
    cell.value = text;
    cell.closest("td").classList.toggle("is-pasted", cell.value !== cell.defaultValue);
  }

  form.addEventListener("paste", (event) => {
    const [row, column] = place(event.target);
    const text = event.clipboardData.getData("text/plain");
    if (row < 0 || !/[\t\n\r]/.test(text.trim())) return;
    event.preventDefault();
    const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
    let filled = 0, skipped = 0;
    lines.forEach((line, down) => {
      const inputs = rows[row + down] ?? [];
      // The year of a baseline is no column of a spreadsheet, unless the block starts in it.
      const targets = inputs.slice(column).filter((cell, index) => index === 0 || !isYear(cell));
      line.split("\t").forEach((value, right) => {
        if (targets[right]) { setValue(targets[right], value.trim()); filled += 1; } else if (value.trim()) skipped += 1;
      });
    });
    count();
    unsaved.textContent = `${filled} cellen geplakt, nog niet bewaard${skipped ? `; ${skipped} pasten niet in de tabel` : ""}`;
  });

  table.addEventListener("keydown", (event) => {
    const [row, column] = place(event.target);
    if (row < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { ArrowDown: 1, Enter: event.shiftKey ? -1 : 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    rows[row + step]?.[column]?.focus();
    rows[row + step]?.[column]?.select();
  });

  let leaving = false;
  form.addEventListener("input", count);
  form.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && count()) event.preventDefault();
  });
  count();
})();
