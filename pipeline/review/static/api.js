// Asking the server, and hearing from it.
export class Conflict extends Error {}

const say = async (answer) => {
  if (answer.ok) return answer.json();
  const told = await answer.json().catch(() => ({ problem: `The server answered ${answer.status}.`, remedy: "" }));
  if (answer.status === 409) throw new Conflict(told.conflict);
  throw new Error([told.problem, told.remedy].filter(Boolean).join(" "));
};

const reach = async (path, options) => {
  try {
    return await fetch(path, options);
  } catch {
    throw new Error("The review has ended, or cannot be reached: start visavis review again. What was saved is saved.");
  }
};

export const get = async (path, facts = {}) => say(await reach(`${path}?${new URLSearchParams(facts)}`));

export const post = async (path, body) =>
  say(
    await reach(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...body, author: author() }),
      keepalive: true,
    }),
  );

export const author = () => localStorage.getItem("visavis-author") || document.body.dataset.author;

export const rename = (name) => localStorage.setItem("visavis-author", name.trim());

export const listen = (hear, lost) => {
  const events = new EventSource("/events");
  let here = true;
  events.onmessage = (message) => hear(JSON.parse(message.data));
  events.onopen = () => (here || lost(false), (here = true));
  events.onerror = () => (here && lost(true), (here = false));
};
