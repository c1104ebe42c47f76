// Sliders over days: they set the date field beside them, and ask for that day when they are let go. Without this script the field is enough.
for (const slider of document.querySelectorAll("input.days")) {
  const field = document.getElementById(slider.dataset.for);
  slider.hidden = false;
  slider.addEventListener("input", () => {
    const day = new Date(`${slider.dataset.first}T00:00:00Z`);
    day.setUTCDate(day.getUTCDate() + Number(slider.value));
    field.value = day.toISOString().slice(0, 10);
    slider.setAttribute("aria-valuetext", field.value);
  });
  slider.addEventListener("pointerup", () => slider.form.requestSubmit()); // from the keyboard every key is a change: there the button asks
}
