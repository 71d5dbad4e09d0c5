namespace Betar.Ethereum;

/// <summary>How one call ended, its result still JSON. Answers of one batch share the bytes they came in.</summary>
internal readonly record struct RpcAnswer(RpcStatus Status, ReadOnlyMemory<byte> Result, RpcError? Error, string? Detail)
{
    internal static RpcAnswer TimedOut => new(RpcStatus.TimedOut, default, null, null);

    internal static RpcAnswer Unreachable(string detail) => new(RpcStatus.Unreachable, default, null, detail);

    internal static RpcAnswer Invalid(string detail) => new(RpcStatus.InvalidResponse, default, null, detail);

    internal static RpcAnswer Failed(RpcError error) => new(RpcStatus.Error, default, error, null);

    internal static RpcAnswer Of(ReadOnlyMemory<byte> result) => new(RpcStatus.Value, result, null, null);
}
