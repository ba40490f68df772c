/*
 * Makes a drawn chart interactive when the reader asks for it.
 *
 * A figure names its data: <figure data-chart="ID" data-chart-url="ADDRESS">; the address answers an object with the
 * figures by their ID. The address of the Plotly bundle is the attribute data-plotly of that figure or of this script,
 * that of its style sheet data-plotly-css (or the page has the link already). Nothing is loaded before it is asked
 * for, and only from this site.
 */
(function () {
  "use strict";

  const own = document.currentScript ? document.currentScript.dataset : {};
  const STYLE_ID = "plotly.js-style-global";
  const SHOW = "Interactief";
  const BACK = "Terug naar de gewone grafiek";
  const FAILED = "De interactieve grafiek kon niet worden geladen. De gewone grafiek blijft staan.";

  // The vendored Dutch dictionary lacks several of the texts that a reader meets; these are all of them.
  const DUTCH = {
    dictionary: {
      "Download plot as a PNG": "Bewaar als afbeelding (PNG)",
      "Download plot": "Bewaar als afbeelding",
      "Zoom in": "Inzoomen",
      "Zoom out": "Uitzoomen",
      "Reset axes": "Hele grafiek",
      "Reset": "Hele grafiek",
      "Autoscale": "Passend maken",
      "Double-click to zoom back out": "Dubbelklik om weer uit te zoomen",
      "Preparing image - this may take a few seconds": "De afbeelding wordt gemaakt; dat duurt even",
      "Taking snapshot - this may take a few seconds": "De afbeelding wordt gemaakt; dat duurt even",
      "Image download succeeded": "De afbeelding is bewaard",
      "Snapshot succeeded": "De afbeelding is bewaard",
      "Sorry, there was a problem downloading your image!": "De afbeelding kon niet worden bewaard",
      "Sorry there was a problem downloading your snapshot!": "De afbeelding kon niet worden bewaard",
    },
    format: { decimal: ",", thousands: "." },
  };

  // Which custom property of the page colours which role of the figure.
  const ROLES = {
    measured: "--chart-line",
    value: "--chart-line",
    words: "--ink",
    range: "--chart-line",
    target: "--chart-target",
    baseline: "--ink-soft",
    axis: "--ink-soft",
    break: "--ink-soft",
    grid: "--rule",
    met: "--chart-area",
    unplanned: "--open-soft",
  };

  let loading = null;

  function loaded(element) {
    return new Promise(function (resolve, reject) {
      element.addEventListener("load", resolve, { once: true });
      element.addEventListener("error", function () {
        element.remove();
        reject(new Error("not loaded"));
      }, { once: true });
      document.head.append(element);
    });
  }

  /* The style sheet comes first: with it in place Plotly writes no rules of its own. */
  function loadStyle(figure) {
    if (document.getElementById(STYLE_ID)) return Promise.resolve();
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.id = STYLE_ID;
    link.className = "no-inline-styles";
    link.href = figure.dataset.plotlyCss || own.plotlyCss;
    return loaded(link);
  }

  function loadPlotly(figure) {
    if (window.Plotly) return Promise.resolve();
    if (!loading) {
      const address = figure.dataset.plotly || own.plotly;
      loading = loadStyle(figure).then(function () {
        if (!address) throw new Error("no address");
        const script = document.createElement("script");
        script.src = address;
        return loaded(script);
      });
      loading.catch(function () { loading = null; });
    }
    return loading;
  }

  const answers = new Map();

  /* The data of a figure; figures with one address share one request. What failed is asked for again. */
  function loadSource(parts) {
    if (parts.source) return Promise.resolve();
    const address = parts.figure.dataset.chartUrl;
    if (!answers.has(address)) {
      answers.set(address, fetch(address, { headers: { Accept: "application/json" } }).then(function (response) {
        if (!response.ok) throw new Error("no data");
        return response.json();
      }));
      answers.get(address).catch(function () { answers.delete(address); });
    }
    return answers.get(address).then(function (figures) {
      if (!figures[parts.figure.dataset.chart]) throw new Error("no figure");
      parts.source = JSON.stringify(figures[parts.figure.dataset.chart]);
    });
  }

  /* A custom property as a colour that Plotly understands, whatever the theme made of it. */
  function colourOf(probe, property, otherwise) {
    probe.style.color = otherwise;
    probe.style.color = "var(" + property + ", " + otherwise + ")";
    return getComputedStyle(probe).color;
  }

  function paintTrace(trace, colour) {
    const hollow = trace.marker && trace.marker.line;
    if (trace.line) trace.line.color = colour;
    if (trace.textfont) trace.textfont.color = colour;
    if (trace.marker) trace.marker.color = colour;
    if (hollow) hollow.color = colour;
  }

  /* The figure in the colours and the letter of the page. */
  function painted(source, figure) {
    const chart = JSON.parse(source);
    const probe = document.createElement("span");
    probe.hidden = true;
    probe.style.forcedColorAdjust = "none";
    figure.append(probe);
    const of = function (property, otherwise) { return colourOf(probe, property, otherwise); };
    const layout = chart.layout;
    const ink = of("--ink", layout.font.color);
    const soft = of("--ink-soft", layout.xaxis.linecolor);
    const ground = of("--ground", layout.paper_bgcolor);
    chart.data.forEach(function (trace) {
      if (ROLES[trace.meta]) paintTrace(trace, of(ROLES[trace.meta], (trace.textfont || trace.line || trace.marker).color));
    });
    (layout.shapes || []).forEach(function (shape) {
      const property = ROLES[shape.name];
      if (property && shape.type === "rect") shape.fillcolor = of(property, shape.fillcolor);
      else if (property) shape.line.color = of(property, shape.line.color);
    });
    (layout.annotations || []).forEach(function (words) {
      words.font.color = of(ROLES[words.name] || "--ink-soft", words.font.color);
    });
    layout.font.color = ink;
    layout.font.family = getComputedStyle(figure).fontFamily;
    layout.paper_bgcolor = layout.plot_bgcolor = ground;
    layout.xaxis.linecolor = soft;
    layout.yaxis.gridcolor = of("--rule", layout.yaxis.gridcolor);
    layout.hoverlabel = { align: "left", bgcolor: ground, bordercolor: soft, font: { color: ink, family: layout.font.family } };
    layout.modebar = { bgcolor: ground, color: soft, activecolor: ink };
    probe.remove();
    chart.config.locales = { nl: DUTCH };
    return chart;
  }

  function draw(parts) {
    const chart = painted(parts.source, parts.figure);
    chart.layout.height = parts.height;
    return window.Plotly.react(parts.place, chart.data, chart.layout, chart.config);
  }

  function show(parts) {
    parts.button.setAttribute("aria-busy", "true");
    parts.state.textContent = "De grafiek wordt geladen …";
    return Promise.all([loadSource(parts), loadPlotly(parts.figure)])
      .then(function () {
        const wanted = JSON.parse(parts.source).layout.height || 0;
        parts.height = Math.max(Math.round(parts.picture.getBoundingClientRect().height), wanted);
        parts.place.style.height = parts.height + "px";
        parts.place.hidden = false;
        parts.picture.setAttribute("hidden", "");
        return draw(parts);
      })
      .then(function () {
        parts.state.textContent = "";
        parts.button.textContent = BACK;
      })
      .catch(function () {
        hide(parts);
        parts.state.textContent = FAILED;
      })
      .finally(function () { parts.button.removeAttribute("aria-busy"); });
  }

  function hide(parts) {
    if (window.Plotly) window.Plotly.purge(parts.place);
    parts.place.hidden = true;
    parts.picture.removeAttribute("hidden");
    parts.state.textContent = "";
    parts.button.textContent = SHOW;
  }

  function prepare(figure) {
    const picture = figure.querySelector("svg[role=img]");
    if (!picture) return;
    const title = picture.querySelector("title");
    const parts = {
      figure: figure,
      picture: picture,
      source: "",
      place: document.createElement("div"),
      button: document.createElement("button"),
      state: document.createElement("p"),
      height: 0,
    };
    parts.place.className = "chart-interactive";
    parts.place.hidden = true;
    parts.place.setAttribute("role", "group");
    parts.place.setAttribute("aria-label", title ? title.textContent : "Grafiek");
    parts.button.type = "button";
    parts.button.className = "chart-switch";
    parts.button.textContent = SHOW;
    parts.state.className = "chart-state";
    parts.state.setAttribute("role", "status");
    picture.after(parts.place, parts.button, parts.state);
    // The button keeps its place and its focus; only its words change.
    parts.button.addEventListener("click", function () {
      if (parts.button.getAttribute("aria-busy")) return;
      const work = parts.place.hidden ? show(parts) : Promise.resolve(hide(parts));
      work.then(function () { parts.button.focus({ preventScroll: true }); });
    });
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", function () {
      if (!parts.place.hidden) draw(parts);
    });
  }

  document.querySelectorAll("figure[data-chart]").forEach(prepare);
})();
