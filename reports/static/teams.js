// Finding a team in a long list: by a part of its name or setting, accents and capitals aside.
(function () {
  "use strict";
  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("input[data-filters]").forEach(function (field) {
      var items = Array.from(document.getElementById(field.dataset.filters).children);
      var texts = items.map(function (item) {
        var setting = item.querySelector("p");
        return plain(item.querySelector("h3").textContent + " " + (setting ? setting.textContent : ""));
      });
      var status = field.parentElement.querySelector("[role=status]");
      field.parentElement.hidden = false;
      field.addEventListener("input", function () {
        var wanted = plain(field.value.trim());
        var found = 0;
        items.forEach(function (item, place) {
          item.hidden = texts[place].indexOf(wanted) < 0;
          if (!item.hidden) { found += 1; }
        });
        var words = found === 1 ? field.dataset.foundOne : field.dataset.foundOther;
        status.textContent = wanted ? words.replace("#", found) : "";
      });
    });
  });
})();
