// The parts of the page, and what is remembered; storage may be refused, and the book reads on without it.
const root = document.documentElement;
const byId = (id) => document.getElementById(id);
const main = byId("vv-text");
const layout = byId("vv-layout");
const contents = byId("vv-contents");
const bookKey = "visavis:" + root.dataset.book;
const recall = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key)) || {};
  } catch {
    return {};
  }
};
const remember = (key, facts) => {
  try {
    localStorage.setItem(key, JSON.stringify({ ...recall(key), ...facts }));
  } catch {
    // nothing is kept
  }
};
