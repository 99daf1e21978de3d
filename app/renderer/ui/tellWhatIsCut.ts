/** What is too long for its place can be read behind the mouse; to be asked when the mouse comes. */
export function tellWhatIsCut(place: HTMLElement): void {
  place.title = place.scrollWidth > place.clientWidth ? place.innerText : '';
}
