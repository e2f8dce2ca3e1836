const put = (id, text) => (document.getElementById(id).textContent = text);
const button = (id) => document.getElementById(id);

// ---- in chunks

button('count-on').addEventListener('click', async () => {
  button('count-on').disabled = true;
  put('counted', '');
  const response = await fetch('api/count', { cache: 'no-store' });
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let text = '';
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    text += decoder.decode(piece.value, { stream: true });
    put('counted', text.trim().split('\n').join(' '));
  }
  button('count-on').disabled = false;
});

// ---- as events

let events;

function listening(isOn) {
  button('listen').disabled = isOn;
  button('hush').disabled = !isOn;
}

button('listen').addEventListener('click', () => {
  events = new EventSource('api/events');
  events.addEventListener('message', ({ lastEventId, data }) => {
    put('event-id', lastEventId);
    put('event-data', data);
  });
  listening(true);
});
button('hush').addEventListener('click', () => {
  events.close();
  listening(false);
});

// ---- both ways

let socket;
let ready;

/** The one that there is, or a new one, once it is open. */
function opened() {
  if (socket?.readyState <= WebSocket.OPEN) return ready;
  const made = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/socket`);
  socket = made;
  put('socket-state', 'opening');
  made.addEventListener('message', ({ data }) => put('heard', data));
  made.addEventListener('close', ({ code }) => {
    put('socket-state', `closed, ${code}`);
    button('hang-up').disabled = true;
  });
  ready = new Promise((resolve) => {
    made.addEventListener('open', () => {
      put('socket-state', 'open');
      button('hang-up').disabled = false;
      resolve(made);
    });
  });
  return ready;
}

document.getElementById('say').addEventListener('submit', async (event) => {
  event.preventDefault();
  (await opened()).send(document.getElementById('words').value);
});
button('hang-up').addEventListener('click', () => socket.close(1000));
