import { connection } from 'next/server'
import { Counter } from './counter.jsx'

export const metadata = { title: 'A bare page', description: 'The least that comes to life.' }
export default async function Page() {
  // Rendered anew for each request, as the product's pages are.
  await connection()
  return (
    <main>
      <h1>A bare page</h1>
      <Counter />
    </main>
  )
}
