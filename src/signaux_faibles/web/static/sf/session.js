// A session ends after half an hour without a page. Typing is work too: it is reported now and then, so that a long text is not
// lost. Two minutes before the end, a message offers to stay; once the session is over, another one says so.
const place = document.getElementById("fin-de-session");
const WARNED_FOR = 120_000;
const REPORTED_EVERY = 300_000;
let end = Date.now() + 1000 * Number(place.dataset.left);
let reportedAt = Date.now();
let typedAt = 0;
let timer = 0;
let before = null;

function say(name) {
  place.replaceChildren(...(name ? [document.getElementById(name).content.cloneNode(true)] : []));
  place.querySelector("button")?.addEventListener("click", stay);
}

// What the server answers counts: another tab may have kept the session open, or closed it. One that cannot answer says nothing
// of the session. `seen` says that somebody is here.
async function ask(seen) {
  if (seen) reportedAt = Date.now();
  const answer = await fetch(place.dataset.address, { headers: seen ? {} : { "X-Veille": "1" }, redirect: "manual" }).catch(() => null);
  if (answer?.ok) end = Date.now() + 1000 * (await answer.json()).left;
  else if (answer?.type === "opaqueredirect") end = 0; // it led to sign-in
}

function wait() {
  clearTimeout(timer);
  timer = setTimeout(check, Math.max(1000, end - Date.now() - WARNED_FOR));
}

function show() {
  clearTimeout(timer);
  const left = end - Date.now();
  if (left <= 0) return say("session-fermee");
  if (left > WARNED_FOR) {
    say("");
    return wait();
  }
  if (!place.firstElementChild) say("session-pres-de-la-fin");
  timer = setTimeout(check, left + 1000);
}

async function check() {
  await ask(typedAt > reportedAt);
  show();
}

// The button goes away with its message: what had the focus before has it again.
async function stay() {
  await ask(true);
  if (end > Date.now() && end - Date.now() <= WARNED_FOR) say("session-au-plus");
  show();
  if (document.activeElement === document.body) before?.focus();
}

place.addEventListener("focusin", (event) => {
  before = event.relatedTarget;
});

document.addEventListener("input", () => {
  typedAt = Date.now();
  if (end && typedAt - reportedAt > REPORTED_EVERY) ask(true).then(show);
});
// The clock of a page stands still while the computer sleeps.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && end && end - Date.now() <= WARNED_FOR) check();
});
wait();
