// Fragments of a page: after a list is filtered, the reader's focus goes to the new count.
document.addEventListener("htmx:afterSwap", (event) => {
  const heading = event.detail.target.querySelector("h2[tabindex]");
  if (heading) heading.focus();
});
// Once the session has ended, a fragment is the sign-in page: reload the whole page, which then asks to sign in.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (new URL(event.detail.xhr.responseURL).pathname === "/connexion") {
    event.detail.shouldSwap = false;
    window.location.reload();
  }
});
