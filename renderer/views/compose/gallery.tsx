/** Requests to learn from, good and bad, with what to watch for in each. */
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { GALLERY, type Specimen } from '../../learn/gallery.ts';
import { ICON } from '../shell/icons.tsx';
import './gallery.css';

export function Gallery({ onPick }: { onPick(specimen: Specimen): void }) {
  const [picked, setPicked] = useState<string>();
  return (
    <section className="gallery" aria-label="Gallery">
      {GALLERY.map(({ name, specimens }) => (
        <div key={name}>
          <h3>{name}</h3>
          <ul>
            {specimens.map((specimen) => (
              <li key={specimen.id}>
                <button
                  type="button"
                  className={picked === specimen.id ? 'on' : ''}
                  aria-pressed={picked === specimen.id}
                  onClick={() => {
                    setPicked(specimen.id);
                    onPick(specimen);
                  }}
                >
                  <span className="clip">{specimen.name}</span>
                  {specimen.danger && <TriangleAlert {...ICON} size={12} />}
                </button>
                {picked === specimen.id && (
                  <div className="specimen" data-testid="specimen">
                    <p>{specimen.watch}</p>
                    {specimen.danger && (
                      <p>
                        <b>Why it is dangerous.</b> {specimen.danger}
                      </p>
                    )}
                    <p className="dim">{specimen.section}</p>
                  </div>
                )}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
