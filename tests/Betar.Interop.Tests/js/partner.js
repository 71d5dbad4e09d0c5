// A js-libp2p peer driven by JSON lines: {"id":1,"do":"start",…} on stdin, {"id":1,"ok":true,…} or
// {"id":1,"ok":false,"error":{"name","message"}} on stdout. Ends when stdin ends, so that it never outlives its test.
import { createInterface } from 'node:readline'
import { commands } from './commands.js'

const emit = object => process.stdout.write(`${JSON.stringify(object)}\n`)

// A process carries as many nodes as are started; every other command names its node.
const sessions = new Map()

class Session {
  streams = new Map()
  lastStream = 0
  emit = object => emit({ node: this.id, ...object })

  constructor (id) {
    this.id = id
  }

  stream (id) {
    const found = this.streams.get(id)
    if (found == null) throw new Error(`no stream ${id}`)
    return found
  }
}

function sessionOf (name, node) {
  if (name !== 'start') {
    const found = sessions.get(node)
    if (found == null) throw new Error(`no node ${node}`)
    return found
  }
  const session = new Session(sessions.size + 1)
  sessions.set(session.id, session)
  return session
}

async function run ({ id, do: name, node, ...fields }) {
  try {
    if (!Object.hasOwn(commands, name)) throw new Error(`no command ${name}`)
    emit({ id, ok: true, ...await commands[name](sessionOf(name, node), fields) })
  } catch (error) {
    emit({ id, ok: false, error: { name: error?.name ?? 'Error', message: error?.message ?? String(error) } })
  }
}

process.on('unhandledRejection', error => emit({ event: 'unhandled', name: error?.name, message: error?.message }))

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line)
  if (command.do === 'leave') {
    await Promise.all([...sessions.values()].map(session => session.node?.stop()))
    emit({ id: command.id, ok: true })
    break
  }
  run(command)
}
process.exit(0)
