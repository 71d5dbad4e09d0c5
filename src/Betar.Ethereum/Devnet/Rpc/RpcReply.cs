using System.Text.Json;

namespace Betar.Ethereum.Devnet;

/// <summary>The end of one request: something that writes the result, or an error object.</summary>
internal readonly record struct RpcReply(Action<Utf8JsonWriter>? Result, RpcFault? Fault)
{
    internal static RpcReply Of(Action<Utf8JsonWriter> result) => new(result, null);

    internal static RpcReply Quantity(ulong value) => Of(json => json.WriteQuantityValue(value));

    internal static RpcReply Hex(byte[] value) => Of(json => json.WriteHexValue(value));

    internal static RpcReply Null { get; } = Of(json => json.WriteNullValue());

    public static implicit operator RpcReply(RpcFault fault) => new(null, fault);
}
