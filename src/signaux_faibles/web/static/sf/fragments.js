// Fragments of a page: after a list is filtered, the reader's focus goes to the new count.
document.addEventListener("htmx:afterSwap", (event) => {
  const heading = event.detail.target.querySelector("h2[tabindex]");
  if (heading) heading.focus();
});
// A session that ended answers with the sign-in page: the whole page goes there.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (new URL(event.detail.xhr.responseURL).pathname === "/connexion") {
    event.detail.shouldSwap = false;
    window.location.reload();
  }
});
