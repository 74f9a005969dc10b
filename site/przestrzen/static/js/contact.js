// The work before a message is sent: a number for which SHA-256 of "nonce:number" begins with enough zero bits.
//
// <form data-proof data-working="…"> with the hidden fields challenge (data-nonce, data-bits) and solution, a [data-proof-status]
// and [data-proof-without], what happens without scripts.
// It begins when somebody turns to the form, in a worker, which is this very file; where none can be had, in short slices
// between which the page answers. Without scripts the form is sent as it is and the sender confirms by mail.

const SLICE = 2000;
const K = new Uint32Array(64);
const START = new Uint32Array(8);

// The first 32 bits of the fractional parts of the cube and square roots of the first 64 and 8 primes.
for (let found = 0, number = 2; found < 64; number++) {
  let prime = true;
  for (let factor = 2; factor * factor <= number; factor++) prime &&= number % factor !== 0;
  if (!prime) continue;
  if (found < 8) START[found] = (number ** (1 / 2) % 1) * 2 ** 32;
  K[found++] = (number ** (1 / 3) % 1) * 2 ** 32;
}

const schedule = new Uint32Array(64);

/** The SHA-256 of ASCII text, as eight numbers of 32 bits. */
export function sha256(text) {
  const length = text.length;
  const blocks = (length + 72) >> 6;
  const state = START.slice();
  for (let block = 0; block < blocks; block++) {
    for (let t = 0; t < 16; t++) {
      let word = 0;
      for (let at = block * 64 + t * 4, end = at + 4; at < end; at++) {
        word = (word << 8) | (at < length ? text.charCodeAt(at) : at === length ? 0x80 : 0);
      }
      schedule[t] = word;
    }
    if (block === blocks - 1) schedule[15] = length * 8;
    for (let t = 16; t < 64; t++) {
      const x = schedule[t - 15];
      const y = schedule[t - 2];
      const first = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const second = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      schedule[t] = schedule[t - 16] + first + schedule[t - 7] + second;
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let t = 0; t < 64; t++) {
      const high = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const one = (h + high + ((e & f) ^ (~e & g)) + K[t] + schedule[t]) | 0;
      const low = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const two = (low + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((value, at) => (state[at] += value));
  }
  return state;
}

function enough(state, bits) {
  for (let at = 0; at < 8 && bits > 0; at++, bits -= 32) {
    if (Math.clz32(state[at]) < Math.min(32, bits)) return false;
  }
  return true;
}

/** The first solution from `from` on, or -1 after `tries`. */
function search(nonce, bits, from, tries) {
  for (let number = from; number < from + tries; number++) {
    if (enough(sha256(`${nonce}:${number}`), bits)) return number;
  }
  return -1;
}

function inWorker(nonce, bits) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(import.meta.url, { type: "module" });
    worker.onmessage = (event) => {
      worker.terminate();
      resolve(event.data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      reject(new Error("no worker"));
    };
    worker.postMessage({ nonce, bits });
  });
}

async function inSlices(nonce, bits) {
  for (let from = 0; ; from += SLICE) {
    const found = search(nonce, bits, from, SLICE);
    if (found >= 0) return found;
    await new Promise((resolve) => setTimeout(resolve));
  }
}

async function solve(nonce, bits) {
  try {
    return await inWorker(nonce, bits);
  } catch {
    return inSlices(nonce, bits);
  }
}

function prepare(form) {
  const { challenge, solution } = form.elements;
  const status = form.querySelector("[data-proof-status]");
  form.querySelector("[data-proof-without]").hidden = true;
  let work = null;
  let sending = false;

  function begin() {
    work ??= solve(challenge.dataset.nonce, Number(challenge.dataset.bits)).then((found) => {
      solution.value = String(found);
    });
    return work;
  }

  form.addEventListener("focusin", begin, { once: true });
  form.addEventListener("submit", async (event) => {
    if (solution.value) return;
    event.preventDefault();
    if (sending) return;
    sending = true;
    status.textContent = form.dataset.working;
    await begin();
    status.textContent = "";
    sending = false;
    form.requestSubmit();
  });
}

export function start() {
  document.querySelectorAll("form[data-proof]").forEach(prepare);
}

if (typeof document === "undefined") {
  addEventListener("message", ({ data }) => {
    postMessage(search(data.nonce, data.bits, 0, Number.MAX_SAFE_INTEGER));
  });
}
