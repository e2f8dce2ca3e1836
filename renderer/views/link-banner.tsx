import { Unplug } from 'lucide-react';
import { ICON } from './shell/icons.tsx';
import { useStoreState } from './shell/store-context.tsx';

/** What is on screen stays; this says that nothing new can come. */
export function LinkBanner() {
  const { link } = useStoreState('link');
  if (link.state !== 'lost') return null;
  return (
    <div className="link-lost" role="alert">
      <Unplug {...ICON} />
      <span>
        <b>The link to the server process is lost.</b> {link.reason.replace(/\.?$/, '.')}{' '}
        <span className="dim">{link.final ? '' : 'Trying again. '}What was captured so far stays here.</span>
      </span>
    </div>
  );
}
