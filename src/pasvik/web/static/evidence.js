// Ties a claim to its words: what the pointer or the keyboard rests on in the list lights up in the text, and the other way round.
const tied = document.querySelectorAll("[data-claims]");
const names = (element) => element.dataset.claims.split(" ");

function light(event) {
  const here = event.target.closest("[data-claims]");
  const wanted = new Set(here && event.type !== "pointerleave" ? names(here) : []);
  for (const element of tied) element.classList.toggle("lit", names(element).some((name) => wanted.has(name)));
}

for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, light);
