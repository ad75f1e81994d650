addEventListener("pageshow", (event) => {
  const form = document.querySelector("form[data-fresh]");
  if (!form) return;
  const renew = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(9));
    const random = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    const opened = form.elements.id.value.slice(0, 15);
    form.elements.id.value = `${opened}${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(6)}`;
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
