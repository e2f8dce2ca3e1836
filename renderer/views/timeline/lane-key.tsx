/** What the shapes mean. */
import { DirectionArrow } from '../shell/icons.tsx';

/** @param secure some server speaks TLS */
export function LaneKey({ secure }: { readonly secure: boolean }) {
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
      {secure && (
        <span>
          <i className="handshake" />
          TLS handshake
        </span>
      )}
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
        <span>
          waiting<span className="key-note"> for the socket</span>
        </span>
      </span>
      <span>
        <i className="notch" />
        <span>
          step<span className="key-note"> of the work</span>
        </span>
      </span>
      <span>
        <i className="idle" />
        keep-alive idle
      </span>
      <span className="key-note">tick height: bytes, log scale</span>
    </div>
  );
}
