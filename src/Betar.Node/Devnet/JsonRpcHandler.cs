using System.Buffers;

namespace Betar.Node.Devnet;

/// <summary>Answers one JSON-RPC body, single or batch.</summary>
internal delegate Task JsonRpcHandler(ReadOnlyMemory<byte> request, IBufferWriter<byte> response, CancellationToken cancellation);
