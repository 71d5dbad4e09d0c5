namespace Betar.Ethereum.Devnet;

/// <summary>One request as it came: id and parameters are slices of the body.</summary>
/// <param name="Id">The id's JSON, echoed as it stands; null for a notification.</param>
internal readonly record struct RpcRequest(ReadOnlyMemory<byte>? Id, string Method, ReadOnlyMemory<byte> Parameters, RpcFault? Fault)
{
    internal bool IsSend => Fault is null && Method is "eth_sendRawTransaction" or "eth_sendRawTransactionSync";

    /// <summary>Faults never touch the methods that control them.</summary>
    internal bool IsControl => Method.StartsWith("devnet_", StringComparison.Ordinal);
}
