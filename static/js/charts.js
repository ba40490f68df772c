/*
 * Replaces the static SVG of a chart by an interactive Plotly chart when the reader presses its button.
 *
 * <figure data-chart="ID" data-chart-url="URL">: the URL returns a JSON object with the Plotly figures by ID. The
 * attribute data-plotly of that figure or of this script has the URL of the Plotly bundle, data-plotly-css that of its
 * style sheet (unless the page already has the link). Nothing is loaded before the button is pressed, and only from
 * this site.
 */
(function () {
  "use strict";

  const scriptData = document.currentScript ? document.currentScript.dataset : {};
  const STYLE_ID = "plotly.js-style-global";
  const SHOW = "Interactief";
  const BACK = "Terug naar de gewone grafiek";
  const FAILED = "De interactieve grafiek kon niet worden geladen. De gewone grafiek blijft staan.";

  // Every text that Plotly shows here; the Dutch locale of Plotly lacks several.
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

  // The custom property of the page with the colour of each role in the figure.
  const ROLE_COLOURS = {
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

  let plotlyLoading = null;

  /* Add a script or style sheet to the page; the promise settles when it has loaded or failed. */
  function load(element) {
    return new Promise(function (resolve, reject) {
      element.addEventListener("load", resolve, { once: true });
      element.addEventListener("error", function () {
        element.remove();
        reject(new Error("not loaded"));
      }, { once: true });
      document.head.append(element);
    });
  }

  /* Load the style sheet of Plotly before its script: Plotly then adds no inline rules, which the CSP would refuse. */
  function loadStyle(figure) {
    if (document.getElementById(STYLE_ID)) return Promise.resolve();
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.id = STYLE_ID;
    link.className = "no-inline-styles";
    link.href = figure.dataset.plotlyCss || scriptData.plotlyCss;
    return load(link);
  }

  function loadPlotly(figure) {
    if (window.Plotly) return Promise.resolve();
    if (!plotlyLoading) {
      const url = figure.dataset.plotly || scriptData.plotly;
      plotlyLoading = loadStyle(figure).then(function () {
        if (!url) throw new Error("no URL of Plotly");
        const script = document.createElement("script");
        script.src = url;
        return load(script);
      });
      plotlyLoading.catch(function () { plotlyLoading = null; });
    }
    return plotlyLoading;
  }

  const responses = new Map();

  /* Load the data of a figure. Figures with the same URL share one request; a failed request is made again. */
  function loadSource(view) {
    if (view.source) return Promise.resolve();
    const url = view.figure.dataset.chartUrl;
    if (!responses.has(url)) {
      responses.set(url, fetch(url, { headers: { Accept: "application/json" } }).then(function (response) {
        if (!response.ok) throw new Error("no data");
        return response.json();
      }));
      responses.get(url).catch(function () { responses.delete(url); });
    }
    return responses.get(url).then(function (figures) {
      if (!figures[view.figure.dataset.chart]) throw new Error("no figure");
      view.source = JSON.stringify(figures[view.figure.dataset.chart]);
    });
  }

  /* Return a custom property as an rgb() colour, which Plotly can parse whatever the notation in the theme. */
  function colourOf(probe, property, fallback) {
    probe.style.color = fallback;
    probe.style.color = "var(" + property + ", " + fallback + ")";
    return getComputedStyle(probe).color;
  }

  function paintTrace(trace, colour) {
    const outline = trace.marker && trace.marker.line;
    if (trace.line) trace.line.color = colour;
    if (trace.textfont) trace.textfont.color = colour;
    if (trace.marker) trace.marker.color = colour;
    if (outline) outline.color = colour;
  }

  /* Parse the data of a figure and set the colours and the font of the page. */
  function styledChart(source, figure) {
    const chart = JSON.parse(source);
    const probe = document.createElement("span");
    probe.hidden = true;
    probe.style.forcedColorAdjust = "none";
    figure.append(probe);
    const colour = function (property, fallback) { return colourOf(probe, property, fallback); };
    const layout = chart.layout;
    const ink = colour("--ink", layout.font.color);
    const soft = colour("--ink-soft", layout.xaxis.linecolor);
    const background = colour("--ground", layout.paper_bgcolor);
    chart.data.forEach(function (trace) {
      const style = trace.textfont || trace.line || trace.marker;
      if (ROLE_COLOURS[trace.meta]) paintTrace(trace, colour(ROLE_COLOURS[trace.meta], style.color));
    });
    (layout.shapes || []).forEach(function (shape) {
      const property = ROLE_COLOURS[shape.name];
      if (property && shape.type === "rect") shape.fillcolor = colour(property, shape.fillcolor);
      else if (property) shape.line.color = colour(property, shape.line.color);
    });
    (layout.annotations || []).forEach(function (annotation) {
      annotation.font.color = colour(ROLE_COLOURS[annotation.name] || "--ink-soft", annotation.font.color);
    });
    layout.font.color = ink;
    layout.font.family = getComputedStyle(figure).fontFamily;
    layout.paper_bgcolor = layout.plot_bgcolor = background;
    layout.xaxis.linecolor = soft;
    layout.yaxis.gridcolor = colour("--rule", layout.yaxis.gridcolor);
    const hoverFont = { color: ink, family: layout.font.family };
    layout.hoverlabel = { align: "left", bgcolor: background, bordercolor: soft, font: hoverFont };
    layout.modebar = { bgcolor: background, color: soft, activecolor: ink };
    probe.remove();
    chart.config.locales = { nl: DUTCH };
    return chart;
  }

  function draw(view) {
    const chart = styledChart(view.source, view.figure);
    chart.layout.height = view.height;
    return window.Plotly.react(view.container, chart.data, chart.layout, chart.config);
  }

  function show(view) {
    view.button.setAttribute("aria-busy", "true");
    view.message.textContent = "De grafiek wordt geladen …";
    return Promise.all([loadSource(view), loadPlotly(view.figure)])
      .then(function () {
        const minimum = JSON.parse(view.source).layout.height || 0;
        view.height = Math.max(Math.round(view.picture.getBoundingClientRect().height), minimum);
        view.container.style.height = view.height + "px";
        view.container.hidden = false;
        view.picture.setAttribute("hidden", "");
        return draw(view);
      })
      .then(function () {
        view.message.textContent = "";
        view.button.textContent = BACK;
      })
      .catch(function () {
        hide(view);
        view.message.textContent = FAILED;
      })
      .finally(function () { view.button.removeAttribute("aria-busy"); });
  }

  function hide(view) {
    if (window.Plotly) window.Plotly.purge(view.container);
    view.container.hidden = true;
    view.picture.removeAttribute("hidden");
    view.message.textContent = "";
    view.button.textContent = SHOW;
  }

  function prepare(figure) {
    const picture = figure.querySelector("svg[role=img]");
    if (!picture) return;
    const title = picture.querySelector("title");
    const view = {
      figure: figure,
      picture: picture,
      source: "",
      container: document.createElement("div"),
      button: document.createElement("button"),
      message: document.createElement("p"),
      height: 0,
    };
    view.container.className = "chart-interactive";
    view.container.hidden = true;
    view.container.setAttribute("role", "group");
    view.container.setAttribute("aria-label", title ? title.textContent : "Grafiek");
    view.button.type = "button";
    view.button.className = "chart-switch";
    view.button.textContent = SHOW;
    view.message.className = "chart-state";
    view.message.setAttribute("role", "status");
    picture.after(view.container, view.button, view.message);
    // One button for both directions, so that it keeps the focus.
    view.button.addEventListener("click", function () {
      if (view.button.getAttribute("aria-busy")) return;
      const done = view.container.hidden ? show(view) : Promise.resolve(hide(view));
      done.then(function () { view.button.focus({ preventScroll: true }); });
    });
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", function () {
      if (!view.container.hidden) draw(view);
    });
  }

  document.querySelectorAll("figure[data-chart]").forEach(prepare);
})();
