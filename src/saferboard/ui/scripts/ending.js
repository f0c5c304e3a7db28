// A session that is not used ends. Some minutes before, whoever is still there is asked; all tabs of
// the browser count as one. Without JavaScript the next request leads to sign-in and back.
const WARNED_FOR = 5 * 60 * 1000;
const LOOKS_EVERY = 15 * 1000;
const KEPT = "saferboard-used";
const { stay, idle } = document.body.dataset;

function used() {
  return Number(localStorage.getItem(KEPT) ?? 0);
}

function dialog() {
  const made = document.createElement("dialog");
  made.className = "sb-dialog";
  made.setAttribute("aria-labelledby", "ending-title");
  made.innerHTML = `
    <h2 class="govuk-heading-m" id="ending-title">You are about to be signed out</h2>
    <p class="govuk-body">Nothing has happened for a while. You will be signed out in less than
    <strong>5 minutes</strong>, and what you typed and did not save will be lost.</p>
    <button type="button" class="govuk-button govuk-!-margin-bottom-0">Stay signed in</button>`;
  document.body.append(made);
  return made;
}

if (stay && idle) {
  localStorage.setItem(KEPT, String(Date.now()));
  let shown = null;
  const keep = async () => {
    const answer = await fetch(stay, { redirect: "manual" });
    if (answer.status !== 204) {
      window.location.reload();
      return;
    }
    localStorage.setItem(KEPT, String(Date.now()));
    shown?.close();
  };
  setInterval(() => {
    const left = Number(idle) * 1000 - (Date.now() - used());
    if (left <= 0) {
      window.location.reload();
    } else if (left <= WARNED_FOR) {
      if (!shown) {
        shown = dialog();
        shown.querySelector("button").addEventListener("click", keep);
        shown.addEventListener("cancel", keep);
      }
      if (!shown.open) shown.showModal();
    } else if (shown?.open) {
      shown.close();
    }
  }, LOOKS_EVERY);
}
