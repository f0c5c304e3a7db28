// Passkeys: the browser is asked to make or to use one, and its answer is sent with the form.
const TO_BYTES = ["challenge", "id"];

function bytes(text) {
  const padded = text.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(padded), (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const letters = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

// What the server wrote as text becomes the bytes that the browser wants.
function asked(value) {
  if (Array.isArray(value)) return value.map(asked);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== null)
      .map(([name, one]) => [
        name,
        TO_BYTES.includes(name) && typeof one === "string" ? bytes(one) : asked(one),
      ]),
  );
}

function answered(credential) {
  const { response } = credential;
  const said = { clientDataJSON: text(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) said[name] = text(response[name]);
  }
  if (response.getTransports) said.transports = response.getTransports();
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: said,
  };
}

const WHY = {
  InvalidStateError: "This device holds a passkey for your account already.",
  NotAllowedError: "It was cancelled, or took too long. Try again.",
  SecurityError: "Passkeys do not work on this address. Use the one with a name.",
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const button = form.querySelector("[data-passkey-start]");
  const fault = form.querySelector("[data-passkey-fault]");
  const options = JSON.parse(document.getElementById("passkey-options").textContent).publicKey;
  if (!window.PublicKeyCredential) {
    fault.textContent = "This browser has no passkeys, or this address is not a safe one.";
    fault.hidden = false;
    continue;
  }
  // Ids are bytes, but that of the relying party is the name of its domain.
  const { rp, ...others } = options;
  const publicKey = rp ? { rp, ...asked(others) } : asked(others);
  button.hidden = false;
  button.addEventListener("click", async () => {
    fault.hidden = true;
    button.disabled = true;
    try {
      const made = await navigator.credentials[form.dataset.passkey]({ publicKey });
      form.elements.credential.value = JSON.stringify(answered(made));
      form.submit();
    } catch (error) {
      fault.textContent = WHY[error.name] ?? "The passkey did not work. Try again.";
      fault.hidden = false;
      button.disabled = false;
    }
  });
}
