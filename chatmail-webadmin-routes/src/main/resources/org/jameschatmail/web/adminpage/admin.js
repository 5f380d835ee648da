// The page of the administrator: everything it does is a call of WebAdmin's REST interface.

import { ApiError, call, picture, token } from "./api.js";
import { byId, choose, confirmed, element, moment, notice, number, octets, rows, show } from "./dom.js";
import { draw } from "./plots.js";

const REFRESH_MILLIS = 15_000;
const PAGE = 50;

let minutes = 60;
let nextAccount = null;
let refreshTimer;

const address = (text) => `/chatmail/accounts/${encodeURIComponent(text)}`;

/** Does something for the administrator and tells what became of it. */
async function act(work, done) {
  try {
    const result = await work();
    if (done) {
      notice(done);
    }
    return result;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) {
      signOut("The server doesn't know this token");
    } else if (error instanceof ApiError) {
      notice(error.message);
    } else {
      throw error;
    }
    return undefined;
  }
}

function button(text, work, attributes = {}) {
  return element("button", { type: "button", onclick: work, ...attributes }, text);
}

const actions = (...buttons) => element("td", {}, element("div", { class: "row" }, ...buttons));

// Overview

async function showStatus() {
  const status = await call("GET", "/chatmail/status");
  byId("domain").textContent = status.domain;
  byId("server").textContent = `James Chatmail ${status.version}, since ${moment(status.startedAt)}`;
  const tiles = [
    ["Accounts", number(status.accounts)],
    ["Messages", number(status.messages)],
    ["Stored", octets(status.storedBytes)],
    ["Free disk", octets(status.freeDiskBytes)],
    ["Waiting for other servers", number(status.queue.outgoing)],
    ["Notifications waiting", number(status.queue.push)],
  ];
  byId("tiles").replaceChildren(
    ...tiles.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value))),
  );
}

async function showPlots() {
  choose(byId("range"), "minutes", minutes);
  draw(await call("GET", `/chatmail/statistics?minutes=${minutes}`));
}

// Registration and invitations

async function showRegistration() {
  const now = await call("GET", "/chatmail/registration");
  choose(byId("mode"), "mode", now.mode);
  for (const input of byId("limits").querySelectorAll("input")) {
    const large = input.name === "guardMemory" || input.name === "guardDisk";
    input.defaultValue = large ? size(now[input.name]) : String(now[input.name]);
    input.value = input.defaultValue;
  }
  const switched = now.switched.length > 0;
  byId("limits-reset").hidden = !switched;
  byId("switched").textContent = switched
    ? `Switched while the server ran, and kept over restarts: ${now.switched.join(", ")}.`
    : "All is as configured.";
}

/** As the keys are written: 200MB. */
function size(bytes) {
  const unit = ["TB", "GB", "MB", "KB"].find((_, index) => bytes > 0 && bytes % 1024 ** (4 - index) === 0);
  return unit ? `${bytes / 1024 ** (4 - ["TB", "GB", "MB", "KB"].indexOf(unit))}${unit}` : String(bytes);
}

/** Sends what was changed, so that all else stays with the configuration. */
async function limit(form) {
  const changed = [...form.querySelectorAll("input")].filter((input) => input.value.trim() !== input.defaultValue);
  const wanted = Object.fromEntries(changed.map((input) => [input.name, input.value.trim()]));
  await act(() => call("PUT", "/chatmail/registration", wanted), "The limits are set");
  await act(showRegistration);
}

async function showTokens() {
  const { tokens } = await call("GET", "/chatmail/tokens");
  rows(byId("tokens"), tokens.map(tokenRow), "No invitations");
}

