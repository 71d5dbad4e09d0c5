import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import express from 'express'
import { x402Facilitator } from '@x402/core/facilitator'
import { HTTPFacilitatorClient, x402ResourceServer } from '@x402/core/server'
import { toFacilitatorEvmSigner } from '@x402/evm'
import { AuthCaptureEvmScheme } from '@x402/evm/auth-capture/client'
import { BatchSettlementEvmScheme } from '@x402/evm/batch-settlement/client'
import { ExactEvmScheme as ExactBuyer } from '@x402/evm/exact/client'
import { ExactEvmScheme as ExactFacilitator } from '@x402/evm/exact/facilitator'
import { ExactEvmScheme as ExactSeller } from '@x402/evm/exact/server'
import { ExactEvmSchemeV1 as ExactFacilitatorV1 } from '@x402/evm/exact/v1/facilitator'
import { UptoEvmScheme } from '@x402/evm/upto/client'
import { paymentMiddleware } from '@x402/express'
import { decodePaymentResponseHeader, wrapFetchWithPayment, x402Client } from '@x402/fetch'
import { privateKeyToAccount } from 'viem/accounts'
import { decodeXPaymentResponse, wrapFetchWithPayment as wrapFetchV1 } from 'x402-fetch'
import { chainSigner } from './chain.js'
import { MemoryToken } from './token.js'

const servers = []

async function listen (app) {
  const server = app.listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  return `http://127.0.0.1:${server.address().port}`
}

// Whatever the official client did, request by request: the same that a recorder on the wire would see.
function recorder () {
  const requests = []
  const recording = async (input, init) => {
    const request = new Request(input, init)
    const response = await fetch(request)
    requests.push({ payment: request.headers.get('payment-signature') ?? request.headers.get('x-payment'), status: response.status })
    return response
  }
  return { requests, recording }
}

function facilitator (token) {
  return new x402Facilitator()
    .register('eip155:84532', new ExactFacilitator(token))
    .registerV1('base-sepolia', new ExactFacilitatorV1(token))
}

async function serve (official) {
  const app = express()
  app.use(express.json())
  app.post('/verify', async (request, response) => { response.json(await official.verify(request.body.paymentPayload, request.body.paymentRequirements)) })
  app.post('/settle', async (request, response) => { response.json(await official.settle(request.body.paymentPayload, request.body.paymentRequirements)) })
  app.get('/supported', (_, response) => { response.json(official.getSupported()) })
  return await listen(app)
}

export const commands = {
  async versions () {
    const found = { node: process.versions.node }
    for (const name of ['@x402/core', '@x402/evm', '@x402/express', '@x402/fetch', 'x402', 'x402-fetch', 'viem']) {
      found[name] = JSON.parse(readFileSync(new URL(`./node_modules/${name}/package.json`, import.meta.url))).version
    }
    return { versions: found }
  },

  async buy ({ url, key, version, method = 'GET', body }) {
    const { requests, recording } = recorder()
    const account = privateKeyToAccount(key)
    const pay = version === 1
      ? wrapFetchV1(recording, account, 100000n)
      : wrapFetchWithPayment(recording, new x402Client().register('eip155:*', new ExactBuyer(account)))
    const response = await pay(url, { method, body })
    const header = response.headers.get(version === 1 ? 'x-payment-response' : 'payment-response')
    return {
      status: response.status,
      body: await response.text(),
      settlement: header == null ? null : (version === 1 ? decodeXPaymentResponse : decodePaymentResponseHeader)(header),
      requests
    }
  },

  // What the official client signs for a demand, whichever of its schemes that needs.
  async sign ({ demand, key }) {
    const account = privateKeyToAccount(key)
    const client = new x402Client()
    for (const Scheme of [ExactBuyer, UptoEvmScheme, BatchSettlementEvmScheme, AuthCaptureEvmScheme]) client.register('eip155:*', new Scheme(account))
    return { payment: await client.createPaymentPayload(demand) }
  },

  async sell ({ facilitator, payTo, price }) {
    const app = express()
    const server = new x402ResourceServer(new HTTPFacilitatorClient({ url: facilitator })).register('eip155:84532', new ExactSeller())
    let runs = 0
    app.use(paymentMiddleware({
      'GET /paid': { accepts: { scheme: 'exact', price, network: 'eip155:84532', payTo }, description: 'paid', mimeType: 'text/plain' }
    }, server))
    app.get('/paid', (_, response) => { response.type('text/plain').send(`run ${++runs}`) })
    return { url: await listen(app) }
  },

  async facilitate ({ asset, account, payer, amount }) {
    const token = new MemoryToken(asset, account)
    token.fund(payer, amount)
    return { url: await serve(facilitator(token)) }
  },

  // Over a chain that is somewhere else; our own benches' facilitator knows the same command.
  async facilitateOn ({ rpc, key }) {
    return { url: await serve(facilitator(toFacilitatorEvmSigner(await chainSigner(rpc, key)))), pid: process.pid }
  },

  // What the official facilitator says of each payment, a fresh token for each: {verified, settled, again}.
  async judge ({ asset, account, payer, amount, calls }) {
    const answers = []
    for (const { paymentPayload, paymentRequirements } of calls) {
      const token = new MemoryToken(asset, account)
      token.fund(payer, amount)
      const official = facilitator(token)
      const verified = await official.verify(paymentPayload, paymentRequirements).catch(error => ({ thrown: error.message }))
      const settled = await official.settle(paymentPayload, paymentRequirements).catch(error => ({ thrown: error.message }))
      const again = await official.settle(paymentPayload, paymentRequirements).catch(error => ({ thrown: error.message }))
      answers.push({ verified, settled, again })
    }
    return { answers }
  }
}

export function close () {
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
}
