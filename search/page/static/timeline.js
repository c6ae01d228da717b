// A range of bars is chosen by dragging over them, or with the arrow keys and Shift; without this file each bar is a link.
const line = document.querySelector(".timeline svg");
if (line) {
  const bars = [...line.querySelectorAll("a")];
  const told = document.querySelector(".timeline output");
  const label = (number) => bars[number].getAttribute("aria-label");
  const day = (number) => label(number).slice(0, label(number).lastIndexOf(":"));
  const range = (one, other) => [Math.min(one, other), Math.max(one, other)];
  const paint = (from, to, hint = "") => {
    bars.forEach((bar, number) => bar.classList.toggle("in", number >= from && number <= to));
    told.value = from > to ? "" : (from === to ? label(from) : `${day(from)} – ${day(to)}`) + hint;
  };
  const narrow = (from, to) => {
    const target = new URL(bars[from].href.baseVal, location.href);
    target.searchParams.set("to", new URL(bars[to].href.baseVal, location.href).searchParams.get("to"));
    location.href = target;
  };

  let first = null; // the bar on which a button was pressed
  const at = (event) => {
    const box = line.getBoundingClientRect();
    const share = Math.min(0.9999, Math.max(0, (event.clientX - box.left) / box.width));
    return Math.floor(share * bars.length);
  };
  line.addEventListener("dragstart", (event) => event.preventDefault());
  line.addEventListener("pointerdown", (event) => {
    if (event.button === 0) first = at(event);
  });
  line.addEventListener("pointermove", (event) => paint(...range(first ?? at(event), at(event))));
  line.addEventListener("pointerleave", () => {
    if (first === null) paint(1, 0);
  });
  window.addEventListener("pointercancel", () => {
    first = null;
    paint(1, 0);
  });
  window.addEventListener("pointerup", (event) => {
    if (first === null) return;
    const [from, to] = range(first, at(event));
    first = null;
    if (from === to) return paint(1, 0);
    line.addEventListener("click", (click) => click.preventDefault(), { once: true, capture: true });
    narrow(from, to);
  });

  // One stop for the Tab key; arrows move from bar to bar, and with Shift the other end of the range stays.
  let anchor = null;
  const keys = { ArrowLeft: -1, ArrowRight: 1, Home: -bars.length, End: bars.length };
  const stop = (number) => bars.forEach((bar, each) => bar.setAttribute("tabindex", each === number ? 0 : -1));
  stop(bars.length - 1);
  line.addEventListener("keydown", (event) => {
    const here = bars.indexOf(document.activeElement);
    if (event.key in keys) {
      event.preventDefault();
      const next = Math.min(bars.length - 1, Math.max(0, here + keys[event.key]));
      anchor = event.shiftKey ? (anchor ?? here) : null;
      stop(next);
      bars[next].focus();
    } else if (event.key === "Enter" && anchor !== null) {
      event.preventDefault();
      narrow(...range(anchor, here));
    } else if (event.key === "Escape") {
      anchor = null;
      paint(here, here);
    }
  });
  line.addEventListener("focusin", (event) => {
    const here = bars.indexOf(event.target.closest("a"));
    if (here >= 0 && first === null) paint(...range(anchor ?? here, here), anchor === null ? ", Shift and arrows choose more" : ", Enter narrows");
  });
  line.addEventListener("focusout", (event) => {
    if (line.contains(event.relatedTarget)) return;
    anchor = null;
    paint(1, 0);
  });
}
