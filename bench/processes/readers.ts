/** Many readers, each on a connection of its own and at once when the last answer is there: `readers.ts url readers seconds`. */
import { Agent, get } from 'node:http'
import { quantile } from '../print-table.ts'

const [url = '', readers = '', seconds = ''] = process.argv.slice(2)
const agent = new Agent({ keepAlive: true, maxSockets: Number(readers) })
const until = performance.now() + Number(seconds) * 1_000
const took: number[] = []

const read = () =>
  new Promise<void>((resolve, reject) => {
    const began = performance.now()
    get(url, { agent }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${url} answers ${answer.statusCode}`))
      answer.resume().on('end', () => {
        took.push(performance.now() - began)
        resolve()
      })
    }).on('error', reject)
  })

await Promise.all(
  Array.from({ length: Number(readers) }, async () => {
    while (performance.now() < until) await read()
  }),
)
console.log(JSON.stringify({ requests: took.length, p50: quantile(took, 0.5), p95: quantile(took, 0.95) }))
agent.destroy()
