/** Sharing as the bar has it: who looks on, or that this window is one of those. */
import { Eye, Radio } from 'lucide-react';
import { formatCount } from '../../geometry/quantities.ts';
import { ICON } from '../shell/icons.tsx';
import { useStoreState } from '../shell/store-context.tsx';
import { useGuest } from '../shell/use-guest.ts';
import './share.css';

export function ShareButton({ onShare }: { onShare(): void }) {
  const { hello } = useStoreState('hello');
  const isGuest = useGuest();
  const share = hello?.share;
  if (isGuest) {
    return (
      <span
        className="share-tag"
        role="status"
        title="You look on: only whoever shares this can change things"
      >
        <Eye {...ICON} size={14} />
        READ-ONLY
      </span>
    );
  }
  return (
    <button
      type="button"
      className={share ? 'btn on share-on' : 'btn square'}
      aria-pressed={share !== undefined}
      aria-label={share ? `Shared, ${formatCount(share.viewers)} look on` : 'Share this window'}
      title="Let a class look on: a read-only copy of this window on the network"
      onClick={onShare}
    >
      <Radio {...ICON} />
      {share && <span data-testid="viewers">{formatCount(share.viewers)}</span>}
    </button>
  );
}
