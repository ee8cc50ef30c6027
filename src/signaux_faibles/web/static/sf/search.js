// Suggestions while a company, or a place, is being searched: the field becomes a combobox (accessible-autocomplete), and
// stays a plain field of its form without JavaScript, when its library did not load, or when the server does not answer.
const WAIT = 150;
const escaped = (text) => new Option(text).innerHTML.replaceAll('"', "&quot;");
const detailed = (one) => `${escaped(one.text)}<span class="sf-detail">${escaped(one.detail)}</span>`;

function suggested(address) {
  let waiting;
  let asked;
  return (text, show) => {
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
}

function combobox(field, { address, shortest, suggestion, opened, hint, onConfirm }) {
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
    source: suggested(address),
    minLength: shortest,
    confirmOnBlur: false,
    showNoOptionsFound: false,
    displayMenu: "overlay",
    templates: {
      inputValue: (one) => opened(one),
      suggestion: (one) => (typeof one === "string" ? escaped(one) : suggestion(one)),
    },
    onConfirm: (one) => one && onConfirm(one, place.querySelector("input")),
    tStatusQueryTooShort: (length) => `Suggestions à partir de ${length} lettres.`,
    tStatusNoResults: () => "Aucune suggestion.",
    tStatusSelectedOption: (option, length, index) => `${option}, ${index + 1} sur ${length}, sélectionnée.`,
    tStatusResults: (length, option) => `${length} suggestion${length > 1 ? "s" : ""}. ${option}`,
    tAssistiveHint: () => hint,
  });
  place.querySelector("input").maxLength = field.maxLength;
}

const found = (selector) => (window.accessibleAutocomplete ? document.querySelectorAll(selector) : []);

for (const field of found("input[data-suggestions]")) {
  combobox(field, {
    address: field.dataset.suggestions,
    shortest: 3,
    suggestion: detailed,
    opened: (one) => one?.text ?? "",
    hint: "Les suggestions se parcourent avec les flèches haut et bas, et s’ouvrent avec Entrée.",
    onConfirm: (one) => one.url && window.location.assign(one.url),
  });
}

// A town or a postcode stays in the field; a department or a region is chosen in its own list, which takes the focus.
for (const field of found("input[data-places]:not([aria-invalid])")) {
  combobox(field, {
    address: field.dataset.places,
    shortest: 2,
    suggestion: (one) => {
      const title = one.group ? `<span class="sf-group" aria-hidden="true">${escaped(one.group)}</span>` : "";
      return `${title}${escaped(one.text)}`;
    },
    opened: (one) => (one?.filter === field.name ? one.value : ""),
    hint: "Les lieux se parcourent avec les flèches haut et bas, et se choisissent avec Entrée.",
    onConfirm: (one, input) => {
      const list = input.form.elements[one.filter];
      if (list === input) return;
      list.value = one.value;
      setTimeout(() => list.focus()); // once the field, which keeps the focus, is drawn again
    },
  });
}

// Filters that are left empty stay out of the address.
for (const form of document.querySelectorAll("form[role=search]")) {
  form.addEventListener("formdata", ({ formData }) => {
    for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
  });
}
