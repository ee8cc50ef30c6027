// The chart of social debts draws the rows of its table, so that what is seen and what is read aloud are the same.
const rows = [...document.querySelectorAll("[data-debt-month]")];
const amounts = (name) => rows.map((row) => (row.dataset[name] === "" ? null : Number(row.dataset[name])));
const euros = new Intl.NumberFormat("fr-FR", { style: "currency", currency: "EUR", maximumFractionDigits: 0 });
const bars = (label, name, colour) => ({ label, data: amounts(name), backgroundColor: colour });

Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
Chart.defaults.color = "#3a3a3a";
new Chart(document.getElementById("graphique-dettes"), {
  type: "bar",
  data: {
    labels: rows.map((row) => row.dataset.debtMonth),
    datasets: [bars("Part salariale", "ouvriere", "#c4761c"), bars("Part patronale", "patronale", "#274472")],
  },
  options: {
    animation: false,
    maintainAspectRatio: false,
    interaction: { mode: "index", intersect: false },
    scales: {
      x: { stacked: true, grid: { display: false } },
      y: { stacked: true, beginAtZero: true, ticks: { callback: (value) => euros.format(value) } },
    },
    plugins: {
      legend: { position: "bottom" },
      tooltip: { callbacks: { label: (item) => `${item.dataset.label} : ${euros.format(item.parsed.y)}` } },
    },
  },
});
