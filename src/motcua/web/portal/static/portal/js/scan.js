// Reads the QR of a paper with the camera, where the browser can; the picture stays on the device.
const PAUSE_MS = 250;
const button = document.querySelector("[data-scan]");
const video = document.querySelector("[data-scanner]");

const look = async (detector, stream) => {
  const [found] = await detector.detect(video);
  if (!found) return setTimeout(look, PAUSE_MS, detector, stream);
  stream.getTracks().forEach((track) => track.stop());
  const input = document.querySelector(button.dataset.scan);
  input.value = found.rawValue;
  input.form.requestSubmit();
};

if (button && "BarcodeDetector" in window && navigator.mediaDevices) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const wanted = { video: { facingMode: "environment" } };
    const stream = await navigator.mediaDevices.getUserMedia(wanted);
    video.srcObject = stream;
    video.hidden = false;
    await video.play();
    look(new window.BarcodeDetector({ formats: ["qr_code"] }), stream);
  });
}
