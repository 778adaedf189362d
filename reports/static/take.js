// What a reader can take away from a page: a chart as a picture, the talk sheet on one A4.
(function () {
  "use strict";
  var WIDTH = 900;
  var FORMATS = ["png", "svg"];

  // On white, with the title on it: the picture ends up in a document, away from its page.
  function picture(place) {
    var figure = window.krachtwerkFigure(place);
    var heading = document.getElementById(place.getAttribute("aria-labelledby"));
    var name = heading ? heading.textContent : place.getAttribute("aria-label");
    var margin = figure.layout.margin || {};
    figure.layout.title = { text: window.krachtwerkEscape(name), x: 0.02, xanchor: "left" };
    figure.layout.margin = Object.assign({}, margin, { t: (margin.t || 10) + 50 });
    figure.layout.width = WIDTH;
    figure.layout.height = place.clientHeight + 50;
    return figure;
  }

  function save(place, format) {
    var page = location.pathname.split("/").pop().replace(/\.html$/, "");
    return Plotly.downloadImage(picture(place), {
      format: format, width: WIDTH, height: place.clientHeight + 50, scale: format === "png" ? 2 : 1,
      filename: page + "-" + place.dataset.figure
    });
  }

  // Where the table of a chart stands elsewhere: a fold of its own, as other charts have.
  function makeFold(place) {
    var fold = document.createElement("details");
    var summary = document.createElement("summary");
    var name = document.createElement("span");
    summary.textContent = document.body.dataset.saveFold;
    name.textContent = ": " + document.getElementById(place.getAttribute("aria-labelledby")).textContent;
    summary.append(name);
    fold.append(summary);
    place.parentElement.append(fold);
    return fold;
  }

  function offerToSave(place) {
    var box = place.parentElement.querySelector("details") || makeFold(place);
    var line = document.createElement("p");
    line.className = "save";
    line.append(document.body.dataset.saveChart + " ");
    FORMATS.forEach(function (format) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = format.toUpperCase();
      button.addEventListener("click", function () { save(place, format); });
      line.append(button, " ");
    });
    box.append(line);
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-figure]").forEach(offerToSave);
    var button = document.querySelector("[data-print-sheet]");
    if (!button) { return; }
    button.hidden = false;
    button.addEventListener("click", function () {
      document.documentElement.classList.add("sheet");
      print();
    });
    addEventListener("afterprint", function () { document.documentElement.classList.remove("sheet"); });
  });
})();
