addEventListener("pageshow", (event) => {
  const form = document.querySelector("form[data-fresh]");
  if (!form) return;
  const renew = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = bytes[6] & 15 | 112;
    bytes[8] = bytes[8] & 63 | 128;
    const random = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("").slice(12);
    const hex = Date.now().toString(16).padStart(12, "0") + random;
    form.elements.id.value = hex.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };
  if (!event.persisted) {
    renew();
    form.addEventListener("submit", () => { form.dataset.sent = 1; });
  } else if (form.dataset.sent) {
    delete form.dataset.sent;
    form.reset();
    renew();
  }
});
