// How does a slider ask, without ever asking faster than it is answered?
let tell = () => {}
let turn = 0
let underway = null
const next = new Map()

export function wireDials(say, lang, words) {
  tell = say
  const percent = new Intl.NumberFormat(lang, {style: "percent", maximumFractionDigits: 0})
  const rate = new Intl.NumberFormat(lang, {minimumFractionDigits: 2, maximumFractionDigits: 2})
  const shown = {
    share: (value) => percent.format(value).replace(/\s/g, ""),
    rate: (value) => `${rate.format(100 * value)}%`,
    months: (value) => words.months.replace("#", String(value)),
  }
  document.addEventListener("input", (event) => {
    const dial = event.target
    if (!dial.matches?.(".dial input[type=range]")) return
    const written = dial.closest(".dial").querySelector("output")
    written.textContent = shown[dial.dataset.unit](Number(dial.value))
    dial.setAttribute("aria-valuetext", written.textContent)
    next.set(dial.name, Number(dial.value))
    ask()
  })
}

function ask() {
  // One question is underway at a time; of those that wait only the last of each slider is asked.
  if (underway !== null || !next.size) return
  const [name, value] = next.entries().next().value
  next.delete(name)
  underway = ++turn
  tell({kind: "set", name, value, turn: underway})
  // An answer that never comes must not stop the sliders.
  const asked = underway
  setTimeout(() => settle(asked), 3000)
}

export function settle(answered) {
  if (answered !== underway) return
  underway = null
  ask()
}
