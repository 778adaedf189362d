// Light, dark or as the computer prefers: set before the page is painted, kept for the next page.
(function () {
  "use strict";
  var root = document.documentElement;
  var key = "krachtwerk-theme";
  function remembered() {
    try { return localStorage.getItem(key); } catch (error) { return null; }
  }
  function remember(theme) {
    // A page opened from disk may have no storage; the choice then lasts for this page only.
    try { localStorage.setItem(key, theme); } catch (error) { return; }
  }
  window.krachtwerkIsDark = function () {
    if (root.dataset.theme) { return root.dataset.theme === "dark"; }
    return matchMedia("(prefers-color-scheme: dark)").matches;
  };
  var theme = remembered();
  if (theme === "dark" || theme === "light") { root.dataset.theme = theme; }

  document.addEventListener("DOMContentLoaded", function () {
    var button = document.querySelector("[data-theme-toggle]");
    function show() { button.setAttribute("aria-pressed", String(window.krachtwerkIsDark())); }
    button.hidden = false;
    show();
    button.addEventListener("click", function () {
      root.dataset.theme = window.krachtwerkIsDark() ? "light" : "dark";
      remember(root.dataset.theme);
      show();
      document.dispatchEvent(new Event("krachtwerk-theme"));
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", function () {
      show();
      document.dispatchEvent(new Event("krachtwerk-theme"));
    });
  });
})();
