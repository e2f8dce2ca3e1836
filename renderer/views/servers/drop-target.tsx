/**
 * The whole window takes folders. While something is dragged over it only its number is known, never its name:
 * the platform tells those at the drop. Nothing is uploaded; a folder is served from where it lies.
 */
import { useEffect, useRef, useState } from 'react';
import { desktop } from '../host.ts';
import { Graticule } from '../shell/graticule.tsx';
import { useStoreState } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';
import './drop-target.css';
import { servesLan } from './reach.ts';
import { useServe } from './use-serve.ts';

interface Props {
  /** A browser host cannot read paths: it asks for one instead. */
  onAskPath(dropped: string): void;
}

export function DropTarget({ onAskPath }: Props) {
  const [items, setItems] = useState(0);
  const serve = useServe();
  const { hello } = useStoreState();
  const toast = useToast();
  const onDrop = useRef<(files: readonly File[]) => void>(() => undefined);
  onDrop.current = (files) => {
    if (!desktop) {
      if (files[0]) onAskPath(files[0].name);
      return;
    }
    for (const file of files) {
      const path = desktop.pathForFile(file);
      if (path === '') toast({ text: `${file.name} has no path on this disk` });
      else void serve(path).then((problem) => problem !== undefined && toast({ text: problem }));
    }
  };
  useEffect(() => {
    // Entering a child fires before leaving its parent, so depth is counted.
    let depth = 0;
    const leave = () => {
      depth = 0;
      setItems(0);
    };
    const handlers = {
      dragenter: (event: DragEvent) => {
        if (!carriesFiles(event)) return;
        depth += 1;
        setItems(event.dataTransfer?.items.length || 1);
      },
      dragleave: (event: DragEvent) => {
        if (!carriesFiles(event)) return;
        depth -= 1;
        if (depth <= 0) leave();
      },
      dragover: (event: DragEvent) => {
        if (!carriesFiles(event) || !event.dataTransfer) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
      },
      drop: (event: DragEvent) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        leave();
        onDrop.current(Array.from(event.dataTransfer?.files ?? []));
      },
    };
    const added = Object.entries(handlers) as [keyof typeof handlers, (event: DragEvent) => void][];
    for (const [name, handler] of added) window.addEventListener(name, handler);
    return () => {
      for (const [name, handler] of added) window.removeEventListener(name, handler);
    };
  }, []);
  if (items === 0) return null;
  return (
    <div className="drop" data-testid="drop-overlay">
      <Graticule />
      <svg className="drop-frame" aria-hidden="true">
        <rect x="1" y="1" rx="4" fill="none" stroke="var(--accent)" strokeWidth="1.5" strokeDasharray="8 6" />
      </svg>
      <div className="drop-text">
        <h1>
          {desktop ? 'Serve' : 'Add'} <b>{items === 1 ? 'this folder' : `these ${items} folders`}</b>
        </h1>
        <p>{desktop ? 'Let go to start serving.' : 'Let go, then say where it lies on the disk.'}</p>
        <dl>
          <dt>Reachable from</dt>
          <dd>{servesLan(hello) ? 'other machines too' : 'this computer only'}</dd>
          <dt>Read from</dt>
          <dd>where it lies; nothing is copied</dd>
          <dt>A file</dt>
          <dd>serves the folder that holds it</dd>
          <dt>A .wirescope file</dt>
          <dd>is opened to be read</dd>
        </dl>
        <p className="drop-keys">
          <kbd>Esc</kbd> cancel
        </p>
      </div>
    </div>
  );
}

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}
