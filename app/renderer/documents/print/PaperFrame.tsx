import { type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** A PDF on its way to the screen and the printer. */
export interface ShownPaper {
  address: string | null;
  frame: RefObject<HTMLIFrameElement | null>;
  print(): void;
}

/** Gives the bytes of a PDF an address for as long as they are shown. */
export function usePaper(blob: Blob | undefined): ShownPaper {
  const [address, setAddress] = useState<string | null>(null);
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    if (!blob) return setAddress(null);
    const made = URL.createObjectURL(blob.type === '' ? new Blob([blob], { type: 'application/pdf' }) : blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  const print = () => {
    if (frame.current?.contentWindow) frame.current.contentWindow.print();
    else if (address !== null) window.open(address);
  };
  return { address, frame, print };
}

/** The very PDF; where the browser cannot show one in the page, the way to open it beside. */
export function PaperFrame({ paper, title }: { paper: ShownPaper; title: string }) {
  const { t } = useTranslation();
  if (paper.address === null) return null;
  // Browsers say whether they can show a PDF in the page.
  if (navigator.pdfViewerEnabled) return <iframe ref={paper.frame} className="tp-paper" title={title} src={paper.address} />;
  return (
    <p className="tp-paper-none">
      {t('documents.noViewer')}{' '}
      <a href={paper.address} target="_blank" rel="noreferrer">
        {t('documents.openPaper')}
      </a>
    </p>
  );
}
