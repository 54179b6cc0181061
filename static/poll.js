// The frame of the poll becomes as high as what it shows. Without this file it keeps its height, and scrolls.
const frame = document.querySelector(".poll-frame");

function fit() {
  const shown = frame.contentDocument?.querySelector(".framed > body");
  if (!shown) return; // not loaded yet, or a page of an error
  new ResizeObserver(() => {
    frame.style.height = `${Math.ceil(shown.getBoundingClientRect().height)}px`;
  }).observe(shown);
}

frame.addEventListener("load", fit);
fit();
