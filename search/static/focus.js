// "/" goes to the search box, as in other search tools; everything else works without this file.
document.addEventListener("keydown", (event) => {
  const box = document.getElementById("q");
  const isTyping = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    box.focus();
    box.select();
  }
});
