import { useStoreState } from '../shell/store-context.tsx';
import './rebuilt-note.css';

/** Says where it holds that the bytes were made from a file that has none. */
export function RebuiltNote() {
  const { captures } = useStoreState('captures');
  const shown = captures.find((capture) => capture.shown);
  if (!shown?.rebuilt) return null;
  return (
    <p className="rebuilt-note" role="note">
      [Rebuilt from a HAR file: these are not the bytes that went over the wire]
    </p>
  );
}
