// A list by keyboard: j and k go from a company to the next, on to the other pages of the list, Enter opens it as any
// link, x ticks it. On the page of a company, j and k open the next and the one before. On both, m opens the form that
// marks, and u undoes what was just done, where the page says so. A key held down stops at the last row: it opens no page
// and undoes nothing. Keys typed in a field, or with a modifier, keep their meaning; who needs those letters otherwise, as
// when dictating, turns them off.
const typing = (target) => target.closest("input:not([type=checkbox]), select, textarea") !== null;
const step = (by, held) => {
  const links = [...document.querySelectorAll("a[data-row]")];
  if (links.length === 0) {
    const link = document.querySelector(by > 0 ? "a[rel=next]" : "a[rel=prev]");
    if (link && !held) link.click();
    return;
  }
  const row = document.activeElement.closest("tr");
  const here = links.findIndex((link) => link.closest("tr") === row);
  const there = links[here === -1 ? 0 : here + by];
  if (there) there.focus();
  else if (!held) turn(by);
};
// The page after the last company opens on its first one, and the page before the first on its last.
const FIRST = "#premiere";
const LAST = "#derniere";
const turn = (by) => {
  const page = document.querySelector(`a[href].fr-pagination__link--${by > 0 ? "next" : "prev"}`);
  if (page) location.assign(page.href + (by > 0 ? FIRST : LAST));
};
const tick = () => {
  const row = document.activeElement.closest("tr");
  const box = row && row.querySelector("input[type=checkbox]");
  if (box) box.click();
};
const mark = () => {
  const form = document.querySelector("[data-mark]");
  if (!form) return;
  form.open = true;
  form.querySelector("select").focus();
};
const undo = ({ repeat }) => {
  if (!repeat && document.querySelector("[data-keys]")) document.querySelector("[data-undo]")?.click();
};
const OFF = "sf-keys-off";
const off = () => localStorage.getItem(OFF) !== null;
const keys = { j: ({ repeat }) => step(1, repeat), k: ({ repeat }) => step(-1, repeat), x: tick, m: mark, u: undo };
// What an act needs is asked before it is sent: a reason to set aside, a day, somebody.
document.addEventListener("change", ({ target }) => {
  const form = target.name === "act" && target.closest("[data-mark] form");
  for (const field of form ? form.querySelectorAll("[data-needed-by]") : []) {
    field.required = field.dataset.neededBy.split(" ").includes(target.value);
  }
});
// In the form that marks, Ctrl and Enter save, and go on to the next company where there is one.
document.addEventListener("keydown", (event) => {
  const form = event.ctrlKey && event.key === "Enter" && event.target.closest("[data-mark] form");
  if (!form) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector("button[name=then]") ?? form.querySelector("button[type=submit]"));
});
document.addEventListener("keydown", (event) => {
  if (off() || event.ctrlKey || event.altKey || event.metaKey || typing(event.target) || !keys[event.key]) return;
  event.preventDefault();
  keys[event.key](event);
});
for (const button of document.querySelectorAll("[data-keys]")) {
  const settle = () => {
    button.textContent = off() ? "Rétablir ces touches" : "Couper ces touches";
  };
  button.addEventListener("click", () => {
    if (off()) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "");
    settle();
  });
  settle();
  button.hidden = false;
}
// Back from the page of a company, the row that led to it has the focus; the browser drops it when it scrolls there.
addEventListener("load", () => {
  const links = [...document.querySelectorAll("a[data-row]")];
  const row = location.hash.startsWith("#e-") && document.getElementById(location.hash.slice(1));
  const link = { [FIRST]: links.at(0), [LAST]: links.at(-1) }[location.hash] ?? (row && row.querySelector("a[data-row]"));
  if (link) link.focus();
});
