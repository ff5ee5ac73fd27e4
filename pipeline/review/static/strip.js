// The strip along the text: where doubts lie, what is reviewed, and where the window is.
import { byId } from "./dom.js";

export class Strip {
  constructor(go) {
    this.box = byId("strip");
    this.canvas = this.box.querySelector("canvas");
    this.window = this.box.querySelector("i");
    this.parts = [];
    const jump = (event) => {
      const box = this.box.getBoundingClientRect();
      go(Math.min(0.9999, Math.max(0, (event.clientY - box.top) / box.height)));
    };
    this.box.addEventListener("pointerdown", (event) => {
      this.box.setPointerCapture(event.pointerId);
      jump(event);
    });
    addEventListener("scroll", () => this.place(), { passive: true });
    addEventListener("resize", () => this.draw());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
  }

  show(parts) {
    this.parts = parts;
    this.draw();
  }

  draw() {
    const { canvas, parts } = this;
    const style = getComputedStyle(document.body);
    const colour = (name) => {
      document.body.style.outlineColor = `var(${name})`;
      const found = style.outlineColor;
      document.body.style.outlineColor = "";
      return found;
    };
    const high = Math.max(1, this.box.clientHeight * devicePixelRatio);
    canvas.width = 12;
    canvas.height = high;
    const pen = canvas.getContext("2d");
    pen.clearRect(0, 0, 12, high);
    const [doubt, good] = [colour("--doubt"), colour("--good")];
    parts.forEach(([most, reviewed], i) => {
      const [from, to] = [(i / parts.length) * high, ((i + 1) / parts.length) * high];
      pen.globalAlpha = 0.45 * reviewed;
      pen.fillStyle = good;
      pen.fillRect(0, from, 12, to - from);
      if (most > 0) {
        pen.globalAlpha = 0.35 + 0.65 * most;
        pen.fillStyle = doubt;
        pen.fillRect(0, from, 12, Math.max(2, Math.min(to - from, 6)));
      }
    });
    pen.globalAlpha = 1;
    this.place();
  }

  place() {
    const all = document.documentElement.scrollHeight || 1;
    this.window.style.top = `${(scrollY / all) * 100}%`;
    this.window.style.height = `${Math.min(100, (innerHeight / all) * 100)}%`;
  }
}
