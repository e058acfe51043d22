// How does what is typed in a table reach the server, and stay when the table is shown anew?
const PAUSE_MS = 300

export function wireWorkshop(say) {
  let pause = null
  document.addEventListener("input", (event) => {
    const cell = event.target.closest?.("[data-cell]")
    if (!cell) return
    clearTimeout(pause)
    const asked = {kind: "typed", ...of(cell), value: event.target.value}
    pause = setTimeout(() => say(asked), PAUSE_MS)
  })
  document.addEventListener("change", (event) => {
    const cell = event.target.closest?.("[data-cell]")
    if (!cell) return
    clearTimeout(pause)
    if (event.target.value === cell.dataset.before) return
    cell.dataset.state = "saving"
    say({kind: "edit", ...of(cell), before: cell.dataset.before, value: event.target.value})
  })
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button")
    if (!button) return
    if ("undo" in button.dataset) say({kind: "undo"})
    else if ("remove" in button.dataset) say({kind: "remove", table: button.dataset.table, key: button.dataset.key})
    else if ("add" in button.dataset) add(button.closest("tr"))
    else if (button.dataset.settle) {
      const cell = button.closest("td").querySelector("[data-cell]")
      say({kind: "settle", which: button.dataset.settle, ...of(cell), value: cell.firstElementChild.value})
    }
  })
  document.addEventListener("keydown", (event) => {
    const row = event.target.closest?.("tr.new")
    if (row && event.key === "Enter" && event.target.tagName !== "BUTTON") add(row)
  })

  function add(row) {
    const table = row.dataset.new
    const values = {}
    for (const field of row.querySelectorAll("input, select")) {
      values[field.id.slice(`new:${table}:`.length)] = field.value
    }
    say({kind: "add", table, values})
  }
}

const of = ({dataset}) => ({table: dataset.table, key: dataset.key, column: dataset.column})

export function edited({id, kind}) {
  const cell = document.getElementById(id)?.closest("[data-cell]")
  if (!cell) return
  const field = cell.firstElementChild
  cell.dataset.state = kind
  if (kind === "done") {
    // The file may write it otherwise than it was typed.
    if (cell.dataset.latest !== undefined) field.value = cell.dataset.latest
    cell.dataset.before = field.value
  }
  delete cell.dataset.latest
}

// What is being typed, and was not written yet, stays in its field with the value that it was based on; so that it is
// seen when somebody else changed the same cell meanwhile.
export function hold(region) {
  const held = []
  for (const field of region.querySelectorAll("[data-cell] > *, tr.new input, tr.new select")) {
    const cell = field.closest("[data-cell]")
    const before = cell ? cell.dataset.before : ""
    const isOwn = field.value !== before && cell?.dataset.state !== "done"
    const isHere = field === document.activeElement
    if (isOwn || isHere) {
      held.push({id: field.id, value: field.value, before, isOwn, isHere, state: cell?.dataset.state,
                 at: isHere && field.tagName === "INPUT" ? field.selectionStart : null})
    }
  }
  return () => {
    for (const one of held) {
      const field = document.getElementById(one.id)
      if (!field) continue
      if (one.isOwn) {
        const cell = field.closest("[data-cell]")
        // While it is being written the table may come with it already, or with what somebody else wrote there.
        if (one.state === "saving" && field.value !== one.before) cell.dataset.latest = field.value
        field.value = one.value
        if (cell) Object.assign(cell.dataset, {before: one.before, ...(one.state ? {state: one.state} : {})})
      }
      if (one.isHere) {
        field.focus({preventScroll: true})
        if (one.at !== null) field.setSelectionRange(one.at, one.at)
      }
    }
  }
}
