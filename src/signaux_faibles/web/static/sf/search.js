// Suggestions while a company is being searched: the field becomes a combobox (accessible-autocomplete), and stays a
// plain field of its form without JavaScript, when its library did not load, or when the server does not answer.
const WAIT = 150;
const SHORTEST = 3;
const escaped = (text) => new Option(text).innerHTML.replaceAll('"', "&quot;");

const fields = window.accessibleAutocomplete ? document.querySelectorAll("input[data-suggestions]") : [];

for (const field of fields) {
  const address = field.dataset.suggestions;
  let waiting;
  let asked;
  const source = (text, show) => {
    clearTimeout(waiting);
    asked?.abort();
    asked = new AbortController();
    waiting = setTimeout(() => {
      fetch(`${address}?${new URLSearchParams({ q: text })}`, { signal: asked.signal, redirect: "error" })
        .then((answer) => (answer.ok ? answer.json() : { suggestions: [] }))
        .then((answer) => show(answer.suggestions))
        .catch(() => {});
    }, WAIT);
  };
  const place = document.createElement("div");
  place.className = "sf-suggestions";
  field.replaceWith(place);
  window.accessibleAutocomplete({
    element: place,
    id: field.id,
    name: field.name,
    defaultValue: field.value,
    required: field.required,
    inputClasses: field.className,
    source,
    minLength: SHORTEST,
    confirmOnBlur: false,
    showNoOptionsFound: false,
    displayMenu: "overlay",
    templates: {
      inputValue: (one) => one?.text ?? "",
      suggestion: (one) =>
        typeof one === "string"
          ? escaped(one)
          : `${escaped(one.text)}<span class="sf-detail">${escaped(one.detail)}</span>`,
    },
    onConfirm: (one) => one?.url && window.location.assign(one.url),
    tStatusQueryTooShort: (length) => `Suggestions à partir de ${length} lettres.`,
    tStatusNoResults: () => "Aucune suggestion.",
    tStatusSelectedOption: (option, length, index) => `${option}, ${index + 1} sur ${length}, sélectionnée.`,
    tStatusResults: (length, option) => `${length} suggestion${length > 1 ? "s" : ""}. ${option}`,
    tAssistiveHint: () => "Les suggestions se parcourent avec les flèches haut et bas, et s’ouvrent avec Entrée.",
  });
  place.querySelector("input").maxLength = field.maxLength;
}
// Filters that are left empty stay out of the address.
for (const form of document.querySelectorAll("form[role=search]")) {
  form.addEventListener("formdata", ({ formData }) => {
    for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
  });
}
