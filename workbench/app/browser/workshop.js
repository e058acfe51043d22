// How does what is typed in a table reach the server, and stay when the table is shown anew?
const PAUSE_MS = 300
// By id of its field: a cell that is being written, with the text that was asked for, and what the table came with since.
const writing = new Map()
const adding = new Map()
let isShowing = false
let pause = null
let say = () => {}

export function wireWorkshop(speak) {
  say = speak
  document.addEventListener("input", (event) => {
    const cell = cellAt(event)
    if (!cell) return
    clearTimeout(pause)
    const asked = {kind: "typed", ...of(cell), value: event.target.value}
    pause = setTimeout(() => say(asked), PAUSE_MS)
  })
  // A choice is made at once; a text is left. A field that was shown anew while one typed tells of no change.
  for (const kind of ["change", "focusout"]) document.addEventListener(kind, (event) => leave(cellAt(event)))
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button")
    if (!button) return
    if ("undo" in button.dataset) say({kind: "undo"})
    else if ("remove" in button.dataset) say({kind: "remove", table: button.dataset.table, key: button.dataset.key})
    else if ("add" in button.dataset) add(button.closest("tr"))
    else if (button.dataset.settle) {
      write(button.closest("td").querySelector("[data-cell]"), {kind: "settle", which: button.dataset.settle})
    }
  })
  document.addEventListener("keydown", (event) => {
    const row = event.target.closest?.("tr.new")
    const cell = cellAt(event)
    if (cell && event.key === "Escape" && event.target.value !== cell.dataset.before) {
      clearTimeout(pause)
      write(cell, {kind: "settle", which: "theirs"})
    }
    if (row && event.key === "Enter" && event.target.tagName !== "BUTTON") add(row)
  })
}

function leave(cell) {
  if (!cell || isShowing || writing.has(cell.firstElementChild.id)) return
  // A cell in dispute is settled by a choice alone.
  if (cell.dataset.state === "conflict" || cell.firstElementChild.value === cell.dataset.before) return
  clearTimeout(pause)
  write(cell, {kind: "edit", before: cell.dataset.before})
}

function write(cell, message) {
  const {id, value} = cell.firstElementChild
  if (writing.has(id)) return
  writing.set(id, {asked: value})
  cell.dataset.state = "saving"
  say({...message, ...of(cell), value})
}

function add(row) {
  const table = row.dataset.new
  const values = {}
  for (const field of row.querySelectorAll("input, select")) {
    values[field.id.slice(`new:${table}:`.length)] = field.value
    adding.set(field.id, field.value)
  }
  say({kind: "add", table, values})
}

const cellAt = (event) => event.target.closest?.("[data-cell]")
const of = ({dataset}) => ({table: dataset.table, key: dataset.key, column: dataset.column})

// What was typed since it was sent stays: it is based on what stands in the file now.
export function edited({id, kind, now}) {
  const one = writing.get(id)
  writing.delete(id)
  const field = document.getElementById(id)
  const cell = field?.closest("[data-cell]")
  if (!cell) return
  const isTypedOn = one !== undefined && field.value !== one.asked
  cell.dataset.state = kind
  if (kind === "done") {
    // The file may write it otherwise than it was typed.
    cell.dataset.before = one?.latest ?? now
    if (!isTypedOn) field.value = cell.dataset.before
  }
  if (isTypedOn && kind !== "conflict") {
    delete cell.dataset.state
    if (field !== document.activeElement) leave(cell)
  }
}

// What could not be written comes back to its field when its table is opened again.
export function drafted({id, value, kind}) {
  const field = document.getElementById(id)
  const cell = field?.closest("[data-cell]")
  if (!cell || writing.has(id) || field.value !== cell.dataset.before) return
  field.value = value
  cell.dataset.state = kind
}

export const unwritten = () => writing.size > 0 ||
  [...document.querySelectorAll("[data-cell]")].some((cell) => cell.firstElementChild.value !== cell.dataset.before) ||
  [...document.querySelectorAll("tr.new input")].some((field) => field.value !== "")

export function added() {
  for (const [id, value] of adding) {
    const field = document.getElementById(id)
    if (field?.value === value) field.value = ""
  }
  adding.clear()
}

// What is being typed, and was not written yet, stays in its field with the value that it was based on; so that it is
// seen when somebody else changed the same cell meanwhile.
export function hold(region) {
  isShowing = true
  const held = []
  for (const field of region.querySelectorAll("[data-cell] > *, tr.new input, tr.new select")) {
    const cell = field.closest("[data-cell]")
    const before = cell ? cell.dataset.before : ""
    const isOwn = field.value !== before || writing.has(field.id)
    const isHere = field === document.activeElement
    if (isOwn || isHere) {
      held.push({id: field.id, value: field.value, before, isOwn, isHere, state: cell?.dataset.state,
                 at: isHere && field.tagName === "INPUT" ? field.selectionStart : null})
    }
  }
  return () => {
    for (const one of held) show(one)
    isShowing = false
  }
}

function show({id, value, before, isOwn, isHere, state, at}) {
  const field = document.getElementById(id)
  if (!field) return
  if (isOwn) {
    const cell = field.closest("[data-cell]")
    // While it is being written the table may come with it already, or with what somebody else wrote there.
    const one = writing.get(id)
    if (one && field.value !== before) one.latest = field.value
    field.value = value
    if (cell) Object.assign(cell.dataset, {before, ...(state ? {state} : {})})
  }
  if (isHere) {
    field.focus({preventScroll: true})
    if (at !== null) field.setSelectionRange(at, at)
  }
}
