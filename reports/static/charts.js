// Draws the figures of a page: those in view first, the others when the browser has time.
(function () {
  "use strict";
  var NARROW = 430; // pixels: a phone
  var config = { displayModeBar: false, responsive: true, showTips: false };

  function isObject(value) { return value && typeof value === "object" && !Array.isArray(value); }

  function merge(target, extra) {
    Object.keys(extra || {}).forEach(function (key) {
      if (isObject(extra[key])) {
        target[key] = merge(isObject(target[key]) ? target[key] : {}, extra[key]);
      } else if (!(key in target)) {
        target[key] = extra[key];
      }
    });
    return target;
  }

  function escapeText(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  }

  // The rows of the table twin that belong to these marks, as text for pointing at them: a mark
  // with a label belongs to the row of that name, another to the row at its height.
  function readTwin(place, trace, heights) {
    var table = place.parentElement.querySelector("table");
    var header = Array.from(table.tHead.rows[0].cells, function (cell) { return cell.textContent.trim(); });
    var rows = {};
    Array.from(table.tBodies[0].rows).forEach(function (row, number) {
      var cells = Array.from(row.cells, function (cell) { return cell.textContent.trim(); });
      rows[heights ? heights[number] : cells[0]] = escapeText(cells[0]) + cells.slice(1).map(
        function (text, index) {
          return text && "<br>" + escapeText(header[index + 1] + ": " + text);
        }
      ).join("");
    });
    return (heights ? trace.y : trace.x).map(function (mark) { return rows[mark] || ""; });
  }

  // A spec names roles, the theme knows what a role looks like. What the spec says itself stays.
  function dress(spec, theme, place) {
    var dressed = JSON.parse(JSON.stringify(spec));
    dressed.layout.template = theme.template;
    dressed.layout.separators = document.documentElement.lang === "nl" ? ",." : ".,";
    merge(dressed.layout, theme.layouts[(dressed.layout.meta || {}).role]);
    dressed.data.forEach(function (trace) {
      merge(trace, theme.traces[trace.meta.role]);
      if (trace.hoverinfo === "text" && !trace.hovertext) {
        trace.hovertext = readTwin(place, trace, (dressed.layout.yaxis || {}).ticktext && dressed.layout.yaxis.tickvals);
      }
      if (trace.meta.role === "scored") {
        trace.textfont = {
          size: 14,
          color: trace.marker.color.map(function (score) { return theme.on_score[score - 1]; })
        };
      }
    });
    // A small chart is as high as the style sheet says, and has half a quarter of room at its ends.
    if (!dressed.layout.height) { dressed.layout.height = place.clientHeight; }
    if (dressed.layout.xaxis && dressed.layout.xaxis.type === "category") {
      dressed.layout.xaxis.range = [-0.5, dressed.data[0].x.length - 0.5];
    }
    (dressed.layout.shapes || []).forEach(function (shape) { merge(shape, theme.shapes[shape.name]); });
    (dressed.layout.annotations || []).forEach(function (note) {
      merge(note, theme.annotations[note.name]);
    });
    return dressed;
  }

  // On a narrow chart: fewer numbers along the axis, and of the words above it the first and last.
  function narrow(layout) {
    var words = (layout.annotations || []).filter(function (note) { return note.name === "band"; });
    var ends = [words[0], words[words.length - 1]];
    if (words.length) {
      layout.annotations = layout.annotations.filter(function (note) {
        return note.name !== "band" || ends.indexOf(note) >= 0;
      });
    }
    if (layout.xaxis && layout.xaxis.nticks) { layout.xaxis.nticks = Math.min(layout.xaxis.nticks, 4); }
  }

  function currentTheme(forPrint) {
    return window.krachtwerkTheme[!forPrint && window.krachtwerkIsDark() ? "dark" : "light"];
  }

  window.krachtwerkEscape = escapeText;

  function draw(place, specs, forPrint) {
    var dressed = dress(specs[place.dataset.figure], currentTheme(forPrint), place);
    place.dataset.drawn = "yes";
    if (place.clientWidth < NARROW) { narrow(dressed.layout); }
    if (forPrint) { dressed.layout.width = place.clientWidth; } else { dressed.layout.autosize = true; }
    return Plotly.react(place, dressed.data, dressed.layout, config);
  }

  document.addEventListener("DOMContentLoaded", function () {
    var block = document.getElementById("figures");
    if (!block) { return; }
    var specs = JSON.parse(block.textContent);
    var places = Array.from(document.querySelectorAll("[data-figure]"));
    var whenIdle = window.requestIdleCallback || function (task) { setTimeout(task, 1); };

    window.krachtwerkFigure = function (place) {
      return dress(specs[place.dataset.figure], currentTheme(true), place);
    };

    function isWaiting(place) { return place.dataset.drawn !== "yes"; }
    function isInView(place) {
      var box = place.getBoundingClientRect();
      return box.bottom > 0 && box.top < innerHeight;
    }
    function drawNext() {
      var waiting = places.filter(isWaiting);
      if (!waiting.length) { return; }
      draw(waiting.find(isInView) || waiting[0], specs);
      whenIdle(drawNext, { timeout: 100 });
    }
    function drawAll(forPrint) {
      places.forEach(function (place) { draw(place, specs, forPrint); });
    }
    drawNext();
    document.addEventListener("krachtwerk-theme", function () { drawAll(false); });
    // The class lays the page out as wide as paper, so that the charts can be measured for it.
    addEventListener("beforeprint", function () {
      document.documentElement.classList.add("printing");
      drawAll(true);
    });
    addEventListener("afterprint", function () {
      document.documentElement.classList.remove("printing");
      drawAll(false);
    });
  });
})();
