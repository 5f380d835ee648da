// WebAdmin's REST interface. The token stays in this tab.

const KEY = "chatmail-admin-token";

/** An answer other than 2xx, or none: `status` is 0 then. */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export const token = {
  get: () => sessionStorage.getItem(KEY),
  set: (value) => sessionStorage.setItem(KEY, value),
  forget: () => sessionStorage.removeItem(KEY),
};

async function answer(method, path, body) {
  const headers = { Authorization: `Bearer ${token.get()}` };
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  let response;
  try {
    response = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw new ApiError(0, "The server doesn't answer");
  }
  if (!response.ok) {
    throw new ApiError(response.status, await reason(response));
  }
  return response;
}

async function reason(response) {
  try {
    return (await response.json()).message || `The server answered ${response.status}`;
  } catch {
    return `The server answered ${response.status}`;
  }
}

/** Sends JSON and reads JSON; null where the answer has no body. */
export async function call(method, path, body) {
  const text = await (await answer(method, path, body)).text();
  return text ? JSON.parse(text) : null;
}

export async function picture(path) {
  return URL.createObjectURL(await (await answer("GET", path)).blob());
}
