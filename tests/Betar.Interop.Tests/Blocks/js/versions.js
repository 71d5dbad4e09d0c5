import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const { dependencies } = createRequire(import.meta.url)('./package.json')

// What is installed, not what was asked for.
export function versions () {
  const found = { node: process.versions.node }
  for (const name of Object.keys(dependencies)) {
    found[name] = JSON.parse(readFileSync(new URL(`./node_modules/${name}/package.json`, import.meta.url))).version
  }
  return found
}
