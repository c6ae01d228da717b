// Dragging over the timeline narrows to all its bars at once; without this file each bar is a link.
const line = document.querySelector(".timeline svg");
if (line) {
  const bars = [...line.querySelectorAll("a")];
  const told = document.querySelector(".timeline output");
  let first = null;
  const at = (event) => {
    const box = line.getBoundingClientRect();
    const share = Math.min(0.9999, Math.max(0, (event.clientX - box.left) / box.width));
    return Math.floor(share * bars.length);
  };
  const label = (number) => bars[number].getAttribute("aria-label");
  const day = (number) => label(number).slice(0, label(number).lastIndexOf(":"));
  const paint = (from, to) => {
    bars.forEach((bar, number) => bar.classList.toggle("in", number >= from && number <= to));
    told.value = from > to ? "" : from === to ? label(from) : `${day(from)} – ${day(to)}`;
  };
  line.addEventListener("dragstart", (event) => event.preventDefault());
  line.addEventListener("pointerdown", (event) => {
    if (event.button === 0) first = at(event);
  });
  line.addEventListener("pointermove", (event) => {
    const here = at(event);
    paint(Math.min(first ?? here, here), Math.max(first ?? here, here));
  });
  line.addEventListener("pointerleave", () => {
    if (first === null) paint(1, 0);
  });
  window.addEventListener("pointerup", (event) => {
    if (first === null) return;
    const last = at(event);
    const [from, to] = [Math.min(first, last), Math.max(first, last)];
    first = null;
    if (from === to) return paint(1, 0);
    const target = new URL(bars[from].href.baseVal, location.href);
    target.searchParams.set("to", new URL(bars[to].href.baseVal, location.href).searchParams.get("to"));
    line.addEventListener("click", (click) => click.preventDefault(), { once: true, capture: true });
    location.href = target;
  });
}
