// How is a step of a journey map chosen, with a pointer or with keys?
export function wireSteps(say) {
  const choose = (card) => {
    say({kind: "choose", name: "step", value: card.dataset.step})
    mark(card.dataset.step)
  }
  document.addEventListener("click", (event) => {
    const card = event.target.closest?.("svg [data-step]")
    if (card) choose(card)
  })
  document.addEventListener("keydown", (event) => {
    const card = event.target.closest?.("svg [data-step]")
    if (card && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault()
      choose(card)
    }
  })
}

export function offerSteps(root) {
  for (const card of root.querySelectorAll("svg [data-step]")) {
    if (card.hasAttribute("tabindex")) continue
    card.setAttribute("tabindex", "0")
    card.setAttribute("role", "button")
    card.setAttribute("aria-label", card.querySelector("title")?.textContent ?? card.dataset.step)
    // A picture with buttons in it is a group to those who cannot see it.
    card.ownerSVGElement.setAttribute("role", "group")
  }
  mark()
}

function mark(step = new URLSearchParams(location.search).get("step")) {
  for (const card of document.querySelectorAll("svg [data-step]")) {
    card.classList.toggle("chosen", card.dataset.step === step)
    card.setAttribute("aria-pressed", String(card.dataset.step === step))
  }
}
