// Offers to sort by the device's own position; the position goes nowhere but into this address.
const button = document.querySelector("[data-near]");
if (button && "geolocation" in navigator) {
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      const asked = new URLSearchParams({
        lat: coords.latitude.toFixed(3),
        lon: coords.longitude.toFixed(3),
      });
      location.search = asked.toString();
    });
  });
}
