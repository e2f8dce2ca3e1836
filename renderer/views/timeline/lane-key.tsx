/** What the shapes mean. */
import { DirectionArrow } from '../shell/icons.tsx';

export function LaneKey() {
  return (
    <div className="lane-key">
      <span>
        <DirectionArrow direction="in" />
        <i className="tick read" />
        read
      </span>
      <span>
        <DirectionArrow direction="out" />
        <i className="tick write" />
        write
      </span>
      <span>
        <i className="swatch work" />
        route, open, handler
      </span>
      <span>
        <i className="swatch write" />
        sending
      </span>
      <span>
        <i className="swatch drain" />
        waiting for the socket
      </span>
      <span>
        <i className="idle" />
        keep-alive idle
      </span>
      <span className="key-note">tick height: bytes, log scale</span>
    </div>
  );
}
