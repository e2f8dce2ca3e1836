/**
 * The whole window takes folders. While something is dragged over it only its number is known, never its name:
 * the platform tells those at the drop. A folder is served from where it lies. Where the host cannot reach a capture by
 * its path it is sent the file; nothing else is uploaded.
 */
import { useEffect, useRef, useState } from 'react';
import { desktop, isCapture, openDropped } from '../host.ts';
import { useDroppedLabs } from '../learn/dropped-labs.ts';
import { Graticule } from '../shell/graticule.tsx';
import { useStoreState } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';
import './drop-target.css';
import { carriesSomething, type Dropped, droppedIn } from './dropped.ts';
import { servesLan } from './reach.ts';
import { useLend } from './use-lend.ts';
import { sentenceOf, useServe } from './use-serve.ts';

interface Props {
  /** A browser host cannot read the paths of files: it asks for one instead. */
  onAskPath(dropped: string): void;
}

export function DropTarget({ onAskPath }: Props) {
  const [items, setItems] = useState(0);
  const serve = useServe();
  const lend = useLend();
  const { hello } = useStoreState('hello');
  const toast = useToast();
  const takeLabs = useDroppedLabs();
  const onDrop = useRef<(dropped: Dropped, all: readonly File[]) => void>(() => undefined);
  onDrop.current = ({ folders, files, links }, all) => {
    const say = (text: string | undefined) => text !== undefined && toast({ text });
    for (const link of links) void serve(link).then(say);
    if (!desktop) {
      for (const folder of folders) void lend(folder).then(say);
      for (const file of files.filter(isCapture)) {
        openDropped(file).then(say, (error: unknown) => say(sentenceOf(error)));
      }
      void takeLabs(files.filter((file) => !isCapture(file))).then(([file]) => file && onAskPath(file.name));
      return;
    }
    const { pathForFile } = desktop;
    void takeLabs(all).then((others) => {
      for (const file of others) {
        const path = pathForFile(file);
        if (path === '') toast({ text: `${file.name} has no path on this disk` });
        else void serve(path).then(say);
      }
    });
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
        if (!carriesSomething(event)) return;
        depth += 1;
        setItems(event.dataTransfer?.items.length || 1);
      },
      dragleave: (event: DragEvent) => {
        if (!carriesSomething(event)) return;
        depth -= 1;
        if (depth <= 0) leave();
      },
      dragover: (event: DragEvent) => {
        if (!carriesSomething(event) || !event.dataTransfer) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = event.dataTransfer.effectAllowed === 'link' ? 'link' : 'copy';
      },
      drop: (event: DragEvent) => {
        if (!carriesSomething(event) || !event.dataTransfer) return;
        event.preventDefault();
        leave();
        onDrop.current(droppedIn(event.dataTransfer), Array.from(event.dataTransfer.files));
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
          Serve <b>{items === 1 ? 'this folder' : `these ${items} folders`}</b>
        </h1>
        <p>Let go to start serving.</p>
        <dl>
          <dt>Reachable from</dt>
          <dd>{servesLan(hello) ? 'other machines too' : 'this computer only'}</dd>
          <dt>Read</dt>
          <dd>
            {desktop
              ? 'from where it lies; nothing is copied'
              : 'through this page, as long as the page is open; nothing is copied'}
          </dd>
          <dt>A file</dt>
          <dd>{desktop ? 'serves the folder that holds it' : 'asks where it lies on the disk'}</dd>
          <dt>A capture</dt>
          <dd>.wirescope, .har, .pcap, .pcapng: opened to be read</dd>
          <dt>A link</dt>
          <dd>shows the traffic of the server that it leads to</dd>
        </dl>
        <p className="drop-keys">
          <kbd>Esc</kbd> cancel
        </p>
      </div>
    </div>
  );
}
