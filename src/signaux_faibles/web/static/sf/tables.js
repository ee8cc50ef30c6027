// A table is a tab stop only where it scrolls; on paper, whatever is folded is open.
const settle = () => {
  for (const frame of document.querySelectorAll(".fr-table__content")) {
    if (frame.scrollWidth > frame.clientWidth) frame.setAttribute("tabindex", "0");
    else frame.removeAttribute("tabindex");
  }
};
addEventListener("load", settle);
addEventListener("resize", settle);
document.addEventListener("htmx:afterSwap", settle);
document.addEventListener("toggle", settle, true);
addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("details:not([open])")) {
    folded.dataset.folded = "";
    folded.open = true;
  }
});
addEventListener("afterprint", () => {
  for (const folded of document.querySelectorAll("details[data-folded]")) {
    folded.open = false;
    delete folded.dataset.folded;
  }
});
