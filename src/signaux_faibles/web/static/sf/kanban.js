// The board: cards are moved by mouse, by touch and by keyboard; what others move is seen within five seconds.
const EVERY = 5000;
const board = document.getElementById("kanban");
const live = document.getElementById("annonce-kanban");
const warning = document.getElementById("message-kanban");
const drawer = document.getElementById("apercu");
let etag = "";
let taken = null; // {card, list, next}: the card in hand, and where it was
let dragging = false;
let sending = false;

function announce(text) {
  live.textContent = "";
  requestAnimationFrame(() => { live.textContent = text; });
}

function warn(text) {
  warning.replaceChildren();
  if (!text) return;
  const box = document.createElement("div");
  box.className = "fr-alert fr-alert--warning fr-alert--sm fr-mb-2w";
  const words = document.createElement("p");
  words.textContent = text;
  box.append(words);
  warning.append(box);
}

function place(card) {
  const list = card.closest("ol");
  const rank = [...list.children].indexOf(card) + 1;
  return `${card.dataset.name} : ${list.dataset.title}, place ${rank} sur ${list.children.length}`;
}

function putBack() {
  taken.list.insertBefore(taken.card, taken.next);
  release();
}

function release() {
  const button = taken.card.querySelector("[data-take]");
  button.setAttribute("aria-pressed", "false");
  button.textContent = "Prendre";
  taken.card.classList.remove("sf-card--taken");
  taken = null;
}

// After a refresh the focus is where it was, whatever has moved.
function keepFocus(refresh) {
  const active = document.activeElement;
  const card = active && active.closest && active.closest(".sf-card");
  const number = card && card.dataset.number;
  const which = active && active.matches("[data-take]") ? "[data-take]" : active && active.matches("summary") ? "summary" : "a";
  refresh();
  const again = number && document.getElementById(`carte-${number}`);
  if (again && !document.activeElement.closest(".sf-card")) (again.querySelector(which) || again.querySelector("a")).focus();
}

async function refresh(force) {
  if ((taken || dragging || sending || board.querySelector("details[open]")) && !force) return;
  const answer = await fetch(board.dataset.poll, { headers: { "X-Veille": "1", ...(etag && !force ? { "If-None-Match": etag } : {}) } });
  if (answer.redirected) return window.location.reload();
  if (answer.status !== 200) return;
  const html = await answer.text();
  if ((taken || dragging) && !force) return;
  etag = answer.headers.get("ETag") || "";
  keepFocus(() => { board.innerHTML = html; });
  attach();
}

async function send(card, list) {
  const before = card.previousElementSibling;
  const body = new URLSearchParams({ column: list.dataset.column, version: card.dataset.version, after: before ? before.dataset.number : "" });
  sending = true;
  try {
    const answer = await fetch(card.dataset.move, {
      method: "POST", body,
      headers: { "X-CSRFToken": board.dataset.csrf, "X-Requested-With": "fetch" },
    });
    const reply = answer.headers.get("Content-Type").includes("json") ? await answer.json() : { notice: "La carte n’a pas été déplacée." };
    if (reply.to) { window.location.href = reply.to; return; }
    warn(reply.notice);
    announce(reply.notice || `Posée. ${place(card)}`);
  } catch (failure) {
    warn("Le réseau ou le serveur n’a pas répondu : la carte n’a pas été déplacée.");
  } finally {
    sending = false;
  }
  await refresh(true);
}

function moveCard(card, key) {
  const list = card.closest("ol");
  if (key === "ArrowUp" && card.previousElementSibling) list.insertBefore(card, card.previousElementSibling);
  if (key === "ArrowDown" && card.nextElementSibling) list.insertBefore(card.nextElementSibling, card);
  if (key === "ArrowLeft" || key === "ArrowRight") {
    const lists = [...card.closest(".sf-lane").querySelectorAll("ol")];
    const target = lists[lists.indexOf(list) + (key === "ArrowRight" ? 1 : -1)];
    if (target) target.prepend(card);
  }
  card.querySelector("[data-take]").focus();
  announce(place(card));
}

board.addEventListener("click", (event) => {
  const link = event.target.closest("[data-preview]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && drawer.showModal) {
    event.preventDefault();
    fetch(link.dataset.preview).then((answer) => answer.text()).then((html) => {
      drawer.querySelector("div").innerHTML = html;
      drawer.showModal();
    });
    return;
  }
  const button = event.target.closest("[data-take]");
  if (!button) return;
  const card = button.closest(".sf-card");
  if (taken && taken.card === card) {
    const list = card.closest("ol");
    release();
    send(card, list);
    return;
  }
  if (taken) putBack();
  taken = { card, list: card.closest("ol"), next: card.nextElementSibling };
  card.classList.add("sf-card--taken");
  button.setAttribute("aria-pressed", "true");
  button.textContent = "Poser";
  announce(`Prise. ${place(card)}. Flèches pour déplacer, Entrée pour poser, Échap pour rendre.`);
});

board.addEventListener("keydown", (event) => {
  if (!taken) return;
  if (event.key === "Escape") {
    const card = taken.card;
    putBack();
    card.querySelector("[data-take]").focus();
    announce(`Rendue. ${place(card)}`);
  } else if (event.key.startsWith("Arrow")) {
    event.preventDefault();
    moveCard(taken.card, event.key);
  }
});

drawer.querySelector("[data-close]").addEventListener("click", () => drawer.close());

function attach() {
  for (const list of board.querySelectorAll("ol[data-column]")) {
    Sortable.create(list, {
      group: list.dataset.lane, animation: 120, draggable: ".sf-card", filter: "button, select, summary", preventOnFilter: false,
      delay: 150, delayOnTouchOnly: true,
      onStart: () => { dragging = true; },
      onEnd: (event) => {
        dragging = false;
        if (event.from !== event.to || event.oldIndex !== event.newIndex) send(event.item, event.to);
      },
    });
  }
}

attach();
setInterval(() => { if (!document.hidden) refresh(false); }, EVERY);