function tokenRow(invitation) {
  const path = `/chatmail/tokens/${encodeURIComponent(invitation.id)}`;
  return element(
    "tr",
    {},
    element("td", {}, invitation.label || ""),
    element("td", { class: "number" }, `${number(invitation.used)} of ${number(invitation.uses)}`),
    element("td", {}, invitation.expires ? moment(invitation.expires) : "for ever"),
    element("td", {}, element("a", { href: invitation.link, rel: "noreferrer" }, invitation.link)),
    actions(
      button("QR code", () => act(() => showQrCode(invitation, `${path}/qr.svg`))),
      button("Withdraw", () => withdraw(invitation, path), { class: "danger" }),
    ),
  );
}

async function showQrCode(invitation, path) {
  const source = await picture(path);
  show([
    element("h2", {}, invitation.label || "Invitation"),
    element("img", { src: source, alt: `QR code of ${invitation.link}`, onload: () => URL.revokeObjectURL(source) }),
    element("p", { class: "hint" }, invitation.link),
  ]);
}

async function withdraw(invitation, path) {
  if (await confirmed(`Withdraw the invitation ${invitation.label || invitation.id}? Its link stops working.`, "Withdraw")) {
    await act(() => call("DELETE", path), "The invitation is withdrawn");
    await act(showTokens);
  }
}

async function invite(form) {
  const fields = new FormData(form);
  const wanted = { label: fields.get("label"), uses: Number(fields.get("uses")), days: Number(fields.get("days")) };
  const made = await act(() => call("POST", "/chatmail/tokens", wanted), "The invitation is made");
  if (made) {
    form.reset();
    await act(showTokens);
  }
}

// Accounts

async function showAccounts() {
  byId("account-table").tBodies[0].replaceChildren();
  nextAccount = null;
  await moreAccounts();
}

async function moreAccounts() {
  const wanted = new URLSearchParams({ limit: PAGE });
  const search = new FormData(byId("search")).get("search").trim();
  if (search) {
    wanted.set("search", search);
  }
  if (nextAccount) {
    wanted.set("after", nextAccount);
  }
  const page = await call("GET", `/chatmail/accounts?${wanted}`);
  const there = [...byId("account-table").tBodies[0].rows];
  rows(byId("account-table"), [...there, ...page.accounts.map(accountRow)], "No such account");
  nextAccount = page.next;
  byId("more").hidden = !nextAccount;
}

function accountRow(account) {
  const used = account.quotaBytes ? `${octets(account.usedBytes)} of ${octets(account.quotaBytes)}` : octets(account.usedBytes);
  return element(
    "tr",
    { "data-address": account.address },
    element("td", {}, account.address, ...(account.banned ? [element("span", { class: "bad" }, " banned")] : [])),
    element("td", {}, account.lastLogin || "never"),
    element("td", { class: "number" }, used),
    element("td", { class: "number" }, number(account.messages)),
    actions(
      button(account.banned ? "Unban" : "Ban", () => ban(account)),
      button("New password", () => resetPassword(account)),
      button("Delete", () => remove(account), { class: "danger" }),
    ),
  );
}

async function ban(account) {
  const method = account.banned ? "DELETE" : "PUT";
  const done = account.banned ? "The account may log in again" : "The account is banned";
  await act(() => call(method, `${address(account.address)}/ban`), done);
  await act(showAccounts);
}

async function resetPassword(account) {
  if (await confirmed(`Give ${account.address} a new password? Its devices are locked out until they have it.`, "New password")) {
    const made = await act(() => call("PUT", `${address(account.address)}/password`, {}));
    if (made) {
      show([element("p", {}, `The new password of ${account.address}:`), element("p", {}, element("code", {}, made.password))]);
    }
  }
}

async function remove(account) {
  if (await confirmed(`Delete ${account.address} with all its messages? Nothing brings them back.`, "Delete")) {
    await act(() => call("DELETE", address(account.address)), "The account is deleted");
    await act(showAccounts);
  }
}

// Queue

async function showQueue() {
  rows(byId("queue-table"), (await call("GET", "/chatmail/queue")).map(queueRow), "Nothing waits");
}

