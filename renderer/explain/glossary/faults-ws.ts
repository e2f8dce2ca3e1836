/** Faults of WebSocket; line and clause are those of `wire/faults.ts`. In the notation of `notation.ts`. */
export const WS_FAULTS = `
ws-method
Handshakes are GET requests: nothing is sent along, nothing is changed, and old proxies know how to pass them on.
§ The method of the request must be GET, and the version at least 1.1.

ws-upgrade-missing
The path is for WebSockets and the request is an ordinary one; a browser's address bar does that.
§ Upgrade: websocket and Connection: Upgrade are required.

ws-key-invalid
Missing, given twice, or not 16 bytes in base64. Then the answer could not prove anything.
§ The key is a base64 value of 16 octets.

ws-version-unsupported
An old draft. 426 tells the client which version to come back with.
§ The server must answer with Sec-WebSocket-Version listing what it speaks.

ws-protocol-invalid
The list of subprotocols has to be distinct tokens, or the choice among them is not one.
§ The elements must be non-empty and unique.

ws-extensions-invalid
Parameters of extensions have a grammar of their own, and a broken one leaves open what was asked for.
§ extension-list of tokens with parameters.

ws-handshake-content
Content would stand between the head and the first frame, and which is which would be open.
§ The switch happens right after the head of the request.

ws-reserved-bits
RSV1 means "compressed" where that was agreed. Without an agreement the bits have no meaning, and the
connection fails.
§ MUST be 0 unless an extension is negotiated.

ws-compressed-misplaced
The mark belongs to the first frame of a message; on a continuation or a control frame it has no meaning.
§ RSV1 is set on the first fragment only.

ws-opcode-unknown
Opcodes 3 to 7 and B to F are kept for the future. Guessing what such a frame wants would change meaning with
the reader.
§ An unknown opcode must fail the connection.

ws-mask-missing
Every frame of a client is masked, so that its bytes cannot be chosen by a script. One that is not comes
from no browser.
§ A server must close upon an unmasked frame, with 1002.

ws-mask-unexpected
Servers do not mask: it guards against scripts in browsers, and there are none at this end. A client that meets
a mask closes.
§ A client must close upon a masked frame.

ws-length-not-minimal
A length of 5 in eight bytes: allowed to nobody, since one value should have one form.
§ The minimal number of bytes must be used to encode the length.

ws-length-too-large
The highest bit of the 64 is reserved, so that the number fits signed integers.
§ The most significant bit must be 0.

ws-control-too-long
Ping, pong and close are small, so that they can pass between the fragments of something large.
§ Control frames have a payload of at most 125 bytes.

ws-control-fragmented
A control frame comes whole or not at all, so that it can be answered at once, between the fragments of a
longer message.
§ Control frames must not be fragmented.

ws-closed-early
TCP ended within a frame, mostly because a network or a program went away. The code 1006 stands for it and
is never sent.
§ The closing is not clean without a Close frame.

ws-continuation-unexpected
Opcode 0 continues a message, and here there was none that waited to be continued. What kind of message it
should be nobody can tell.
§ A fragmented message begins with a frame whose opcode is not 0.

ws-continuation-missing
A new text or binary frame while the last message still waited for its end.
§ Fragments of one message must not be interleaved with those of another.

ws-message-too-big
A bound on memory: a message has to be held until its last frame came. The session ends with 1009.
§ Implementations should limit frame and message sizes.

ws-text-not-utf8
Text has to be valid UTF-8 as a whole; a cut in the middle of a character between frames is fine. The
session ends with 1007.
§ Invalid UTF-8 must fail the connection.

ws-close-length
A reason needs a code before it, and a code has two bytes. One byte is neither, and so the frame is broken.
§ The body starts with a 2-byte unsigned integer, if there is one.

ws-close-code-invalid
1005, 1006 and 1015 are names for things that happened without a frame; others are reserved.
§ Codes below 1000 and reserved ones must not be sent.

ws-close-reason-not-utf8
The reason is text for people and so has to be UTF-8, as a text message has. The session ends with 1007.
§ The reason is UTF-8 encoded.
`;
