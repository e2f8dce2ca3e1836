/** The bytes at the cursor as numbers, both ways round. */
import { type Reading, readingsOf } from '../../explain/number-readings.ts';

export function NumberInspector({ bytes }: { readonly bytes: Uint8Array | undefined }) {
  const readings = bytes ? readingsOf(bytes) : [];
  const single = readings.filter(({ big }) => big === undefined);
  const ordered = readings.filter(({ big }) => big !== undefined);
  return (
    <section className="numbers" aria-label="Numbers at the cursor" data-testid="numbers">
      {readings.length === 0 ? (
        <p className="dim">Pick a byte to read it as a number.</p>
      ) : (
        <>
          <dl>
            {single.map(({ name, little }: Reading) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd className="mono selectable">{little}</dd>
              </div>
            ))}
          </dl>
          <table>
            <thead>
              <tr>
                <th scope="col">
                  <span className="spoken">Type</span>
                </th>
                <th scope="col">little endian</th>
                <th scope="col">big endian</th>
              </tr>
            </thead>
            <tbody>
              {ordered.map(({ name, little, big }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td className="mono selectable">
                    <Digits of={little} />
                  </td>
                  <td className="mono selectable">
                    <Digits of={big ?? ''} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}

/** Where a line is too short for it, it breaks before the power of ten. */
function Digits({ of }: { readonly of: string }) {
  const [digits, power] = of.split('e');
  return (
    <>
      {digits}
      {power !== undefined && (
        <>
          <wbr />e{power}
        </>
      )}
    </>
  );
}
