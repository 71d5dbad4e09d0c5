namespace Betar.Ethereum.Devnet;

/// <summary>An error object of JSON-RPC, with the codes that Ethereum's nodes give.</summary>
internal sealed record RpcFault(int Code, string Message, ReadOnlyMemory<byte>? Data = null)
{
    internal static RpcFault Parse { get; } = new(-32700, "parse error: the request is no JSON");

    internal static RpcFault Internal(string message) => new(-32603, message);

    internal static RpcFault InvalidRequest(string message) => new(-32600, $"invalid request: {message}");

    internal static RpcFault InvalidParams(string message) => new(-32602, $"invalid params: {message}");

    internal static RpcFault MethodNotFound(string method) => new(-32601, $"the method {method} does not exist/is not available");

    internal static RpcFault Server(string message) => new(-32000, message);

    internal static RpcFault Reverted(string reason) => reason.Length == 0
        ? new(RpcError.ExecutionReverted, "execution reverted", ReadOnlyMemory<byte>.Empty)
        : new(RpcError.ExecutionReverted, $"execution reverted: {reason}", RevertReason.Encode(reason));

    internal static RpcFault NotIncluded(Hash32 hash, TimeSpan waited) => new(
        RpcError.InclusionTimedOut,
        $"The transaction was added to the mempool but wasn't processed within {waited.Ticks / TimeSpan.TicksPerMillisecond} ms",
        hash.ToArray());
}
