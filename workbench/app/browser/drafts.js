// Where is it kept what was typed and does not stand in the model: a text that is not written yet, a half-filled row?
// By id of its field: also while another table is shown, when its row is gone, and when the page is loaded anew.
export const kept = new Map()
const store = `drafts:${document.body.dataset.drafts}`

export const fieldsIn = (region) => region.querySelectorAll("[data-cell] > *, tr.new input, tr.new select")
export const cellOf = (field) => field.closest("[data-cell]")
export const of = ({table, key, column}) => ({table, key, column})
export const tableShown = () => document.querySelector("tr.new")?.dataset.new
const startOf = (table) => `new:${table}:`
export const newId = (table, column) => startOf(table) + column
export const isNewRowEmpty = (table) => ![...kept.keys()].some((id) => id.startsWith(startOf(table)))

// Note what was typed in the fields that are shown.
export function collect(region) {
  for (const field of fieldsIn(region)) {
    if (isOwn(field)) kept.set(field.id, draft(field))
    else kept.delete(field.id)
  }
}

function isOwn(field) {
  const cell = cellOf(field)
  return cell?.dataset.state === "saving" || field.value !== (cell?.dataset.before ?? "")
}

function draft(field) {
  const cell = cellOf(field)
  const isHere = field === document.activeElement
  const one = {value: field.value, isHere, at: isHere ? field.selectionStart : null}
  if (!cell) return {...one, before: "", table: field.closest("tr").dataset.new}
  return {...one, ...of(cell.dataset), before: cell.dataset.before, state: cell.dataset.state,
          what: whatOf(field), said: field.selectedOptions?.[0]?.textContent, row: rowOf(cell)}
}

// The field by its heading, after the names of its row.
function whatOf(field) {
  const keys = [...field.closest("tr").querySelectorAll("th")].filter((one) => one.dataset.value)
  const ids = keys.map((one) => one.dataset.value).join(" · ")
  const names = keys.map((one) => one.firstChild.textContent).join(" · ")
  return names + field.getAttribute("aria-label").slice(ids.length)
}

// All that stands in the row of a cell, by column.
function rowOf(cell) {
  const keys = [...cell.closest("tr").querySelectorAll("th")].map((one) => [one.dataset.column, one.dataset.value])
  const cells = [...cell.closest("tr").querySelectorAll("[data-cell]")]
  return Object.fromEntries([...keys, ...cells.map((one) => [one.dataset.column, one.firstElementChild.value])])
}

// A choice that is none any more stays too; whether it can be written is for the server to say.
export function fill(field, value) {
  field.value = value
  if (field.value !== value && field.tagName === "SELECT") {
    field.add(new Option(value, value))
    field.value = value
  }
}

export function place(field, at) {
  field.focus({preventScroll: true})
  if (at !== null && at !== undefined && field.tagName === "INPUT") field.setSelectionRange(at, at)
}

export function isAnythingUnwritten() {
  collect(document)
  return kept.size > 0
}

// Keep all of it in this tab, for when the page is loaded anew; false when the browser keeps nothing.
export function keep() {
  collect(document)
  try {
    if (kept.size > 0) sessionStorage.setItem(store, JSON.stringify([...kept]))
    else sessionStorage.removeItem(store)
  } catch {
    return kept.size === 0
  }
  return true
}

// What the server told of it is not known to a page that was loaded anew, so it is asked again.
export function takeUp() {
  let found = []
  try {
    found = JSON.parse(sessionStorage.getItem(store) ?? "[]")
  } catch {
    return
  }
  for (const [id, one] of found) kept.set(id, {...one, state: undefined, isAgain: true})
}
