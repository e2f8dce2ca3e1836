/** Opens the explanation of something that has one at more than one depth. */
import { explanationOf, type Kind } from '../../explain/glossary/glossary.ts';
import { useOpenIn } from '../open-in.ts';

export function MoreButton({ kind, of }: { readonly kind: Kind; readonly of: string }) {
  const { explain } = useOpenIn();
  const entry = explanationOf(kind, of);
  if (!entry) return null;
  return (
    <button
      type="button"
      className="more-button"
      aria-label={`More about ${entry.name}`}
      title="What it is, at length, and what its clause asks for"
      onClick={() => explain(kind, entry.key)}
    >
      more
    </button>
  );
}
