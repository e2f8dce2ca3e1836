/** The edge between two panes: a pointer or the arrow keys move it, a double click or Enter puts it back. */
import './pane-edge.css';

interface Props {
  readonly label: string;
  /** A vertical edge stands between panes that are side by side. */
  readonly orientation: 'vertical' | 'horizontal';
  /** Where it is, in percent. */
  readonly value: number;
  /** Pointer positions, CSS pixels of the viewport. */
  onMove(x: number, y: number): void;
  /** One key press: 1 is right or down. */
  onStep(step: -1 | 1): void;
  onReset(): void;
}

const STEPS = {
  vertical: { ArrowLeft: -1, ArrowRight: 1 },
  horizontal: { ArrowUp: -1, ArrowDown: 1 },
} as const satisfies Record<Props['orientation'], Record<string, -1 | 1>>;

export function PaneEdge({ label, orientation, value, onMove, onStep, onReset }: Props) {
  const steps: Readonly<Record<string, -1 | 1>> = STEPS[orientation];
  return (
    <div
      className={`pane-edge ${orientation}`}
      role="separator"
      aria-orientation={orientation}
      aria-label={label}
      aria-valuenow={Math.round(value)}
      aria-valuemin={0}
      aria-valuemax={100}
      title="Drag; double click puts it back"
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) onMove(event.clientX, event.clientY);
      }}
      onDoubleClick={onReset}
      onKeyDown={(event) => {
        const step = steps[event.key];
        if (step !== undefined) onStep(step);
        else if (event.key === 'Enter') onReset();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
}
