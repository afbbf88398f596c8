// One request of a kind at a time: what is asked for meanwhile is fetched once more after it, so the last word wins.

export function latest(fetchIt) {
  let running = null;
  let again = null;

  function start() {
    running = fetchIt()
      .catch(() => setTimeout(run, 1000))
      .finally(() => (running = null));
    return running;
  }

  // Resolves when something fetched after this call has been drawn.
  function run() {
    if (!running) return start();
    again ||= running.then(() => {
      again = null;
      return start();
    });
    return again;
  }
  return run;
}
