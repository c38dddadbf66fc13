import { describe, expect, it } from 'vitest'
import { qrCodeSvg, shareLink } from './share-link.ts'

describe('shareLink', () => {
  it('is the address the DJ uses, where others can use it too', () => {
    expect(shareLink('https://sound.example', 'noche-abc', '192.168.1.7')).toEqual({
      url: 'https://sound.example/s/noche-abc',
      reach: 'everybody',
    })
    expect(shareLink('http://192.168.1.7:3000', 'noche-abc', '192.168.1.7').reach).toBe('same_network')
  })
  it('leads phones to this machine when the DJ is on localhost', () => {
    expect(shareLink('http://localhost:3000', 'noche-abc', '192.168.1.7')).toEqual({
      url: 'http://192.168.1.7:3000/s/noche-abc',
      reach: 'same_network',
    })
  })
  it('says when no phone can follow', () => {
    expect(shareLink('http://localhost:3000', 'noche-abc', null)).toEqual({
      url: 'http://localhost:3000/s/noche-abc',
      reach: 'this_computer',
    })
  })
})

describe('qrCodeSvg', () => {
  it('is an SVG document without scripts', async () => {
    const svg = await qrCodeSvg('http://192.168.1.7:3000/s/noche-abc')
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
    expect(svg).not.toContain('script')
  })
})
