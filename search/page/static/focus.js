// Keys, as in other search tools: "/" goes to the search box, "j" and "k" to the next and the previous article, "?" to
// what can be asked and pressed.
// Everything works without this file.
document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") {
    event.preventDefault();
    const box = document.getElementById("q");
    box.focus();
    box.select();
  } else if (event.key === "?") {
    location.href = "/help";
  } else if (event.key === "j" || event.key === "k") {
    const stories = [...document.querySelectorAll(".hit h2 a")];
    const here = stories.findIndex((link) => link.closest(".hit").contains(document.activeElement));
    const next = here + (event.key === "j" ? 1 : -1);
    (stories[here < 0 ? 0 : next] || document.activeElement).focus();
  }
});
