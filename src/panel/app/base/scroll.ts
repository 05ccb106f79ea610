/**
 * Brings this to the top of what it lies in. Not scrollIntoView: that also moves the frame which VS Code puts around the
 * page, by some pixels, and nothing moves it back.
 */
export function scrollToTop(element: Element): void {
  const places = [element.closest('.panel'), document.scrollingElement];
  const place = places.find((one) => one !== null && one.scrollHeight > one.clientHeight);
  if (!place) return;
  const top = Math.max(0, place.getBoundingClientRect().top);
  place.scrollBy({ top: element.getBoundingClientRect().top - top });
}
