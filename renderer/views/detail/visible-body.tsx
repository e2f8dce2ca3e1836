/** Pictures, fonts, sound and film, shown as what they are and nothing more: no script in them can run. */
import { useEffect, useState } from 'react';
import { formatCount } from '../../geometry/quantities.ts';
import { useBlobUrl } from './use-blob-url.ts';

interface Props {
  readonly bytes: Uint8Array;
  readonly type: string;
}

/** SVG as well: within an image a browser runs no scripts and loads nothing. */
export function PictureView({ bytes, type }: Props) {
  const url = useBlobUrl(bytes, type);
  const [size, setSize] = useState<{
    readonly url: string;
    readonly width: number;
    readonly height: number;
  }>();
  const [broken, setBroken] = useState<string>();
  if (broken !== undefined && broken === url) {
    return (
      <p className="body-note">
        This browser cannot show the picture: it is broken, or of a kind it does not know.
      </p>
    );
  }
  return (
    <figure className="picture">
      <div className="picture-ground">
        {url !== undefined && (
          <img
            src={url}
            alt="Content of the message"
            onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
              setSize({ url, width, height })
            }
            onError={() => setBroken(url)}
          />
        )}
      </div>
      <figcaption className="dim">
        {type}
        {size !== undefined &&
          size.url === url &&
          `, ${formatCount(size.width)} × ${formatCount(size.height)} px`}
      </figcaption>
    </figure>
  );
}

export function MediaView({ bytes, type }: Props) {
  const url = useBlobUrl(bytes, type);
  const [broken, setBroken] = useState<string>();
  if (broken !== undefined && broken === url) {
    return (
      <p className="body-note">This window cannot play it: it is not whole, or of a kind it does not know.</p>
    );
  }
  return (
    <div className="picture">
      {url !== undefined &&
        (type.startsWith('audio/') ? (
          // biome-ignore lint/a11y/useMediaCaption: captured bytes have no captions.
          <audio controls src={url} onError={() => setBroken(url)} />
        ) : (
          // biome-ignore lint/a11y/useMediaCaption: captured bytes have no captions.
          <video controls src={url} onError={() => setBroken(url)} />
        ))}
      <p className="dim">{type}</p>
    </div>
  );
}

const SPECIMEN = [
  'AaBbCcDdEeFfGg HhIiJjKkLlMm',
  'NnOoPpQqRrSsTtUuVvWwXxYyZz',
  '0123456789 ÄÖÜ éèñ ß € & @ ? !',
];
let fonts = 0;

export function FontView({ bytes }: Props) {
  const [family, setFamily] = useState<string>();
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    fonts += 1;
    const name = `captured-${fonts}`;
    // From bytes, not from an address: nothing is loaded.
    const face = new FontFace(name, bytes.slice().buffer);
    let shown = true;
    setBroken(false);
    face.load().then(
      () => {
        if (!shown) return;
        document.fonts.add(face);
        setFamily(name);
      },
      () => shown && setBroken(true),
    );
    return () => {
      shown = false;
      document.fonts.delete(face);
    };
  }, [bytes]);
  if (broken)
    return <p className="body-note">This browser cannot read the font: it is broken, or not whole.</p>;
  return (
    <div className="font-specimen selectable" style={{ fontFamily: family }}>
      {family !== undefined &&
        [32, 20, 14].map((size) => (
          <div key={size} style={{ fontSize: size }}>
            <span className="dim">{size} px</span>
            {SPECIMEN.map((line) => (
              <p key={line}>{line}</p>
            ))}
          </div>
        ))}
      {family !== undefined && <p>Signs that the font lacks are drawn in another.</p>}
    </div>
  );
}
