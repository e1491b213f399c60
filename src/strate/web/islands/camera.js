/* The camera as a reader of labels: looks until a code is read, says when it cannot, and gives the code back. */
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

const LOOKS_EVERY_MS = 90;
// What labels of this trade bear: those of the house, those of powder makers, those of tools.
const FORMATS = ["QRCode", "MicroQRCode", "DataMatrix", "Code128", "Code39", "EAN13"];
const WIDEST = 1280;

let ready;

/* The decoder comes from this site, never from elsewhere. */
function decoder(address) {
  ready ??= prepareZXingModule({
    overrides: { locateFile: (path) => (path.endsWith(".wasm") ? address : path) },
    fireImmediately: true,
  });
  return ready;
}

/* What a picture holds, exactly as it is written; nothing when nothing is read. */
export async function decoded(image, address) {
  await decoder(address);
  const found = await readBarcodes(image, { formats: FORMATS, tryHarder: true, maxNumberOfSymbols: 1 });
  return found.find((each) => each.isValid)?.text ?? "";
}

/* Opens over the page; ends with the code, or with nothing when the person gives up. */
export function look(say, address) {
  return new Promise((resolve) => new Looking(say, address, resolve).start());
}

class Looking {
  constructor(say, address, resolve) {
    Object.assign(this, { say, address, resolve });
    this.sheet = sheet(say);
    this.video = this.sheet.querySelector("video");
    this.line = this.sheet.querySelector("[role=status]");
  }

  async start() {
    document.body.append(this.sheet);
    this.sheet.showModal();
    this.sheet.addEventListener("close", () => this.end(""));
    this.sheet.querySelector("[data-close]").addEventListener("click", () => this.sheet.close());
    this.tell("opening");
    try {
      this.stream = await camera();
    } catch (refused) {
      this.refused(refused);
      return;
    }
    if (this.over) { this.stop(); return; }
    this.video.srcObject = this.stream;
    await this.video.play();
    this.torch();
    this.tell("aim");
    this.watch();
  }

  tell(word) { this.line.textContent = this.say(`camera-${word}`); }

  /* Why there is no picture, and the other way to the same place. */
  refused(error) {
    const why = { NotAllowedError: "refused", NotFoundError: "none", OverconstrainedError: "none", NotReadableError: "busy", InsecureError: "insecure" };
    this.sheet.classList.add("is-refused");
    this.video.hidden = true;
    this.line.textContent = `${this.say(`camera-${why[error.name] ?? "broken"}`)} ${this.say("camera-otherwise")}`;
    window.strate.sound(false);
  }

  torch() {
    const [track] = this.stream.getVideoTracks();
    if (!track.getCapabilities?.().torch) return;
    const button = this.sheet.querySelector("[data-torch]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      await track.applyConstraints({ advanced: [{ torch: on }] }).catch(() => {});
      button.setAttribute("aria-pressed", String(on));
    });
  }

  async watch() {
    const paper = document.createElement("canvas"), ink = paper.getContext("2d", { willReadFrequently: true });
    while (!this.over) {
      const { videoWidth: wide, videoHeight: high } = this.video;
      if (wide) {
        const scale = Math.min(1, WIDEST / wide);
        paper.width = Math.round(wide * scale);
        paper.height = Math.round(high * scale);
        ink.drawImage(this.video, 0, 0, paper.width, paper.height);
        let code;
        try {
          code = await decoded(ink.getImageData(0, 0, paper.width, paper.height), this.address);
        } catch (error) {
          console.warn(error);
          this.refused(error);
          return;
        }
        if (code && !this.over) { this.end(code); return; }
      }
      await new Promise((go) => setTimeout(go, LOOKS_EVERY_MS));
    }
  }

  end(code) {
    if (this.over) return;
    this.over = true;
    this.stop();
    this.sheet.close();
    this.sheet.remove();
    this.resolve(code);
  }

  stop() { for (const track of this.stream?.getTracks() ?? []) track.stop(); }
}

/* Browsers give a camera only to a page that came by https, or to the device itself. */
async function camera() {
  if (!navigator.mediaDevices?.getUserMedia) throw Object.assign(new Error(), { name: "InsecureError" });
  const wanted = { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } };
  return navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
}

function sheet(say) {
  const made = document.createElement("dialog");
  made.className = "camera";
  made.setAttribute("aria-label", say("camera-title"));
  const video = document.createElement("video");
  video.playsInline = true;
  video.muted = true;
  const line = document.createElement("p");
  line.setAttribute("role", "status");
  const row = document.createElement("p");
  row.className = "row row-apart";
  row.append(button("torch", say("camera-torch")), button("close", say("camera-close")), ...alarm());
  made.append(video, line, row);
  made.querySelector("[data-torch]").hidden = true;
  made.querySelector("[data-torch]").setAttribute("aria-pressed", "false");
  return made;
}

/* The alarm of a spill stays one tap away, the camera open over the page. */
function alarm() {
  const tool = document.querySelector(".tool.is-spill")?.cloneNode(true);
  if (tool) tool.className = "button is-large";
  return tool ? [tool] : [];
}

function button(name, word) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button is-large";
  made.dataset[name] = "";
  made.textContent = word;
  return made;
}
