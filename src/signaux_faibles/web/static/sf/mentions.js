// Citing a colleague in a comment: after @, the people who may read the text are suggested. The text area stays a plain
// one without JavaScript: the server finds the citations in the text itself.
const TYPING_PAUSE = 150;
const TYPED = /(?:^|[^\w.@])@([^@\n]{1,40})$/;

for (const form of document.querySelectorAll("form[data-mentions]")) {
  const area = form.querySelector("textarea");
  const list = document.createElement("ul");
  const live = document.createElement("p");
  let waiting;
  let asked;
  list.id = `${area.id}-personnes`;
  list.className = "sf-mentions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Personnes à citer");
  live.className = "fr-sr-only";
  live.setAttribute("role", "status");
  area.after(list, live);
  area.setAttribute("aria-autocomplete", "list");
  area.setAttribute("aria-controls", list.id);

  const options = () => [...list.children];
  const chosen = () => options().findIndex((one) => one.getAttribute("aria-selected") === "true");
  const before = () => area.value.slice(0, area.selectionStart);

  const close = () => {
    clearTimeout(waiting);
    asked?.abort();
    list.hidden = true;
    list.replaceChildren();
    area.removeAttribute("aria-activedescendant");
  };
  const choose = (index) => {
    options().forEach((one, rank) => one.setAttribute("aria-selected", String(rank === index)));
    area.setAttribute("aria-activedescendant", options()[index].id);
    options()[index].scrollIntoView({ block: "nearest" });
  };
  const cite = (name) => {
    const start = before().length - TYPED.exec(before())[1].length;
    area.setRangeText(`${name} `, start, area.selectionStart, "end");
    close();
    area.focus();
  };
  const show = (names) => {
    list.replaceChildren(
      ...names.map((name, rank) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${rank}`;
        option.textContent = name;
        option.setAttribute("role", "option");
        option.addEventListener("mousedown", (pressed) => {
          pressed.preventDefault();
          cite(name);
        });
        return option;
      }),
    );
    list.hidden = names.length === 0;
    if (names.length) choose(0);
    live.textContent = names.length
      ? `${names.length} personne${names.length > 1 ? "s" : ""} à citer : flèches pour choisir, Entrée pour citer.`
      : "Personne de ce nom ne peut lire ce texte.";
  };

  area.addEventListener("input", () => {
    const typed = TYPED.exec(before());
    close();
    if (!typed) return;
    const query = new URLSearchParams({ q: typed[1] });
    if (form.querySelector("[name=amicable]")?.checked) query.set("amicable", "on");
    asked = new AbortController();
    waiting = setTimeout(() => {
      fetch(`${form.dataset.mentions}?${query}`, { signal: asked.signal, redirect: "error" })
        .then((answer) => (answer.ok ? answer.json() : { readers: [] }))
        .then((answer) => show(answer.readers))
        .catch(() => {});
    }, TYPING_PAUSE);
  });
  area.addEventListener("keydown", (pressed) => {
    if (list.hidden) return;
    const count = options().length;
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (pressed.key in moves) choose((chosen() + moves[pressed.key] + count) % count);
    else if (pressed.key === "Enter" || pressed.key === "Tab") cite(options()[chosen()].textContent);
    else if (pressed.key === "Escape") close();
    else return;
    pressed.preventDefault();
  });
  area.addEventListener("blur", close);
}
