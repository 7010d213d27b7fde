// The map of a report: a click sets the point and the nearest commune; so does the device's own position.
const map = document.querySelector("[data-pick]");
const form = document.querySelector("[data-report]");
if (map && form) {
  const [west, east, south, north] = map.dataset.pick.split(" ").map(Number);
  const { width, height } = map.viewBox.baseVal;
  const said = document.querySelector("[data-picked]");
  const spots = [...map.querySelectorAll("[data-code]")];
  const point = map.querySelector(".chosen");
  const place = form.elements.place;

  const show = (lat, lon) => {
    point.setAttribute("cx", ((lon - west) / (east - west)) * width);
    point.setAttribute("cy", ((north - lat) / (north - south)) * height);
    point.removeAttribute("hidden");
    said.textContent = said.dataset.words;
  };
  const choose = (lat, lon) => {
    form.elements.lat.value = lat.toFixed(6);
    form.elements.lon.value = lon.toFixed(6);
    const x = ((lon - west) / (east - west)) * width, y = ((north - lat) / (north - south)) * height;
    const far = (spot) => Math.hypot(spot.cx.baseVal.value - x, spot.cy.baseVal.value - y);
    const nearest = spots.reduce((best, spot) => (far(spot) < far(best) ? spot : best));
    place.value = nearest.dataset.code;
    show(lat, lon);
  };
  map.addEventListener("click", (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM().inverse());
    choose(north - (at.y / height) * (north - south), west + (at.x / width) * (east - west));
  });
  place.addEventListener("change", () => {
    form.elements.lat.value = form.elements.lon.value = "";
    point.setAttribute("hidden", "");
    said.textContent = "";
  });
  if (form.elements.lat.value) show(Number(form.elements.lat.value), Number(form.elements.lon.value));
  const here = document.querySelector("[data-here]");
  if (here && "geolocation" in navigator) {
    here.hidden = false;
    here.addEventListener("click", () =>
      navigator.geolocation.getCurrentPosition(({ coords }) => choose(coords.latitude, coords.longitude)));
  }
}
