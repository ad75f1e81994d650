(function () {
"use strict";
/* The page works without all of this; every part stands for itself. Plain enough for a phone of ten years ago. */
var form = document.getElementById("survey");
var id = form.elements.id;
var own = !form.elements.mode;
var fresh = form.hasAttribute("data-fresh");
var key = "jawaban" + location.pathname;
var sent = 0;
var pressed;
function each(list, work) {
  Array.prototype.forEach.call(list, work);
}
function say(name) {
  return form.getAttribute("data-" + name);
}
function add(tag, parent, text, before) {
  var made = document.createElement(tag);
  if (text) made.textContent = text;
  parent.insertBefore(made, before || null);
  return made;
}
function stored(place, work) {
  try {
    return work(window[place + "Storage"]);
  } catch (error) {
    /* Blocked or full: the page does without. */
  }
}
function random(length) {
  var text = "";
  var bytes = new Uint8Array(length);
  (window.crypto || window.msCrypto).getRandomValues(bytes);
  each(bytes, function (byte) {
    text += (byte & 15).toString(16);
  });
  return text;
}
/* A new identity for every opening of a page that may have come from a cache; its beginning is the time of opening. */
function renew() {
  id.value = id.value.slice(0, 15) + random(3) + "-8" + random(3) + "-" + random(12);
}
/* What was filled in survives a reload, with its identity, so that nothing is sent twice. Not on a shared tablet. */
function fields(work) {
  each(form.elements, function (field) {
    if (field.name && field.type !== "hidden" && field.type !== "submit") work(field);
  });
}
function save() {
  var kept = { id: id.value, sent: sent };
  fields(function (field) {
    if (field.type !== "radio" || field.checked) kept[field.name] = field.value;
  });
  if (own) stored("session", function (store) { store.setItem(key, JSON.stringify(kept)); });
}
function restore() {
  var kept = own && stored("session", function (store) { return JSON.parse(store.getItem(key)); });
  /* What was sent comes back only to whoever goes back to it: it may not have arrived. */
  var visit = window.performance && performance.navigation;
  if (!kept || !kept.id || (kept.sent && !(visit && visit.type))) return renew();
  id.value = kept.id;
  fields(function (field) {
    if (field.type === "radio") field.checked = kept[field.name] === field.value;
    else if (kept[field.name]) field.value = kept[field.name];
  });
}
function mark() {
  var place = 0;
  each(document.querySelectorAll("fieldset"), function (question) {
    var answered = false;
    each(question.querySelectorAll("input"), function (input) {
      input.parentNode.className = input.checked ? "option on" : "option";
      answered = answered || input.checked;
    });
    document.querySelectorAll(".steps i")[place++].className = answered ? "on" : "";
    if (answered) calm(question);
  });
}
function calm(question) {
  var told = question.querySelector(".told");
  if (told) question.removeChild(told);
  if (told) question.className = "card";
}
/* A marker for today, of no meaning tomorrow. */
function markDevice() {
  var today = new Date().toISOString().slice(0, 10);
  stored("local", function (store) {
    var marker = store.getItem("penanda") || "";
    if (marker.indexOf(today) !== 0) store.setItem("penanda", marker = today + random(24));
    form.elements.device_marker.value = marker.slice(10);
  });
}
/* Arrows walk through what was found, Enter takes the first of it, Escape ends the search; whether it was one of them. */
function walk(code, from, input, list) {
  var rows = list.querySelectorAll("button");
  var at = Array.prototype.indexOf.call(rows, from);
  if (code === 40 || code === 38) (rows[at + code - 39] || input).focus();
  else if (code === 27) {
    input.value = list.textContent = "";
    input.focus();
  } else if (code === 13 && at < 0) {
    if (rows[0]) rows[0].onclick();
  } else return false;
  return true;
}
/* Among hundreds of services a few letters find one. */
function find(select) {
  var label = add("label", select.parentNode, say("find"), select);
  var input = add("input", select.parentNode, "", select);
  var list = add("ul", select.parentNode, "", select);
  label.htmlFor = input.id = "find";
  label.className = "quiet";
  input.type = "search";
  list.className = "found";
  list.setAttribute("aria-live", "polite");
  input.onkeydown = list.onkeydown = function (event) {
    if (walk(event.keyCode, event.target, input, list)) event.preventDefault();
  };
  input.oninput = function () {
    var words = input.value.toLowerCase().split(/\s+/);
    var shown = [];
    list.textContent = "";
    if (!input.value.trim()) return;
    each(select.options, function (option) {
      var text = (option.text + " " + (option.parentNode.label || "")).toLowerCase();
      if (!option.value || shown.length > 7 || words.some(function (word) { return text.indexOf(word) < 0; })) return;
      /* What the counter offers stands in two groups. */
      if (shown.indexOf(option.value) >= 0) return;
      shown.push(option.value);
      var button = add("button", add("li", list), option.text);
      button.type = "button";
      button.className = "second";
      button.onclick = function () {
        select.value = option.value;
        input.value = list.textContent = "";
        form.onchange();
        select.focus();
      };
    });
    if (!shown.length) add("li", list, say("none"));
  };
}
/* The question about cost, for a service that costs nothing. */
function price(select) {
  var option = select.options[select.selectedIndex];
  var free = option && option.hasAttribute("data-f");
  document.getElementById("biaya-plain").textContent = say(free ? "free" : "plain");
}
/* Reads a question aloud, on the phone itself; a second touch ends it. */
var heard;
function listen(question) {
  var voice = window.speechSynthesis;
  var language = document.documentElement.lang;
  var button = add("button", question, say("listen"), question.querySelector(".options"));
  button.type = "button";
  button.className = "plain-button";
  button.onclick = function () {
    var enough = voice.speaking && heard === question;
    voice.cancel();
    heard = question;
    if (enough) return;
    var text = [question.querySelector(".asked").textContent];
    each(question.querySelectorAll(".option"), function (option) { text.push(option.textContent); });
    var speech = new SpeechSynthesisUtterance(text.join(". "));
    speech.lang = language === "id" ? "id-ID" : language;
    voice.speak(speech);
  };
}
function complain(question) {
  calm(question);
  var told = add("p", question, say("miss"), question.querySelector(".options"));
  told.className = "problem told";
  told.id = question.querySelector("input").name + "-told";
  question.setAttribute("aria-describedby", told.id);
  question.className = "card has-problem";
}
form.onclick = function (event) {
  pressed = event.target;
};
form.onsubmit = function () {
  if (pressed && pressed.name === "bahasa") return true;
  if (sent && new Date() - sent < 15000) return false;
  var first;
  each(document.querySelectorAll("fieldset"), function (question) {
    if (question.querySelector(":checked")) return;
    complain(question);
    first = first || question;
  });
  if (first) {
    first.querySelector("input").focus();
    first.scrollIntoView();
    return false;
  }
  sent = +new Date();
  save();
  return true;
};
form.noValidate = true;
form.onchange = function () {
  mark();
  save();
  if (select) price(select);
};
if (own) form.elements.comment.oninput = save;
var select = document.getElementById("service");
if (fresh) restore();
if (own) markDevice();
if (select) price(select);
if (select && select.options.length > 12) find(select);
if (window.speechSynthesis && window.SpeechSynthesisUtterance) each(document.querySelectorAll("fieldset"), listen);
mark();
/* Back from the thanks, which forget the draft: an empty page for the next answer. */
addEventListener("pageshow", function (event) {
  var was = sent;
  sent = 0;
  if (!event.persisted || !was || !own || stored("session", function (store) { return store.getItem(key); })) return;
  form.reset();
  renew();
  mark();
});
})();
