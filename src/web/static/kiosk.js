/* A tablet at the counter: a start screen, an end to every visit, and nothing left of the person before. */
(function () {
  "use strict";
  /* Without a touch for so long the tablet asks whether somebody is there, and then how long it waits, ms. */
  var IDLE = 20000;
  var WARNING = 8000;
  /* How long thanks are shown if the page does not say, s. */
  var THANKS = 8;
  /* The start screen takes no touch before, ms: the last one on the former page was not meant for it. */
  var DEAF = 600;
  /* A press that brought nothing may be repeated after, ms. */
  var PRESSED = 15000;
  var BEAT = 60000;
  /* What is kept on the tablet, none of it about a person. */
  var OURS = "suara-kiosk";
  var root = document.documentElement;
  var stage = document.getElementById("kiosk");
  var next = document.querySelector("a[data-next]");

  /* A clock that nobody sets. */
  function now() {
    return window.performance && performance.now ? performance.now() : +new Date();
  }

  function each(list, work) {
    Array.prototype.forEach.call(list, work);
  }

  function storage(name) {
    try {
      return window[name];
    } catch (error) {
      return null;
    }
  }
  var session = storage("sessionStorage");
  var local = storage("localStorage");

  function kept(where, name) {
    try {
      return where.getItem(OURS + name);
    } catch (error) {
      return null;
    }
  }

  function keep(where, name, value) {
    try {
      where.setItem(OURS + name, value);
    } catch (error) {
      /* Without storage the tablet forgets its settings, nothing else. */
    }
  }

  function forgetOthers(where) {
    try {
      for (var at = where.length - 1; at >= 0; at -= 1) {
        if (where.key(at).indexOf(OURS) !== 0) where.removeItem(where.key(at));
      }
    } catch (error) {
      /* Nothing is stored. */
    }
  }

  /* To the start screen, in the place of this page: nobody comes back to it. */
  function startAnew(otherwise) {
    location.replace(kept(session, "-start") || otherwise);
  }

  var touched = now();
  each(["touchstart", "touchmove", "mousedown", "keydown", "input", "wheel"], function (kind) {
    addEventListener(kind, function () {
      touched = now();
    }, true);
  });

  function end() {
    each(document.querySelectorAll(".top, .foot, [data-no-kiosk]"), function (part) {
      part.hidden = true;
    });
    next.onclick = function () {
      startAnew(next.href);
      return false;
    };
    var shownFor = 1000 * (Number(next.getAttribute("data-next")) || THANKS);
    setInterval(function () {
      if (now() - touched >= shownFor) startAnew(next.href);
    }, 250);
    addEventListener("pageshow", function (event) {
      if (event.persisted) startAnew(next.href);
    });
  }

  /* Large letters: everything on the page is measured in letters, so it grows with them. */
  function showSize() {
    var large = kept(local, "-large") === "1";
    root.style.fontSize = large ? "150%" : "";
    each(document.querySelectorAll("[data-large]"), function (button) {
      button.setAttribute("aria-pressed", String(large));
    });
  }

  function resize() {
    keep(local, "-large", kept(local, "-large") === "1" ? "0" : "1");
    showSize();
  }

  function survey() {
    var form = document.querySelector("form[method=post]");
    var start = document.getElementById("kiosk-start");
    var idle = document.getElementById("kiosk-idle");
    var isFresh = form.hasAttribute("data-fresh");
    var field = form.elements.namedItem("id");
    var opened = +new Date();
    var openedByServer = parseInt(field.value.slice(0, 8) + field.value.slice(9, 13), 16) || opened;
    var shown = 0;
    var isAnswering = false;
    var pressed = 0;

    function random(length) {
      var text = "";
      var bytes = window.crypto && crypto.getRandomValues ? crypto.getRandomValues(new Uint8Array(length)) : null;
      for (var at = 0; at < length; at += 1) {
        text += ((bytes ? bytes[at] : Math.floor(Math.random() * 256)) & 15).toString(16);
      }
      return text;
    }

    /* A new id for a new person. It begins with the time by the server's clock as far as we know it. */
    function renew() {
      var time = openedByServer + Math.max(0, +new Date() - opened);
      var hex = ("000000000000" + time.toString(16)).slice(-12);
      field.value = hex.slice(0, 8) + "-" + hex.slice(8) + "-7" + random(3) + "-8" + random(3) + "-" + random(12);
    }

    function press(isPressed) {
      pressed = isPressed ? now() : 0;
      each(form.querySelectorAll("button"), function (button) {
        button.disabled = isPressed;
      });
    }

    function clean() {
      form.reset();
      each(form.querySelectorAll("details"), function (details) {
        details.open = false;
      });
      if (window.speechSynthesis) speechSynthesis.cancel();
      forgetOthers(session);
      forgetOthers(local);
      press(false);
      renew();
    }

    function showStart() {
      isAnswering = false;
      idle.hidden = true;
      form.hidden = true;
      start.hidden = false;
      scrollTo(0, 0);
      shown = now();
      touched = shown;
    }

    function reset() {
      var counter = form.elements.namedItem("counter");
      var code = form.elements.namedItem("counter_code");
      var query = counter ? "?loket=" + encodeURIComponent(counter.value) : "";
      if (code) query += "&kode=" + encodeURIComponent(code.value);
      if (!isFresh) return startAnew(form.getAttribute("action").split("?")[0] + "/kiosk" + query);
      clean();
      showStart();
    }

    function begin() {
      start.hidden = true;
      form.hidden = false;
      isAnswering = true;
      touched = now();
      scrollTo(0, 0);
    }

    function isDeaf() {
      return now() - shown < DEAF;
    }

    start.querySelector("[data-begin]").onclick = function () {
      if (isDeaf()) return;
      renew();
      begin();
      var heading = form.querySelector("h1");
      heading.tabIndex = -1;
      heading.focus();
    };
    each(start.querySelectorAll("[data-language]"), function (button) {
      button.onclick = function () {
        var language = button.getAttribute("data-language");
        if (!isDeaf()) form.querySelector("button[name=bahasa][value=" + language + "]").click();
      };
    });
    idle.querySelector("button").onclick = function () {
      touched = now();
    };
    var toggle = start.querySelector("[data-large]");
    var inside = toggle.cloneNode(true);
    form.querySelector(".top").appendChild(inside);
    toggle.onclick = resize;
    inside.onclick = resize;

    form.addEventListener("submit", function (event) {
      setTimeout(function () {
        if (!event.defaultPrevented) press(true);
      }, 0);
    });

    setInterval(function () {
      if (pressed && now() - pressed > PRESSED) press(false);
      if (!isAnswering || pressed) return;
      var silent = now() - touched;
      if (silent >= IDLE + WARNING) return reset();
      idle.querySelector("[data-seconds]").textContent = Math.ceil((IDLE + WARNING - silent) / 1000);
      if (idle.hidden && silent >= IDLE) {
        idle.hidden = false;
        idle.querySelector("button").focus();
      } else if (!idle.hidden && silent < IDLE) {
        idle.hidden = true;
      }
    }, 250);

    addEventListener("pageshow", function (event) {
      /* Browsers fill a form again after the page was built, or keep the page as it was. */
      if (event.persisted) reset();
      else if (isFresh && !isAnswering) clean();
    });

    if (isFresh) {
      if (/\/kiosk$/.test(location.pathname)) keep(session, "-start", location.pathname + location.search);
      clean();
      showStart();
    } else {
      begin();
    }
    beats(form);
  }

  /* Tells the MPP that the tablet is alive, once a minute over all pages. Whether it arrives does not matter. */
  function beats(form) {
    var waiting = 0;
    var version = "";
    if ("serviceWorker" in navigator) {
      navigator.serviceWorker.addEventListener("message", function (event) {
        if (!event.data || event.data.kind !== "queue") return;
        waiting = event.data.waiting;
        version = event.data.version;
      });
    }
    function beat() {
      var last = Number(kept(session, "-beat"));
      var time = +new Date();
      if (last && time - last < BEAT && time >= last) return;
      keep(session, "-beat", String(time));
      var counter = form.elements.namedItem("counter");
      var request = new XMLHttpRequest();
      request.open("POST", form.getAttribute("action").split("?")[0] + "/kiosk/detak");
      request.setRequestHeader("content-type", "application/x-www-form-urlencoded");
      request.send(
        "counter=" + encodeURIComponent(counter ? counter.value : "") + "&waiting=" + waiting + "&version=" + version
      );
    }
    /* A moment for the worker to tell how many wait. */
    setTimeout(beat, 2000);
    setInterval(beat, 5000);
    /* Rows that wait on a tablet must not be the first to go when it runs out of room. */
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
  }

  showSize();
  if (next) end();
  else if (stage) survey();
})();
