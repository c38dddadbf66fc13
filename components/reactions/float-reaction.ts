const risingMax = 40

/** Lets an emoji rise through a layer and vanish. A storm is thinned out: more than forty at once show nothing more. */
export function floatReaction(layer: HTMLElement, emoji: string, random: () => number = Math.random): void {
  if (layer.childElementCount >= risingMax) return
  const isCalm = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  const drop = document.createElement('span')
  drop.textContent = emoji
  drop.className = 'emoji absolute bottom-0 text-3xl will-change-transform'
  drop.style.left = `${8 + random() * 84}%`
  layer.append(drop)
  const drift = (random() - 0.5) * 90
  const height = layer.clientHeight * (0.55 + random() * 0.4)
  const frames = isCalm
    ? [{ opacity: 1 }, { opacity: 1, offset: 0.7 }, { opacity: 0 }]
    : [
        { transform: 'translate(0, 1rem) scale(0.5)', opacity: 0 },
        { transform: `translate(${drift * 0.3}px, ${-height * 0.3}px) scale(1.15)`, opacity: 1, offset: 0.2 },
        { transform: `translate(${drift}px, ${-height}px) scale(1)`, opacity: 0 },
      ]
  const animation = drop.animate(frames, {
    duration: 2_200 + random() * 900,
    easing: 'cubic-bezier(0.2, 0.6, 0.4, 1)',
  })
  animation.onfinish = () => drop.remove()
}
