// Seals the files of an edition one by one with progress; can be stopped and resumed at any time. Without this script
// the button seals all files in one request. Files that the server has sealed stay sealed.
"use strict";

(() => {
  const form = document.querySelector("form[data-progress]");
  if (!form) return;
  const bar = form.querySelector("progress");
  const count = form.querySelector(".count");
  const message = form.querySelector(".said");
  const start = form.querySelector("[type=submit]");
  const stop = form.querySelector(".stop");
  const rows = [...form.querySelectorAll("[data-document]")];
  const total = rows.length;
  let running = null; // the AbortController of the run, or null

  const unsealed = () => rows.filter((row) => !("sealed" in row.dataset));
  const report = (text, fault = false) => {
    message.classList.toggle("fault", fault);
    message.textContent = text;
  };

  function update() {
    const done = total - unsealed().length;
    bar.value = done;
    bar.textContent = count.textContent = `${done} van ${total}`;
    stop.hidden = running === null;
    start.hidden = running !== null || done === total;
    start.textContent = done > 0 ? "Verder" : "Verzegel alles";
  }

  async function seal(row) {
    const body = new URLSearchParams({ document: row.dataset.document, format: row.dataset.format });
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    const response = await fetch(form.action, {
      method: "POST", body, headers: { "X-CSRFToken": token }, redirect: "manual", signal: running.signal,
    });
    if (response.type === "opaqueredirect") throw new Error("U bent uitgelogd. Log opnieuw in en ga verder.");
    if (!response.ok) throw new Error("Dit bestand is niet gelukt. Probeer het opnieuw met ‘Verder’.");
    row.dataset.sealed = "";
    row.querySelector(".state").textContent = "✓ verzegeld";
  }

  async function run() {
    const hadFocus = document.activeElement === start;
    running = new AbortController();
    update();
    if (hadFocus) stop.focus(); // the pressed button is hidden now
    report("Bezig met verzegelen.");
    try {
      for (const row of unsealed()) {
        row.querySelector(".state").textContent = "bezig …";
        await seal(row);
        update();
      }
      report(`Klaar: alle ${total} bestanden zijn verzegeld.`);
    } catch (error) {
      for (const row of unsealed()) row.querySelector(".state").textContent = "nog niet";
      if (error.name === "AbortError") report(`Gestopt: ${total - unsealed().length} van ${total} bestanden zijn verzegeld.`);
      else if (error instanceof TypeError) report("De monitor is niet te bereiken. Probeer het opnieuw met ‘Verder’.", true);
      else report(error.message, true);
    }
    const stopHadFocus = document.activeElement === stop;
    running = null;
    update();
    if (stopHadFocus) (start.hidden ? form.querySelector(".next a") : start).focus();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (running === null) run();
  });
  stop.addEventListener("click", () => running?.abort());
  update();
  if ("begin" in form.dataset) run();
})();
