// The official x402 packages driven by JSON lines: {"id":1,"do":"buy",…} on stdin, {"id":1,"ok":true,…} or
// {"id":1,"ok":false,"error":{"name","message"}} on stdout. Ends when stdin ends, so that it never outlives its test.
import { createInterface } from 'node:readline'
import { close, commands } from './commands.js'

const emit = object => process.stdout.write(`${JSON.stringify(object, (_, value) => typeof value === 'bigint' ? `${value}` : value)}\n`)

async function run ({ id, do: name, ...fields }) {
  try {
    if (!Object.hasOwn(commands, name)) throw new Error(`no command ${name}`)
    emit({ id, ok: true, ...await commands[name](fields) })
  } catch (error) {
    emit({ id, ok: false, error: { name: error.name, message: error.message } })
  }
}

console.log = console.info = console.warn = (...words) => process.stderr.write(`${words.join(' ')}\n`)
const lines = createInterface({ input: process.stdin })
lines.on('line', line => { run(JSON.parse(line)) })
lines.on('close', close)
