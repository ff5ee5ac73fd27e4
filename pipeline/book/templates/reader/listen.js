// Listening, where the browser has voices for a language of the book: one sentence, or on and on.
const speech = globalThis.speechSynthesis;
let reading = null; // the pair being read while reading on
const voiceFor = (span) => {
  const tag = span.closest("[lang]").lang.toLowerCase();
  const voices = speech.getVoices().filter((voice) => voice.lang.toLowerCase().split(/[-_]/)[0] === tag.split("-")[0]);
  return voices.find((voice) => voice.lang.toLowerCase().replace("_", "-") === tag) || voices.find((one) => one.default) || voices[0];
};
const chosenRadio = (name) => document.querySelector(`input[name="vv-${name}"]:checked`).value;
const tellVoices = () => {
  const pair = allSources().length ? pairOf(allSources()[0]) : null;
  byId("vv-listen").hidden = !speech || !pair || !(voiceFor(pair.source) || voiceFor(pair.target));
};
const hush = () => {
  reading = null;
  speech?.cancel();
};
const say = (span, then) => {
  const voice = span.classList.contains("n") ? null : voiceFor(span);
  if (!voice) return then();
  const words = new SpeechSynthesisUtterance(span.textContent);
  words.voice = voice;
  words.lang = voice.lang;
  words.rate = Number(chosenRadio("speed"));
  words.onend = then;
  speech.speak(words);
};
const sayPair = (pair, then) => {
  const sides = { source: [pair.source], target: [pair.target], both: [pair.source, pair.target] }[chosenRadio("voice")];
  const spoken = sides.filter((span) => !span.parentNode.hidden);
  const next = (i) => (i < spoken.length ? say(spoken[i], () => next(i + 1)) : then());
  next(0);
};
const sayOne = () => {
  hush();
  const pair = active || (here() && pairOf(here()));
  if (pair) (activate(pair), sayPair(pair, () => 0));
};
const readFrom = (span) => {
  hush();
  const pair = span && pairOf(span);
  if (!pair) return;
  reading = pair;
  activate(pair);
  if (!onScreen(faceOf(pair))) goToPair(pair, "center");
  sayPair(pair, () => {
    if (reading !== pair) return;
    const spans = allSources();
    readFrom(spans[spans.indexOf(pair.source) + 1]);
  });
};
const toggleListening = () => {
  if (byId("vv-listen").hidden) return;
  if (speech.speaking || reading) hush();
  else readFrom(active && onScreen(faceOf(active)) ? active.source : here());
};
byId("vv-say").addEventListener("click", sayOne);
byId("vv-read").addEventListener("click", () => readFrom(active && onScreen(faceOf(active)) ? active.source : here()));
byId("vv-hush").addEventListener("click", hush);
if (speech) {
  tellVoices();
  speech.addEventListener?.("voiceschanged", tellVoices);
}
