import type { MouseEvent } from 'react';

/** What is too long for its place can be read behind the mouse. */
export function tellWhatIsCut({ currentTarget: place }: MouseEvent<HTMLElement>): void {
  place.title = place.scrollWidth > place.clientWidth ? place.innerText : '';
}
