// Completions below the search box; without this file one types whole words.
const box = document.getElementById("q");
const list = document.createElement("datalist");
list.id = "completions";
box.after(list);
box.setAttribute("list", list.id);
let asked = null;
let timer = 0;
box.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    if (asked) asked.abort();
    asked = new AbortController();
    try {
      const answer = await fetch("/api/v1/suggest?q=" + encodeURIComponent(box.value), { signal: asked.signal });
      if (!answer.ok) return;
      const found = (await answer.json()).suggestions;
      list.replaceChildren(...found.map((text) => Object.assign(document.createElement("option"), { value: text })));
    } catch (error) {
      if (error.name !== "AbortError") list.replaceChildren();
    }
  }, 120);
});
