// Companies that are ticked stay so on the other pages of a list, in any order; other filters forget them, and so does
// the act that is done on them. What is ticked is counted beside the form, so that nobody acts on more than they know.
const KEPT = "sf-ticks";
const ROWS = "tr input[type=checkbox][form=travail]";
const rows = () => [...document.querySelectorAll(ROWS)];
const place = () => {
  const asked = new URLSearchParams(location.search);
  for (const name of ["page", "sort", "columns"]) asked.delete(name);
  asked.sort();
  return `${location.pathname}?${asked}`;
};
const read = () => {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
  return kept.place === place() ? kept.versions : {};
};
const keep = (versions) => sessionStorage.setItem(KEPT, JSON.stringify({ place: place(), versions }));
// The version of a state is the one that was read beside the tick.
const version = (box) => box.closest("tr").querySelector(`input[name="version-${box.value}"]`).value;
const elsewhere = (versions) => {
  const here = new Set(rows().map((box) => box.value));
  return Object.entries(versions).filter(([siren]) => !here.has(siren));
};
const count = (versions) => {
  const all = Object.keys(versions).length;
  const others = elsewhere(versions).length;
  for (const span of document.querySelectorAll("[data-ticked]")) {
    span.textContent = all ? ` (${all}${others ? `, dont ${others} sur d’autres pages` : ""})` : "";
  }
  for (const button of document.querySelectorAll("[data-tick-all]")) button.hidden = false;
  for (const button of document.querySelectorAll("[data-untick-all]")) button.hidden = all === 0;
};
const settle = () => {
  const versions = read();
  keep(versions);
  for (const box of rows()) box.checked = box.value in versions;
  count(versions);
};
const note = (boxes) => {
  const versions = read();
  for (const box of boxes) {
    if (box.checked) versions[box.value] = version(box);
    else delete versions[box.value];
  }
  keep(versions);
  count(versions);
};
document.addEventListener("change", (event) => {
  if (event.target.matches(ROWS)) note([event.target]);
});
document.addEventListener("click", (event) => {
  if (event.target.matches("[data-untick-all]")) {
    keep({});
    settle();
  }
  if (!event.target.matches("[data-tick-all]")) return;
  const all = rows().every((box) => box.checked);
  for (const box of rows()) box.checked = !all;
  note(rows());
});
document.addEventListener("formdata", ({ target, formData }) => {
  if (target.id !== "travail") return;
  for (const [siren, seen] of elsewhere(read())) {
    formData.append("siren", siren);
    formData.append(`version-${siren}`, seen);
  }
  sessionStorage.removeItem(KEPT);
});
// The browser gives a form back as it was when its page is shown again.
addEventListener("pageshow", settle);
document.addEventListener("htmx:afterSettle", settle);
settle();
