// Fragments of a page: after a list is filtered, the reader's focus goes to the new count.
document.addEventListener("htmx:afterSwap", (event) => {
  const heading = event.detail.target.querySelector("h2[tabindex]");
  if (heading) heading.focus();
});
// Once the session has ended, a fragment is a page of sign-in: reload the whole page, which then asks what is missing.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (/^\/(connexion|session\/)/.test(new URL(event.detail.xhr.responseURL).pathname)) {
    event.detail.shouldSwap = false;
    window.location.reload();
  }
});
// Filters that are left empty stay out of the address.
document.addEventListener("htmx:configRequest", (event) => {
  const parameters = event.detail.parameters;
  for (const name of Object.keys(parameters)) if (parameters[name] === "") delete parameters[name];
});
// While a list is being filtered it is dimmed; when that fails, the former list gives way to a message, because it no
// longer answers the filters that are shown beside it.
document.addEventListener("htmx:beforeRequest", (event) => event.detail.target.setAttribute("aria-busy", "true"));
document.addEventListener("htmx:afterRequest", (event) => event.detail.target.removeAttribute("aria-busy"));
for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, (event) => {
    const template = document.getElementById("filtre-en-echec");
    if (!template) return;
    event.detail.target.replaceChildren(template.content.cloneNode(true));
    const message = event.detail.target.querySelector(".fr-alert");
    message.setAttribute("tabindex", "-1");
    message.focus();
  });
}
