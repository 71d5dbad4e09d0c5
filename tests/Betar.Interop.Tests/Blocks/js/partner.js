// js bitswap, dag-pb and UnixFS driven by JSON lines: {"id":1,"do":"start",…} on stdin, {"id":1,"ok":true,…} or
// {"id":1,"ok":false,"error":{"name","message"}} on stdout. Ends when stdin ends, so that it never outlives its test.
import { createInterface } from 'node:readline'
import { commands } from './commands.js'

const emit = object => process.stdout.write(`${JSON.stringify(object)}\n`)

async function run ({ id, do: name, ...fields }) {
  try {
    if (!Object.hasOwn(commands, name)) throw new Error(`no command ${name}`)
    emit({ id, ok: true, ...await commands[name](fields) })
  } catch (error) {
    emit({ id, ok: false, error: { name: error?.name ?? 'Error', message: error?.message ?? String(error) } })
  }
}

process.on('unhandledRejection', error => emit({ event: 'unhandled', name: error?.name, message: error?.message }))
const lines = createInterface({ input: process.stdin })
lines.on('line', line => { run(JSON.parse(line)) })
lines.on('close', () => process.exit(0))
