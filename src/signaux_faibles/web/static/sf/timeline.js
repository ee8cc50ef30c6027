// One cursor over the charts of the axis: it reads aloud the row of the table of the month under it.
for (const axis of document.querySelectorAll("[data-axis]")) {
  const rows = [...axis.parentElement.querySelectorAll("[data-month]")].reverse();
  const headings = [...axis.parentElement.querySelectorAll("thead")]
    .find((head) => head.parentElement.contains(rows[0])).querySelectorAll("th");
  const reading = axis.querySelector(".sf-axis__reading");
  const drawings = [...axis.querySelectorAll(".sf-lane__drawing")];
  let at = rows.length - 1;
  const show = (rank) => {
    at = Math.min(Math.max(rank, 0), rows.length - 1);
    const cells = [...rows[at].querySelectorAll("td")];
    const known = cells.map((cell, n) => [headings[n + 1].textContent, cell.textContent.trim()]).filter((pair) => pair[1] !== "—");
    reading.hidden = false;
    reading.textContent = `${rows[at].dataset.month} : ${known.map((pair) => pair.join(" ")).join(" · ")}`;
    for (const drawing of drawings) {
      drawing.classList.add("sf-lane__drawing--read");
      drawing.style.setProperty("--sf-at", `${((at + 0.5) / rows.length) * 100}%`);
    }
  };
  axis.addEventListener("pointermove", (event) => {
    const drawing = event.target.closest(".sf-lane__drawing");
    if (!drawing) return;
    const box = drawing.getBoundingClientRect();
    show(Math.floor(((event.clientX - box.left) / box.width) * rows.length));
  });
  axis.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    show(at + step);
  });
}
