/* Loaded after the page: brings the worker, has it send what waits, and shows how far that is. Old browsers read this
   file too, so its language is old; those without workers stop at its first line. */
(function () {
  "use strict";
  if (!("serviceWorker" in navigator)) return;
  var workers = navigator.serviceWorker;
  var words = TEXTS[document.documentElement.lang] || TEXTS.id;
  var query = parameters(location.search);

  function parameters(text) {
    var found = {};
    text.replace(/[?&]([^=&]+)=?([^&]*)/g, function (all, name, value) {
      try {
        found[name] = decodeURIComponent(value.replace(/\+/g, " "));
      } catch (error) {
        found[name] = "";
      }
    });
    return found;
  }

  function tell(kind, id) {
    workers.ready.then(function (registration) {
      if (registration.active) registration.active.postMessage({ kind: kind, id: id, address: location.href });
    });
  }

  function each(list, work) {
    Array.prototype.forEach.call(list, work);
  }

  /* On a survey: one line that something waits, with the way to it. */
  var line;
  function showLine(state) {
    var form = document.querySelector("form[action^='/s/']");
    var main = document.querySelector("main");
    var count = state.waiting + state.refused;
    if (!form || !main || document.querySelector("[data-next], #kiosk")) return;
    if (!line) {
      line = document.createElement("p");
      line.className = "quiet";
      line.setAttribute("role", "status");
      main.insertBefore(line, main.firstChild);
    }
    line.hidden = count === 0;
    line.textContent = words.waiting + " " + count + ". ";
    var link = document.createElement("a");
    link.href = form.getAttribute("action").split("?")[0] + "/tersimpan" + words.query;
    link.textContent = words.look;
    line.appendChild(link);
  }

  /* On the page about waiting answers: each of them, and the one the address names at the top. */
  var list = document.querySelector("[data-list]");
  function showList(state) {
    var rows = query.kiosk === undefined && query.muda === undefined ? state.entries : [];
    var target = list.querySelector("ul");
    target.textContent = "";
    each(rows, function (entry) {
      target.appendChild(row(entry));
      if (entry.id === query.id && entry.state === "sent") showSent(entry.receipt, entry.status === "late");
    });
    list.hidden = rows.length === 0;
    each(document.querySelectorAll("[data-empty]"), function (empty) {
      empty.hidden = rows.length > 0;
    });
    list.querySelector("[data-send]").hidden = state.waiting === 0;
  }

  function row(entry) {
    var kind = entry.state === "sent" && entry.status === "late" ? "late" : entry.state;
    var item = list.querySelector("[data-row='" + kind + "']").cloneNode(true);
    item.removeAttribute("data-row");
    /* The month in letters: in digits, people read its order in two ways. */
    var written = { dateStyle: "medium", timeStyle: "short" };
    fill(item, "time", new Date(entry.saved_at).toLocaleString(document.documentElement.lang, written));
    fill(item, "receipt", entry.receipt || "");
    fill(item, "why", words.why[entry.code] || words.why.other);
    var button = item.querySelector("button");
    if (button) {
      button.onclick = function () {
        tell("forget", entry.id);
      };
    }
    return item;
  }

  function fill(item, name, text) {
    var place = item.querySelector("[data-fill='" + name + "']");
    if (!place) return;
    place.textContent = text;
    place.hidden = text === "";
  }

  function showSent(receipt, isLate) {
    each(document.querySelectorAll("[data-view]"), function (part) {
      var isSent = part.getAttribute("data-view") === "sent";
      part.hidden = !isSent;
      if (!isSent) return;
      each(part.querySelectorAll("[data-receipt]"), function (place) {
        place.hidden = !receipt;
      });
      if (receipt) fill(part, "receipt", receipt);
      part.querySelector("[data-late]").hidden = !isLate;
    });
  }

  /* After the next person is offered, kiosk.js goes on to them by itself. */
  function offerNext() {
    var place = query.kiosk !== undefined ? "kiosk" : query.bantu !== undefined ? "bantu" : null;
    var link = document.querySelector("[data-next-place]");
    if (!place || !link) return;
    var more = "";
    each(["kode", "bahasa"], function (name) {
      if (query[name]) more += "&" + name + "=" + encodeURIComponent(query[name]);
    });
    var mpp = location.pathname.split("/")[2];
    link.href = "/s/" + mpp + "/" + place + "?loket=" + encodeURIComponent(query[place]) + more;
    link.hidden = false;
    if (place === "kiosk") link.setAttribute("data-next", "");
    each(document.querySelectorAll("[data-no-kiosk]"), function (part) {
      part.hidden = true;
    });
  }

  if (list) {
    offerNext();
    var arrived = /\/terima-kasih\/([^\/]+)$/.exec(location.pathname);
    if (arrived) showSent(decodeURIComponent(arrived[1]), query.terlambat !== undefined);
    list.querySelector("[data-send]").onclick = function () {
      tell("button");
    };
  }

  workers.addEventListener("message", function (event) {
    if (!event.data || event.data.kind !== "queue") return;
    if (list) showList(event.data);
    else showLine(event.data);
  });
  workers.addEventListener("controllerchange", function () {
    tell("open");
  });
  addEventListener("online", function () {
    tell("online");
  });
  setInterval(function () {
    tell("timer");
  }, 30000);
  workers.register("/s/sw.js", { scope: "/s/" }).then(function () {
    tell("open");
  }, function () {
    // No worker is allowed here: the page works as it is.
  });
})();
