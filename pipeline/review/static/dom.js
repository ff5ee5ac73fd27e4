// Making elements; whatever a text holds, it stays text.
export const byId = (id) => document.getElementById(id);

export const make = (name, facts = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(facts)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "class") element.className = value;
    else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key in element && typeof value === "boolean") element[key] = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
};

export const button = (label, act, facts = {}) => make("button", { type: "button", onclick: act, ...facts }, label);

let timer = 0;
// Something said at the foot of the page, for a while; with a step that the person may take.
export const tell = (text, label = "", act = null) => {
  const said = byId("said");
  clearTimeout(timer);
  said.replaceChildren(text, ...(label ? [button(label, () => (said.replaceChildren(), act()))] : []));
  timer = setTimeout(() => said.replaceChildren(), 9000);
};
