// Dragging over the timeline narrows to all its bars at once; without this file each bar is a link.
const line = document.querySelector(".timeline svg");
if (line) {
  const bars = [...line.querySelectorAll("a")];
  let first = null;
  const at = (event) => {
    const box = line.getBoundingClientRect();
    const share = Math.min(0.9999, Math.max(0, (event.clientX - box.left) / box.width));
    return Math.floor(share * bars.length);
  };
  const paint = (from, to) => bars.forEach((bar, number) => bar.classList.toggle("in", number >= from && number <= to));
  line.addEventListener("dragstart", (event) => event.preventDefault());
  line.addEventListener("pointerdown", (event) => {
    if (event.button === 0) first = at(event);
  });
  line.addEventListener("pointermove", (event) => {
    if (first !== null) paint(Math.min(first, at(event)), Math.max(first, at(event)));
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
