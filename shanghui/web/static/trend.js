/* Draws the trends of a page from their data; the table and the sentence stand there without it. */
(function () {
  "use strict";
  if (!window.echarts) { return; }
  Array.prototype.forEach.call(document.querySelectorAll("[data-trend]"), function (place) {
    var option = JSON.parse(document.getElementById(place.getAttribute("data-trend")).textContent);
    place.textContent = "";
    if (place.hasAttribute("data-height")) { place.style.height = place.getAttribute("data-height") + "px"; }
    var chart = window.echarts.init(place, null, { renderer: "svg" });
    chart.setOption(option);
    window.addEventListener("resize", function () { chart.resize(); });
  });
})();
