// Long work, file by file: shows how far it is, and can be stopped and taken up again at any time. Without this file the
// one button does it all in one go. What the server has made stays, whatever happens here.
"use strict";

(() => {
  const form = document.querySelector("form[data-voortgang]");
  if (!form) return;
  const bar = form.querySelector("progress");
  const count = form.querySelector(".count");
  const said = form.querySelector(".said");
  const go = form.querySelector("[type=submit]");
  const stop = form.querySelector(".stop");
  const rows = [...form.querySelectorAll("[data-document]")];
  const total = rows.length;
  let asking = null; // what can be broken off; null when nothing goes on

  const waiting = () => rows.filter((row) => !("klaar" in row.dataset));
  const say = (text, fault = false) => {
    said.classList.toggle("fault", fault);
    said.textContent = text;
  };

  function show() {
    const done = total - waiting().length;
    bar.value = done;
    bar.textContent = count.textContent = `${done} van ${total}`;
    stop.hidden = asking === null;
    go.hidden = asking !== null || done === total;
    go.textContent = done > 0 ? "Verder" : "Verzegel alles";
  }

  async function make(row) {
    const body = new URLSearchParams({ document: row.dataset.document, formaat: row.dataset.formaat });
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    const answer = await fetch(form.action, {
      method: "POST", body, headers: { "X-CSRFToken": token }, redirect: "manual", signal: asking.signal,
    });
    if (answer.type === "opaqueredirect") throw new Error("U bent uitgelogd. Log opnieuw in en ga verder.");
    if (!answer.ok) throw new Error("Dit bestand is niet gelukt. Probeer het opnieuw met ‘Verder’.");
    row.dataset.klaar = "";
    row.querySelector(".state").textContent = "✓ verzegeld";
  }

  async function run() {
    const byHand = document.activeElement === go;
    asking = new AbortController();
    show();
    if (byHand) stop.focus(); // the button that was pressed is gone
    say("Bezig met verzegelen.");
    try {
      for (const row of waiting()) {
        row.querySelector(".state").textContent = "bezig …";
        await make(row);
        show();
      }
      say(`Klaar: alle ${total} bestanden zijn verzegeld.`);
    } catch (error) {
      for (const row of waiting()) row.querySelector(".state").textContent = "nog niet";
      if (error.name === "AbortError") say(`Gestopt: ${total - waiting().length} van ${total} bestanden zijn verzegeld.`);
      else if (error instanceof TypeError) say("De monitor is niet te bereiken. Probeer het opnieuw met ‘Verder’.", true);
      else say(error.message, true);
    }
    const wasOnStop = document.activeElement === stop;
    asking = null;
    show();
    if (wasOnStop) (go.hidden ? form.querySelector(".next a") : go).focus();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (asking === null) run();
  });
  stop.addEventListener("click", () => asking?.abort());
  show();
  if ("begin" in form.dataset) run();
})();
