import { useOpenIn } from '../open-in.ts';

/** Opens the connection that carried an exchange as a ladder, in Learn. */
export function LadderButton({ exchange }: { readonly exchange: number }) {
  const { ladder } = useOpenIn();
  return (
    <button type="button" className="btn line small" onClick={() => ladder(exchange)}>
      Draw it as a ladder
    </button>
  );
}
