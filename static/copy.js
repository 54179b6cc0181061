// A button that copies, beside each text to copy. Without this file the texts are selected by hand.
for (const snippet of document.querySelectorAll(".to-copy")) {
  const text = snippet.querySelector("textarea");
  const button = document.createElement("button");
  const said = document.createElement("span");
  button.type = "button";
  button.textContent = snippet.dataset.copy;
  button.setAttribute("aria-describedby", snippet.querySelector("label").id = `${text.id}-label`);
  said.setAttribute("role", "status");
  said.className = "quiet";
  button.addEventListener("click", async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      document.execCommand("copy"); // where the page is not served over https
    }
    said.textContent = snippet.dataset.copied;
    setTimeout(() => { said.textContent = ""; }, 3000);
  });
  snippet.append(button, said);
}
