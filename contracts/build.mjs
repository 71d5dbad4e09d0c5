// Compiles contracts/src into contracts/artifacts: node build.mjs writes them, node build.mjs --check tells whether those that are
// checked in are what the source gives. The settings name everything that the bytecode depends on; the metadata hash, which would
// change with a comment, is left out.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(fileURLToPath(import.meta.url))
const artifacts = join(root, 'artifacts')
const require = createRequire(import.meta.url)

let solc
try {
  solc = require('solc')
} catch {
  console.error('contracts: solc is missing; eng/tools tests installs it.')
  process.exit(2)
}

const sources = {}
for (const name of readdirSync(join(root, 'src'), { recursive: true }).map(name => name.replaceAll('\\', '/')).sort())
  if (name.endsWith('.sol')) sources[posix.join('src', name)] = { content: readFileSync(join(root, 'src', name), 'utf8') }

const input = {
  language: 'Solidity',
  sources,
  settings: {
    // What every network that we name has.
    evmVersion: 'cancun',
    optimizer: { enabled: true, runs: 10000 },
    metadata: { bytecodeHash: 'none', appendCBOR: false },
    outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object', 'evm.deployedBytecode.object', 'evm.bytecode.linkReferences'] } },
  },
}

const find = path => {
  const file = join(root, 'node_modules', path)
  return existsSync(file) ? { contents: readFileSync(file, 'utf8') } : { error: `${path} is not in node_modules` }
}

const output = JSON.parse(solc.compile(JSON.stringify(input), { import: find }))
// Warnings of our own source count as errors, as everywhere in the house; those of the library are its own.
const faults = (output.errors ?? []).filter(fault => fault.severity === 'error' || fault.sourceLocation?.file.startsWith('src/'))
for (const fault of faults) console.error(fault.formattedMessage)
if (faults.length > 0) process.exit(1)

const written = {}
for (const [file, contracts] of Object.entries(output.contracts)) {
  if (!file.startsWith('src/')) continue
  for (const [name, contract] of Object.entries(contracts)) {
    if (contract.evm.bytecode.object === '' || contract.abi.length === 0) continue
    written[`${name}.json`] = JSON.stringify({
      contract: name,
      source: file,
      compiler: solc.version(),
      abi: contract.abi,
      bytecode: `0x${contract.evm.bytecode.object}`,
      deployedBytecode: `0x${contract.evm.deployedBytecode.object}`,
    }, null, 1) + '\n'
  }
}

const present = existsSync(artifacts) ? readdirSync(artifacts) : []
if (process.argv.includes('--check')) {
  const stale = [
    ...Object.keys(written).filter(name => !present.includes(name) || readFileSync(join(artifacts, name), 'utf8') !== written[name]),
    ...present.filter(name => !(name in written)),
  ]
  for (const name of stale) console.error(`contracts/artifacts/${name} is not what the source gives; run node contracts/build.mjs.`)
  if (stale.length > 0) process.exit(1)
} else {
  mkdirSync(artifacts, { recursive: true })
  for (const name of present.filter(name => !(name in written))) rmSync(join(artifacts, name))
  for (const [name, text] of Object.entries(written)) writeFileSync(join(artifacts, name), text)
}
console.log(`solc ${solc.version()}, ${Object.keys(sources).length} sources, ${Object.keys(written).length} contracts`)
