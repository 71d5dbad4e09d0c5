using System.Buffers;
using Betar.Ethereum.Devnet;

namespace Betar.Node.Devnet;

/// <summary>Answers one JSON-RPC body, single or batch.</summary>
internal delegate Task<DevnetAnswer> JsonRpcHandler(ReadOnlyMemory<byte> request, IBufferWriter<byte> response, CancellationToken cancellation);