function queueRow(queue) {
  const path = `/chatmail/queue/${encodeURIComponent(queue.domain)}`;
  return element(
    "tr",
    {},
    element("td", {}, queue.domain),
    element("td", { class: "number" }, number(queue.messages)),
    element("td", {}, moment(queue.oldest)),
    element("td", {}, moment(queue.nextAttempt)),
    element("td", {}, queue.trouble || ""),
    actions(
      button("Try now", async () => {
        await act(() => call("POST", `${path}/retry`), "It is tried now");
        await act(showQueue);
      }),
      button("Give up", () => giveUp(queue, path), { class: "danger" }),
    ),
  );
}

async function giveUp(queue, path) {
  if (await confirmed(`Give up ${number(queue.messages)} messages to ${queue.domain}? Their senders are told.`, "Give up")) {
    await act(() => call("DELETE", path), "Their senders are told");
    await act(showQueue);
  }
}

// Expiry

async function expire(dryRun) {
  if (!dryRun && !(await confirmed("Remove all that is old now?", "Remove"))) {
    return;
  }
  const task = await act(() => call("POST", `/chatmail/expiry${dryRun ? "?dryRun=true" : ""}`));
  if (task) {
    await act(() => follow(task.taskId, dryRun));
  }
}

async function follow(id, dryRun) {
  for (;;) {
    const task = await call("GET", `/tasks/${encodeURIComponent(id)}`);
    const found = task.additionalInformation || {};
    const what = `${number(found.messages || 0)} messages (${octets(found.octets || 0)}), ${number(found.accounts || 0)} accounts`;
    const running = task.status === "waiting" || task.status === "inProgress";
    byId("expiry-state").textContent = `${dryRun ? "Would go" : "Removed"}: ${what}${running ? " …" : "."} ${task.status === "failed" ? "It failed." : ""}`;
    if (!running) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

// Signing in and out

async function showAll() {
  await showStatus();
  byId("sign-in").hidden = true;
  byId("signed-in").hidden = false;
  for (const part of [showPlots, showRegistration, showTokens, showAccounts, showQueue]) {
    await act(part);
  }
}

async function refresh() {
  await act(async () => {
    await showStatus();
    await showPlots();
    await showQueue();
  });
  schedule();
}

function schedule() {
  clearTimeout(refreshTimer);
  if (token.get()) {
    refreshTimer = setTimeout(refresh, REFRESH_MILLIS);
  }
}

async function signIn() {
  await act(showAll);
  schedule();
}

function signOut(why) {
  token.forget();
  clearTimeout(refreshTimer);
  byId("signed-in").hidden = true;
  byId("sign-in").hidden = false;
  byId("token").value = "";
  byId("token").focus();
  if (why) {
    notice(why);
  }
}

byId("sign-in-form").addEventListener("submit", (event) => {
  event.preventDefault();
  token.set(byId("token").value.trim());
  signIn();
});
byId("sign-out").addEventListener("click", () => signOut());
byId("range").addEventListener("click", (event) => {
  minutes = Number(event.target.dataset.minutes || minutes);
  act(showPlots);
});
byId("mode").addEventListener("click", async (event) => {
  const mode = event.target.dataset.mode;
  if (mode) {
    await act(() => call("PUT", "/chatmail/registration", { mode }), "Registration is switched");
    await act(showRegistration);
  }
});
byId("limits").addEventListener("submit", (event) => {
  event.preventDefault();
  limit(event.target);
});
byId("limits-reset").addEventListener("click", async () => {
  await act(() => call("DELETE", "/chatmail/registration"), "All is as configured");
  await act(showRegistration);
});
byId("invite").addEventListener("submit", (event) => {
  event.preventDefault();
  invite(event.target);
});
byId("search").addEventListener("submit", (event) => {
  event.preventDefault();
  act(showAccounts);
});
byId("more").addEventListener("click", () => act(moreAccounts));
byId("expiry-count").addEventListener("click", () => expire(true));
byId("expiry-run").addEventListener("click", () => expire(false));

if (token.get()) {
  signIn();
} else {
  signOut();
}
