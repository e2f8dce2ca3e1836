/** What a presenter has at hand: the note in large type, the way to the next, and what notes are made with. */
import {
  ArrowDown,
  ArrowUp,
  ChevronLeft,
  ChevronRight,
  FolderOpen,
  Lightbulb,
  ListPlus,
  MapPin,
  Save,
  Trash2,
  X,
} from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { formatCount } from '../../geometry/quantities.ts';
import { movedSlide, readSlides, type SlidePlace, writeSlides } from '../../learn/slides.ts';
import { ICON } from '../shell/icons.tsx';
import { saveText } from '../shell/save-file.ts';
import { useToast } from '../shell/toast.tsx';
import './present.css';
import { SlideDialog } from './slide-dialog.tsx';
import { Spotlight } from './spotlight.tsx';
import { type Presenter, SIZES } from './use-presenter.ts';

export function PresentBar({ presenter }: { readonly presenter: Presenter }) {
  const toast = useToast();
  const file = useRef<HTMLInputElement>(null);
  const [pinning, setPinning] = useState<SlidePlace>();
  const { slides, at, size, spot, show, replace } = presenter;
  const slide = slides[at];
  // At either end the same one is shown again: that is the way back to it.
  useSlideKeys((by) => void show(Math.min(slides.length - 1, Math.max(0, at + by))));
  const pin = async () => {
    const place = await presenter.here();
    if (place) setPinning(place);
    else toast({ text: 'Choose a request, bytes of one, or a span of time first: a note is pinned to it' });
  };
  const takeNotes = async () => {
    if (await presenter.takeNotes()) return;
    toast({ text: 'The list has no note that is not here: N writes one on a request' });
  };
  const open = async (chosen: File | undefined) => {
    if (!chosen) return;
    const read = readSlides(await chosen.text());
    if (typeof read === 'string') toast({ text: read });
    else {
      replace(read, 0);
      void show(0, read);
    }
  };
  const grow = (by: 1 | -1) => {
    const next = SIZES[SIZES.findIndex((each) => each >= size) + by];
    if (next !== undefined) presenter.resize(next);
  };
  return (
    <>
      <Spotlight on={spot} slide={slide} turn={presenter.turns} />
      <section className="present" aria-label="Presenting" data-testid="present">
        <div className="present-move">
          <Tool
            label="Previous note"
            title="Previous note (Page Up)"
            disabled={at <= 0}
            onPress={() => void show(at - 1)}
          >
            <ChevronLeft {...ICON} />
          </Tool>
          <span className="mono" data-testid="slide-at">
            {formatCount(at + 1)} / {formatCount(slides.length)}
          </span>
          <Tool
            label="Next note"
            title="Next note (Page Down)"
            disabled={at >= slides.length - 1}
            onPress={() => void show(at + 1)}
          >
            <ChevronRight {...ICON} />
          </Tool>
        </div>
        <p className={slide ? 'present-text' : 'present-text dim'} role="status" data-testid="slide-text">
          {slide?.text ??
            (slides.length > 0
              ? 'Page Down shows the first note.'
              : 'Choose a request, bytes of one, or a span of time, and pin a note to it.')}
        </p>
        <div className="present-tools">
          <button type="button" className="btn line" onClick={() => void pin()}>
            <MapPin {...ICON} size={14} /> Pin a note
          </button>
          <Tool
            label="Take in the notes of the list"
            title="Take in the notes that were written on requests (N)"
            onPress={() => void takeNotes()}
          >
            <ListPlus {...ICON} />
          </Tool>
          {slide && (
            <>
              <Tool
                label="Move it forward"
                disabled={at === 0}
                onPress={() => replace(movedSlide(slides, at, -1), at - 1)}
              >
                <ArrowUp {...ICON} />
              </Tool>
              <Tool
                label="Move it back"
                disabled={at === slides.length - 1}
                onPress={() => replace(movedSlide(slides, at, 1), at + 1)}
              >
                <ArrowDown {...ICON} />
              </Tool>
              <Tool label="Remove the note" onPress={() => replace(slides.toSpliced(at, 1), at - 1)}>
                <Trash2 {...ICON} />
              </Tool>
            </>
          )}
          <i className="rule" />
          <Tool label="Open notes" title="Open notes from a file" onPress={() => file.current?.click()}>
            <FolderOpen {...ICON} />
          </Tool>
          <Tool
            label="Save notes"
            title="Save the notes as a file, to lie beside the capture"
            disabled={slides.length === 0}
            onPress={() => saveText('notes.json', 'application/json', writeSlides(slides))}
          >
            <Save {...ICON} />
          </Tool>
          <i className="rule" />
          <Tool label="Smaller" disabled={size <= SIZES[0]} onPress={() => grow(-1)}>
            <span className="present-size small">A</span>
          </Tool>
          <Tool label="Larger" disabled={size >= SIZES.at(-1)!} onPress={() => grow(1)}>
            <span className="present-size">A</span>
          </Tool>
          <Tool
            label="Spotlight"
            title="Dim all but what the pointer or the focus is on"
            pressed={spot}
            onPress={() => presenter.setSpot(!spot)}
          >
            <Lightbulb {...ICON} />
          </Tool>
          <Tool label="End presenting" onPress={() => presenter.turn(false)}>
            <X {...ICON} />
          </Tool>
        </div>
        <input
          ref={file}
          type="file"
          accept="application/json,.json"
          hidden
          onChange={({ currentTarget }) => {
            void open(currentTarget.files?.[0]);
            currentTarget.value = '';
          }}
        />
        {pinning && (
          <SlideDialog
            place={pinning}
            onSave={(text) => presenter.add({ text, place: pinning })}
            onClose={() => setPinning(undefined)}
          />
        )}
      </section>
    </>
  );
}

interface ToolProps {
  readonly label: string;
  readonly title?: string;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  onPress(): void;
  readonly children: React.ReactNode;
}

function Tool({ label, title = label, disabled = false, pressed, onPress, children }: ToolProps) {
  return (
    <button
      type="button"
      className={pressed ? 'btn square on' : 'btn square'}
      aria-label={label}
      aria-pressed={pressed}
      title={title}
      disabled={disabled}
      onClick={onPress}
    >
      {children}
    </button>
  );
}

/** The keys that remote controls of presenters send. */
function useSlideKeys(move: (by: 1 | -1) => void): void {
  const latest = useRef(move);
  latest.current = move;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const by = event.key === 'PageDown' ? 1 : event.key === 'PageUp' ? -1 : 0;
      if (by === 0 || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current(by);
    };
    // Before a list takes them for its own pages.
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, []);
}
